"""Copies of evidence: fetched from LINE, looked at, kept, shown."""
