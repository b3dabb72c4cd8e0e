"""What everybody may see without an account: whether a paper is valid, and the district's published numbers."""
