"""What a run tells many people is written in as few statements as what it tells one; each lane keeps its order."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.storage.queue import Outgoing, State
from bot.storage.store import AgencyStore
from itadomain.fiscal import FiscalYear
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.reminding import told
from itadomain.reminding.digest import Digest, Item, Raised
from itadomain.reminding.reminded import Level
from itadomain.reminding.rungs import Rung

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
DUE = date(2026, 11, 2)
DUTY = Obligation("o1", "m1", "u1", FiscalYear(2570), place=1, slot=DUE, due=DUE)
DUTIES = [replace(DUTY, id=f"o{number}") for number in range(30)]
STAFF, HEADS = ([Person(f"{name}{number}") for number in range(20)] for name in ("staff", "head"))
DIGESTS = [
    *(Digest(one, [Item(duty, Rung.LATE, DUE, Level.HEAD) for duty in DUTIES]) for one in STAFF),
    *(Digest(one, raised=[Raised(duty, Level.HEAD, 5) for duty in DUTIES]) for one in HEADS),
]


def test_what_many_are_told_is_three_writes_and_each_obligation_is_written_once(house):
    agency, core = house.add_agency("north"), house.core
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        told.note_all(store, DIGESTS, NOW, pushed=True)
    assert store.mark() == (3, 0)
    core.database.write(store.apply, of=agency)
    with core.database.reading(of=agency) as connection:
        kept = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        found = kept.escalations.all()
        everybody = {one.id for one in (*STAFF, *HEADS)}
        assert {one.person for one in kept.reminders.all()} == kept.nudges.on(NOW.date()) == everybody
        versions = connection.exec_driver_sql("SELECT version FROM escalation").scalars().all()
    assert {one.obligation for one in found} == {one.id for one in DUTIES}
    assert all(one.know == {staff.id for staff in STAFF} for one in found)
    assert all(one.heard == {head.id for head in HEADS} for one in found)
    assert set(versions) == {1}


def test_messages_to_many_lanes_lie_in_each_in_their_order(house):
    agency, core = house.add_agency("north"), house.core
    lanes = [f"{number % 7:x}{number % 3}" for number in range(40)]
    letters = [(lane, Outgoing(f"U{number}", [{"n": number}])) for number, lane in enumerate(lanes)]
    letters[5] = (lanes[5], replace(letters[5][1], reply_token="t", token_at=7, needed=True))
    core.database.write(lambda c: core.queue.post_all(c, agency, letters, house.clock()), of=agency)
    core.database.write(lambda c: core.queue.post_all(c, agency, [], house.clock()), of=agency)
    sent = {}
    while letter := core.database.write(lambda c: core.queue.claim_letter(c, "a", house.clock(), 1000), across=True):
        sent.setdefault(letter.lane, []).append(letter.outgoing)
        core.database.write(
            lambda c, letter=letter: core.queue.settle(c, letter, "a", house.clock(), State.DONE, ""),
            of=agency, across=True,
        )  # fmt: skip
    assert sent == {lane: [one for of, one in letters if of == lane] for lane in set(lanes)}
