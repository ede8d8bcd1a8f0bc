"""What is written of cases in the audit log: who did what to which, by ids alone.

Who brought a case by chat is not among it: that is kept with the case, where it can be taken out again.
"""

from handlers.kit import Turn
from itadomain.audit_log import Deed, Happened
from itadomain.cases.case import Case
from itadomain.cases.lists import Which
from itadomain.cases.moves import Move
from itadomain.disposal import Disposal
from itadomain.disposing import alone

#: What else an officer does with a case than moving it.
BESIDE = {"answer": Deed.ANSWERED, "note": Deed.NOTED}


def looked(turn: Turn, case: Case) -> None:
    """An officer or an executive read a case."""
    _write(turn, Deed.LOOKED, turn.who.id, case.id)


def listed(turn: Turn, which: Which, count: int) -> None:
    """Somebody saw a list of so many cases."""
    _write(turn, Deed.LISTED, turn.who.id, part=which.value, count=str(count))


def worked(turn: Turn, case_id: str, what: str, *, unit: str, officer: str) -> None:
    """An officer moved a case, answered in it or made a note."""
    move = what if what in set(Move) else ""
    _write(turn, BESIDE.get(what, Deed.MOVED), turn.who.id, case_id, move=move, unit=unit, officer=officer)


def filed(turn: Turn, case: Case) -> None:
    """A case came in; by an officer, where one entered it."""
    _write(turn, Deed.FILED, case.entered_by, case.id, kind=case.kind.value, channel=case.channel.value)


def hidden(turn: Turn, case_id: str) -> None:
    """Its reporter took back something of a case."""
    _write(turn, Deed.HIDDEN, "", case_id)


def read_hidden(turn: Turn, case: Case) -> None:
    """An officer read what its reporter took back."""
    _write(turn, Deed.LOOKED, turn.who.id, case.id, part="taken_back")


def forgotten(turn: Turn, case: Case) -> None:
    """A case has no reporter any more, since they had themselves forgotten."""
    _write(turn, Deed.FORGOTTEN, "", case.id)


def disposed(turn: Turn, done: Disposal) -> None:
    """The words of a record were destroyed after their time; it says where nobody else looked at it."""
    by_alone = {"alone": "yes"} if alone(done) else {}
    _write(turn, Deed.DISPOSED, turn.who.id, done.about, proposed_by=done.by, **by_alone)


def _write(turn: Turn, deed: Deed, by: str, about: str = "", **facts: str) -> None:
    told = {name: value for name, value in facts.items() if value}
    turn.store.audit_log.add(Happened(deed, turn.at, by, about, told))
