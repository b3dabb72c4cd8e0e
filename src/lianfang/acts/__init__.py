"""What an officer can do, one verb a file: who may, what changes, what is journalled, who is told."""
