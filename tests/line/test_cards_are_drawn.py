"""How a card is drawn, where the shape hangs on what it says."""

import json

import pytest

from bot.line.limits import faults
from bot.line.render import Voice, render
from bot.texts import Texts
from handlers.cases.topic_cards import told
from handlers.kit import Card, Turn, show, words
from itadomain.knowledge import LONGEST_PARTS, LONGEST_TEXT, LONGEST_TITLE, topic
from itadomain.people import Person
from tests.fakes import TODAY, MemoryStore


def test_the_longest_answer_fits_its_card():
    longest = topic("t1", "ก" * LONGEST_TITLE, "ก" * LONGEST_TEXT, "p1", TODAY).with_part("phone", "077-000000")
    longest = longest.with_part("steps", "ก" * (LONGEST_PARTS - 10))
    turn = Turn(Person("p1"), TODAY, MemoryStore(), "")
    (message,) = render(show(told(turn, longest)), Voice(Texts(), "th", "ค่ะ"), "")
    drawn = json.dumps(message, ensure_ascii=False)
    assert (longest.text in drawn, longest.steps in drawn, faults([message])) == (True, True, [])


def layout_of(number):
    card = Card(words("late.title"), title="อบต.", number=number, tag="รายงานแล้ว")
    (message,) = render(show(card), Voice(Texts(), "th", "ค่ะ"), "")
    return message["contents"]["body"]["contents"][0]["layout"]


@pytest.mark.parametrize(
    ("number", "layout"), [("94.97", "baseline"), ("100.00", "baseline"), ("12 จาก 18", "vertical")]
)
def test_a_tag_stands_under_a_number_that_leaves_it_no_room(number, layout):
    """Beside it, «รายงานแล้ว» broke over two lines."""
    assert layout_of(number) == layout
