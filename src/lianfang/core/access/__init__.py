"""Who may do what to which record: one table of rules, read as a verdict with its reason and as a filter."""
