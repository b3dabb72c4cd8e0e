"""Likely the same person: the queue, joining two records, saying they are two, and taking a join back."""
