"""What an agency must publish for the OIT: the items of a year, where each stands, and what is missing."""
