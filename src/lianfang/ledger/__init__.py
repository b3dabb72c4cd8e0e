"""The only room that touches the database: what happened, what is owed, who may see it, who looked."""
