"""What a resident sees of herself: what is to be done and why, results, papers; declaring, and objecting."""
