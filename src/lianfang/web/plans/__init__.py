"""The plan as a document with versions: what is in force, what is proposed, what it would change, its parameters."""
