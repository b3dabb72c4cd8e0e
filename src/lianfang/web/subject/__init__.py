"""The file of a subject: one time grid, what is due, what the release waits for, every date with its reasons."""
