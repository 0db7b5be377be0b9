"""What the ORM does not give: bulk writes and locks on SQLite and PostgreSQL."""
