"""Reminding people of what they report on: when, of what, at what cost, and who hears of it after them."""
