"""What happened, to whom, when, and since when it is known."""
