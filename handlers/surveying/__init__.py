"""The agency's own surveys: asking, answering, and what they came to."""
