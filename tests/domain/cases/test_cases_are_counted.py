from datetime import date
from decimal import Decimal

from itadomain.cases.case import Channel, Kind, State
from itadomain.cases.counting import Counted, figures

TODAY = date(2026, 11, 20)


def one(state=State.NEW, filed=date(2026, 11, 2), **changes):
    return Counted(**{
        "kind": Kind.PROBLEM, "channel": Channel.CHAT, "category": "animals", "unit": "u1", "state": state,
        "filed_on": filed, **changes,
    })  # fmt: skip


def test_no_case_is_a_result_too():
    counted = figures([], TODAY)
    assert (counted.all, counted.open, counted.overdue, counted.median_days, counted.content) == (0, 0, 0, None, None)


def test_totals_months_and_days_to_the_answer():
    counted = figures(
        [
            one(State.NEW, due=date(2026, 11, 19)),
            one(State.WORKING, due=date(2026, 11, 20)),
            one(State.CLOSED, answered_on=date(2026, 11, 5), rating=5, due=date(2026, 11, 1)),
            one(
                State.CLOSED,
                date(2026, 10, 1),
                answered_on=date(2026, 10, 11),
                rating=4,
                reopened=2,
                channel=Channel.BOX,
            ),
            one(State.REFUSED, date(2026, 10, 1), answered_on=date(2026, 10, 2), rating=4),
        ],
        TODAY,
    )
    assert (counted.all, counted.open, counted.overdue, counted.answered, counted.reopened) == (5, 2, 1, 3, 1)
    assert (counted.median_days, counted.content, counted.ratings) == (Decimal("3.0"), Decimal("4.3"), 3)
    assert counted.by_month == {date(2026, 10, 1): 2, date(2026, 11, 1): 3}
    assert counted.by_channel == {Channel.CHAT: 4, Channel.BOX: 1}
    assert sum(counted.by_state.values()) == counted.all
