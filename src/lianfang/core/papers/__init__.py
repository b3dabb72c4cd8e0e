"""What makes an issued paper one that can be checked."""
