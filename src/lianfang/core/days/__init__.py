"""Civil days, weeks and months of a plan."""
