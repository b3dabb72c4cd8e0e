"""The door for other systems: parse, call one act or one query, answer. What the pages do, over HTTP with JSON."""
