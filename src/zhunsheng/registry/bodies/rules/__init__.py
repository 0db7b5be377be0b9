"""Pure questions about dated facts, limitations and scope: no database, no clock."""
