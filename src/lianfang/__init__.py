"""Lianfang (联防): outbreak-control plans as running obligations."""
