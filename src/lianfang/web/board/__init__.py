"""The command board: the figures of the district, each leading to its list."""
