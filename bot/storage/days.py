"""Days as they are stored: ISO, and empty for none."""

from datetime import date


def kept(day: date | None) -> str:
    """A day as it is written down."""
    return day.isoformat() if day else ""


def read(iso: str) -> date | None:
    """The day that was written down."""
    return date.fromisoformat(iso) if iso else None
