"""Topics that a file brings are kept beside those that are there: one of the same name takes the other's place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from itadomain.documents.folding import packed
from itadomain.documents.topics import TEXT, TITLE, Printed
from itadomain.knowledge import PARTS, Topic, topic
from itadomain.ports import Store
from itadomain.refusals import Refusal


class Change(StrEnum):
    """What became of a topic of a file."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "as before"


def bring_in(store: Store, rows: Sequence[Printed], today: date) -> Mapping[Change, Sequence[Topic]]:
    """Keep what is new or differs, all or nothing; gives what became of each. What a file does not name stays.

    Refusal where two rows are of one name: only people know which of their answers holds.
    """
    known = {packed(one.title): one for one in store.knowledge.all()}
    brought: dict[Change, list[Topic]] = {change: [] for change in Change}
    named: set[str] = set()
    for printed in rows:
        made = _of(printed, today)
        name = packed(made.title)
        if name in named:
            raise Refusal("topics.twice", title=made.title)
        named.add(name)
        old = known.get(name)
        new = replace(made, id=old.id if old else store.new_id())
        change = _change(old, new)
        if change is not Change.SAME:
            store.knowledge.save(new)
        brought[change].append(new)
    return brought


def _of(printed: Printed, today: date) -> Topic:
    made = topic("", printed.parts[TITLE], printed.parts[TEXT], "", today).called(*printed.aliases)
    for part in PARTS:
        made = made.with_part(part, printed.parts.get(part, ""))
    return made


def _change(old: Topic | None, new: Topic) -> Change:
    if old is None:
        return Change.ADDED
    return Change.SAME if replace(new, changed_on=old.changed_on, changed_by=old.changed_by) == old else Change.CHANGED
