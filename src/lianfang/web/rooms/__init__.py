"""Rooms of the isolation sites: who is in which, until when, and what keeps her there."""
