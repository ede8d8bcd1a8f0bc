"""Within how many working days the agency takes a disclosure up and answers it: its own word, set in the chat."""

import json

from itadomain.cases.days import calendar
from itadomain.cases.deadlines import Promise
from itadomain.integrity.disclosure import Standing
from itadomain.integrity.stages import Terms
from itadomain.ports import Settings, Store

SETTING = "promise_of_disclosures"


def promise(settings: Settings) -> Promise:
    """What the agency promises."""
    kept = settings.get(SETTING)
    return Promise(*json.loads(kept)) if kept else Promise()


def keep(settings: Settings, promised: Promise) -> None:
    """Promise this from now on."""
    settings.put(SETTING, json.dumps([promised.accept, promised.answer]))


def terms(store: Store, standing: Standing) -> Terms:
    """What the days of a disclosure are reckoned by."""
    return Terms(promise(store.settings), calendar(store, standing.counted_from or standing.filed_on))
