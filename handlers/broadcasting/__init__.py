"""What goes to many at once, and who wants to hear it."""
