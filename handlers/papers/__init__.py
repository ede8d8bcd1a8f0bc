"""Papers: what an agency signs, sends on and publishes, and what is decided about it."""
