"""Wiring: settings from the environment, addresses of the pages, the door for the web server. No decisions."""
