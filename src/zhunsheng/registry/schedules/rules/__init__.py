"""How a printed capability schedule is read: pure, away from the database and the clock."""
