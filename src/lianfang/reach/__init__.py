"""What touches the outside: files and packs."""
