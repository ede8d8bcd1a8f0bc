"""What the agency's scores are, and what they may become."""
