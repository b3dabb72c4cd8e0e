"""Signing in and out, the second factor, one's own account: posts, sessions, password, language."""
