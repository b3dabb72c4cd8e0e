"""The slow reading of docs/semantics.md that the fast one is held against."""
