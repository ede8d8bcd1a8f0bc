"""Codes in pictures that people send: what a camera would read off them."""
