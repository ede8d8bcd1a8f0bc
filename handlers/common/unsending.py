"""A message is taken back («ยกเลิกการส่ง»): what came in it goes, or is hidden where it was filed with a case."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from handlers.common import case_log, contents
from handlers.kit import SILENCE, Feature, Reply, Turn
from itadomain import attaching
from itadomain.cases import unsending

Step = Callable[[Turn, Any], Reply]


def take_back(turn: Turn) -> str:
    """Take back what came in the message; gives the contents that may be deleted now, empty where there are none."""
    message = str(turn.values["message"])
    sent = turn.store.evidence.of_message(message)
    if sent is None:
        case = unsending.take_back(turn.store, message, turn.who, turn.today)
        if case:
            case_log.hidden(turn, case.id)
        return ""
    if not sent.live or sent.by != turn.who.id:
        return ""
    if sent.in_a_case:
        case_log.hidden(turn, sent.case)
    return attaching.take_back(turn.store, sent, turn.who, turn.today)


def holding(feature: Feature, again: Step) -> Callable[[Step], Step]:
    """A step whose draft holds the words of one message: taken back, they go with the question, which `again` asks."""

    def register(step: Step) -> Step:
        @feature.hearing("event:unsend")
        @wraps(step)
        def hear(turn: Turn, draft: Any) -> Reply:
            if turn.text or turn.chosen or "message" not in turn.values:
                return step(turn, draft)
            copy = take_back(turn)
            kept = SILENCE if turn.values["message"] == draft.message else replace(again(turn, draft), bubbles=())
            return kept.doing(*contents.removal([copy]))

        return hear

    return register
