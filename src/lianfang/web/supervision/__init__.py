"""Supervision: places due for inspection, what was found, put right by whom until when, looked at again by another."""
