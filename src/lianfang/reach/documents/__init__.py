"""Papers going out: notices, certificates and sheets as PDF and Word."""
