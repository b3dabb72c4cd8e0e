"""Importing a sheet somebody sent: choose the file, map its columns, see what it would do, apply it."""
