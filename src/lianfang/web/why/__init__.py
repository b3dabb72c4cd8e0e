"""Why: the reasons of an obligation, a loop or a date, in fixed order."""
