"""What an agency's own document says: its scores, its measures, and what in it must be asked."""
