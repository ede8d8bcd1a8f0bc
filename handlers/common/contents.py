"""What is sent beside words, as evidence: a photo, a film, a voice, a file, a place, a link."""

from collections.abc import Iterable, Sequence

from handlers.kit import Task, Turn
from itadomain.evidence import Evidence, Kind, Stage, link, must_fit, place
from itadomain.refusals import Refusal

FILES = {"image": Kind.PHOTO, "video": Kind.VIDEO, "audio": Kind.AUDIO, "file": Kind.FILE}
PLACE = "location"


def received(turn: Turn, case: str = "") -> tuple[Evidence, Sequence[Task]]:
    """What a `heard:…` turn brings, and what is still to be done to have a copy; nothing is saved here.

    `case` is `evidence.DRAFT` where it comes for a case that is being told: so it is offered to no measure.
    """
    kind = turn.values.get("kind")
    if kind in FILES:
        return _file(turn, FILES[str(kind)], case)
    if kind == PLACE:
        named = {name: turn.values[name] for name in ("title", "address", "latitude", "longitude")}
        return said(turn, Kind.PLACE, place(**named), case), ()
    return said(turn, Kind.LINK, link(turn.text), case), ()


def said(turn: Turn, kind: Kind, what: str, case: str = "") -> Evidence:
    """A piece of evidence that consists of words, and so is all there already."""
    return Evidence(turn.store.new_id(), turn.who.id, kind, turn.today, Stage.KEPT, turn.message, said=what, case=case)


def removal(copies: Iterable[str]) -> Sequence[Task]:
    """The copies that nothing rests on any more, to be deleted; empty where there was none."""
    return [Task("remove_evidence", {"sha256": copy}) for copy in copies if copy]


def _file(turn: Turn, kind: Kind, case: str) -> tuple[Evidence, Sequence[Task]]:
    if turn.values["elsewhere"]:
        raise Refusal("evidence.from_elsewhere")
    must_fit(kind, turn.number("size") or 0)
    name, together = str(turn.values["name"]), str(turn.values["set"])
    one = Evidence(
        turn.store.new_id(), turn.who.id, kind, turn.today,
        message=turn.message, together=together, name=name, case=case,
    )  # fmt: skip
    return one, (Task("fetch_evidence", {"evidence": one.id, "message": one.message, "name": one.name}),)
