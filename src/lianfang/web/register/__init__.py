"""Registers: lists of subjects, obligations and facts with filters, saved views, keyset pages and Excel out."""
