"""What citizens tell, ask and request, and how it is worked on."""
