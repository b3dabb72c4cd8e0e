"""Who a person is: numbers, names, what the screen hides, likely the same person, merging two records and back."""
