"""Today: what is due from the post and what is overdue, done with one tap; registering, searching, my own day."""
