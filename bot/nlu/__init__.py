"""Thai and English chat messages → intent and values."""

from bot.nlu.reading import SLOTS, Reading, as_json
from bot.nlu.understanding import Understanding, load

__all__ = ["SLOTS", "Reading", "Understanding", "as_json", "load"]
