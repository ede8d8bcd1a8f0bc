"""What is told of corruption: telling it, following it, receiving it."""
