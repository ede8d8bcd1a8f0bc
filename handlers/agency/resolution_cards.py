"""What is said and shown about resolutions, by whoever writes them down and by whoever carries them out."""

from collections.abc import Sequence

from handlers.kit import Card, Go, Reply, Row, Turn, Words, words
from itadomain.lateness import sees_all
from itadomain.organisation import Unit
from itadomain.refusals import Refusal
from itadomain.resolutions import Act, Noted, Resolution

STATES = {
    Act.DONE: words("resolution_tasks.is_done"),
    Act.CANCELLED: words("resolution_tasks.is_cancelled"),
}
NOTES = {
    Act.DONE: words("resolution_tasks.done_on"),
    Act.CANCELLED: words("resolution_tasks.cancelled_on"),
    Act.CHANGED: words("resolution_tasks.changed_on"),
}


def whole(turn: Turn) -> bool:
    """Whether somebody looks after the whole agency, and so sees what every unit has to do."""
    return sees_all(turn.who, turn.store.units.all(), turn.today)


def meant(turn: Turn) -> Resolution:
    """The resolution that a tap names; Refusal where there is none, or it is another unit's."""
    return known(turn, str(turn.values.get("id", "")))


def known(turn: Turn, resolution_id: str) -> Resolution:
    """A resolution by its id; Refusal where there is none, or it is another unit's."""
    found = turn.store.resolutions.get(resolution_id)
    if found is None or not (whole(turn) or found.unit in turn.who.units(turn.today)):
        raise Refusal("resolution_tasks.not_yours")
    return found


def unit_name(turn: Turn, unit_id: str) -> Words | str:
    """What a unit is called."""
    found: Unit | None = turn.store.units.get(unit_id)
    return found.name if found else words("measures.gone")


def row(turn: Turn, one: Resolution) -> Row:
    """A resolution with its unit and its day."""
    late = [words("resolution_tasks.late", days=(turn.today - one.due).days)] if one.late_on(turn.today) else []
    told: Sequence[object] = [unit_name(turn, one.unit), words("resolution_tasks.due", due=one.due), *late]
    return Row(words("resolution_tasks.numbered", no=one.no, wording=one.wording), told)


def card(turn: Turn, one: Resolution) -> Card:
    """All about one."""
    told = words("resolution_tasks.one", no=one.no, day=one.meeting)
    measure = turn.store.measures.get(one.measure) if one.measure else None
    about = [Row(words("resolution_tasks.about"), measure.title)] if measure else []
    state = STATES[one.closed_as] if one.closed_as else words("resolution_tasks.is_open")
    return Card(
        summary=told,
        title=told,
        text=one.wording,
        rows=[
            Row(words("resolution_tasks.unit"), unit_name(turn, one.unit)),
            Row(words("resolution_tasks.due_day"), one.due),
            *about,
            Row(words("resolution_tasks.state"), state),
            *(_note(note) for note in one.notes),
        ],
    )


def onward(reply: Reply) -> Reply:
    """The reply with the ways to the list and the menu."""
    return reply.offering(
        Go(words("resolution_tasks.tap_mine"), "resolution_tasks.mine"), Go(words("help.tap_menu"), "help.menu")
    )


def _note(note: Noted) -> Row:
    return Row(NOTES[note.act], [note.on, note.words])
