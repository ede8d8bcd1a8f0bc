"""The year's measures: what is planned, reported, shown, late, and changed."""
