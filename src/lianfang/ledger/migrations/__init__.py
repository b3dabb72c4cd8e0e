"""One line of migrations for all tables."""
