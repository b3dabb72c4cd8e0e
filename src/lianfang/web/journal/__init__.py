"""The journal as the auditor reads it: who did or looked at what, and whether the chain is whole."""
