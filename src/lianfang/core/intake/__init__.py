"""A sheet somebody sent becomes a plan first: row by row what is new, the same, changed, in conflict or refused."""
