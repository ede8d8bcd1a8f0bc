"""The words a feature is written in."""

from handlers.kit.feature import Entry, Feature, Features, pack
from handlers.kit.job import At, Job, Tick
from handlers.kit.reply import (
    SILENCE,
    Answer,
    Bar,
    Card,
    Day,
    Go,
    Link,
    Map,
    Notice,
    Reply,
    Row,
    Tap,
    Task,
    Words,
    ask,
    say,
    show,
    words,
)
from handlers.kit.turn import Turn

__all__ = [
    "SILENCE",
    "Answer",
    "At",
    "Bar",
    "Card",
    "Day",
    "Entry",
    "Feature",
    "Features",
    "Go",
    "Job",
    "Link",
    "Map",
    "Notice",
    "Reply",
    "Row",
    "Tap",
    "Task",
    "Tick",
    "Turn",
    "Words",
    "ask",
    "pack",
    "say",
    "show",
    "words",
]
