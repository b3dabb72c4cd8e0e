"""The first page of the demonstration: who you can be, and what to try."""
