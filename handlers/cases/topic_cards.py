"""A topic of the agency's own answers, as citizens see it."""

from handlers.kit import Card, Link, Row, Turn, words
from itadomain.knowledge import PARTS, Topic
from itadomain.office import dialled


def told(turn: Turn, one: Topic) -> Card:
    """A topic with its parts, and a tap that dials."""
    number = dialled(one.phone)
    return Card(
        summary=words("knowledge.told", title=one.title),
        title=one.title,
        subtitle=turn.store.office.short,
        rows=[
            Row(words("knowledge.text"), one.text),
            *(Row(words(f"knowledge.{part}"), told) for part in PARTS if (told := getattr(one, part))),
        ],
        taps=[Link(words("office.tap_call"), f"tel:{number}")] if number else (),
    )
