"""Looks whether what an agency says it has published can be opened from outside."""
