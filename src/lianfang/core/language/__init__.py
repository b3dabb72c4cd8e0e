"""The plan language: from YAML to a checked plan."""
