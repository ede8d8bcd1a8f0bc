"""What falls due, and who is told of it when."""
