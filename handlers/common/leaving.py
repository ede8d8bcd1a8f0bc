"""Leaving a question under which much was told already: asked about once, so that no slip of the thumb loses it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from handlers.common import help as menu
from handlers.kit import LEAVING, Answer, Feature, Reply, Task, Turn, ask, words
from handlers.kit.reply import Step
from itadomain.refusals import Refusal

DROP, GO_ON = "drop", "go_on"


def sure(then: Step, draft: Any) -> Reply:
    """Whether what was told so far is to be dropped."""
    choices = [Answer(words("leaving.tap_drop"), DROP), Answer(words("leaving.tap_go_on"), GO_ON)]
    return ask("leaving.sure", then=then, draft=draft, choices=choices)


def drops(turn: Turn) -> bool:
    """Whether it is dropped, said by a tap or by leaving once more, or gone on with; Refusal where neither is said."""
    if turn.chosen in {DROP, LEAVING}:
        return True
    if turn.chosen != GO_ON:
        raise Refusal("leaving.drop_or_go_on")
    return False


def left(turn: Turn, gone: Sequence[Task] = ()) -> Reply:
    """The question is left, and what was sent for it is deleted."""
    return menu.cancel(turn).doing(*gone)


def writing(feature: Feature) -> Callable[[Step], Step]:
    """Let a question be answered in sentences: words like ยกเลิก may stand in them, and leave only where alone."""

    def register(step: Step) -> Step:
        @feature.hearing(LEAVING)
        @wraps(step)
        def hear(turn: Turn, draft: Any) -> Reply:
            return left(turn) if turn.chosen == LEAVING else step(turn, draft)

        return hear

    return register
