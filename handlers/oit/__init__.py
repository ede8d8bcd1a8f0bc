"""OIT: what an agency publishes for the assessment, and how far it is."""
