"""The yearly assessment's own calendar."""
