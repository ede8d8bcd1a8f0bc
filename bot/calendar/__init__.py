"""A person's calendar, at an address of their own that a phone looks at again and again."""
