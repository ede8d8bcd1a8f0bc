"""A small LINE on your desk: it plays the platform for the bot and shows the chat to a person.

It knows nothing of the product. It speaks to it as LINE does, over HTTP, and is spoken to as LINE is.
"""
