"""The living plan: the clause tree with what is owed, each clause with how it runs, units, names and history."""
