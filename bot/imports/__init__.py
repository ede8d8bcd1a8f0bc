"""Files that people send → a `Document`: Word, Excel, PDF, CSV and tab tables."""

from bot.imports.reading import read, unread_pages

__all__ = ["read", "unread_pages"]
