"""A made-up district at work: its residents, the course of an outbreak, and what was done about it."""
