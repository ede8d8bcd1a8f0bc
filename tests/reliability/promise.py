"""What the books must say, and how long a run is."""

import os

from tests.reliability.books import Books

#: ITABOT_LONG=1 runs ten times as much.
LONG = 10 if os.environ.get("ITABOT_LONG") else 1


def is_safe(books: Books) -> None:
    """What holds always: one effect, at most one answer, in order; and that it comes to an end, on a slow machine too."""
    assert books.acknowledged == books.events
    assert (books.lost, books.doubled_effects, books.dead) == (0, 0, 0)
    assert (books.doubled_answers, books.out_of_order, books.late_wrongly) == (0, 0, 0)
    assert books.unexcused == 0
    assert books.seconds < books.budget_s


def is_kept(books: Books) -> None:
    """The whole promise: one answer too, where no send meets a fault and no stop is long."""
    is_safe(books)
    assert books.unanswered == 0
