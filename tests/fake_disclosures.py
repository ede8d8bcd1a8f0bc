"""Disclosures in memory: nothing is sealed here, but a key is still what opens one."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import NOBODY, Accused, Disclosure, Draft, More, Standing
from itadomain.integrity.receipts import code_of
from itadomain.integrity_ports import Arrived


@dataclass
class Disclosures:
    """Disclosures by their ids, with the code and the readers of each; `with_key` are those who can be given one."""

    with_key: list[str] = field(default_factory=list)
    kept: dict[str, Disclosure] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # code → id
    new: dict[str, tuple[Draft, frozenset[str]]] = field(default_factory=dict)  # by code
    more: list[tuple[str, More]] = field(default_factory=list)
    numbered: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_code(self) -> str:
        return code_of(bytes([0xA5, next(self.numbered)] * 5))

    def able(self) -> Sequence[str]:
        return list(self.with_key)

    def put_in(self, draft: Draft, code: str, readers: Sequence[str]) -> None:
        if not readers or not set(readers) <= set(self.with_key):
            raise LookupError("nobody to seal it for")
        if code not in self.codes and code not in self.new:
            self.new[code] = draft, frozenset(readers)

    def put_more(self, code: str, more: More) -> None:
        if code not in self.codes and code not in self.new:
            raise LookupError("no such code")
        self.more.append((code, more))

    def by_code(self, code: str) -> Disclosure | None:
        if code in self.new:
            draft, readers = self.new[code]
            standing = Standing(draft.way, date.min)
            found = Disclosure("", standing, dict(draft.told), draft.accused, readers=readers, delivered=False)
        elif code in self.codes:
            found = replace(self.kept[self.codes[code]], identity=NOBODY)
            found = replace(found, talk=tuple(one for one in found.talk if one.voice is not Voice.NOTE))
        else:
            return None
        for of, more in self.more:
            if of == code:
                found = _with(found, more, found.standing.filed_on)
        return found

    def deliver(self, today: date) -> Sequence[Arrived]:
        arrived = []
        for code, (draft, readers) in self.new.items():
            made = f"d{next(self.numbered)}"
            standing = Standing(draft.way, today)
            self.kept[made] = Disclosure(
                made, standing, dict(draft.told), draft.accused, draft.identity, readers=readers
            )
            self.codes[code] = made
            arrived.append(Arrived(made, standing, readers, new=True))
        for code, more in self.more:
            if code not in self.codes:
                continue  # of one that was disposed of meanwhile
            before = self.kept[self.codes[code]]
            self.kept[before.id] = _with(before, more, today)
            arrived.append(Arrived(before.id, before.standing, before.readers, new=False, reopens=more.reopens))
        self.new, self.more = {}, []
        return arrived

    def stand(self, disclosure_id: str, standing: Standing) -> None:
        self.kept[disclosure_id] = replace(self.kept[disclosure_id], standing=standing)

    def readable(self, person_id: str) -> Sequence[Disclosure]:
        theirs = [one for one in self.kept.values() if person_id in one.readers]
        return sorted(theirs, key=lambda one: (not one.standing.open, one.standing.due or date.max, one.id))

    def get(self, disclosure_id: str, person_id: str) -> Disclosure | None:
        found = self.kept.get(disclosure_id)
        return found if found and person_id in found.readers else None

    def save(self, disclosure: Disclosure, person_id: str) -> None:
        before = self.kept[disclosure.id]
        if person_id not in before.readers:
            raise LookupError("no key")
        if tuple(disclosure.talk[: len(before.talk)]) != tuple(before.talk):
            raise ValueError("what was said stays as it was said")
        stays = {"readers": before.readers, "identity": before.identity, "files": before.files}
        self.kept[disclosure.id] = replace(disclosure, **stays)

    def share(self, disclosure_id: str, by: str, to: str) -> None:
        before = self.kept[disclosure_id]
        if by not in before.readers or to not in self.with_key:
            raise LookupError("no key")
        self.kept[disclosure_id] = replace(before, readers=before.readers | {to})

    def give_back(self, disclosure_id: str, person_id: str) -> None:
        before = self.kept[disclosure_id]
        if before.readers - {person_id}:
            self.kept[disclosure_id] = replace(before, readers=before.readers - {person_id})

    def over_until(self, until: date) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        over = [one for one in self.kept.values() if one.told and one.standing.over_on and not one.standing.open]
        found = sorted(over, key=lambda one: (one.standing.over_on, one.id))
        return [(one.id, one.standing, one.readers) for one in found if one.standing.over_on <= until]

    def dispose(self, disclosure_id: str) -> None:
        nothing = {"told": {}, "accused": Accused(), "identity": NOBODY, "reveal": None, "talk": (), "files": ()}
        self.kept[disclosure_id] = replace(self.kept[disclosure_id], readers=frozenset(), **nothing)
        self.codes = {code: of for code, of in self.codes.items() if of != disclosure_id}

    def counted(self, first: date, last: date) -> Sequence[Standing]:
        return [one.standing for one in self.kept.values() if first <= one.standing.filed_on <= last]

    def open(self) -> Sequence[tuple[str, Standing, frozenset[str]]]:
        return [(one.id, one.standing, one.readers) for one in self.kept.values() if one.standing.open]


def _with(found: Disclosure, more: More, on: date) -> Disclosure:
    said = (Line(Voice.REPORTER, "", on, more.words),) if more.words.strip() else ()
    files = (more.file,) if more.file else ()
    return replace(found, talk=(*found.talk, *said), files=(*found.files, *files))
