"""The audit log: who looked at or changed what, each entry bound to all before it, so that none is taken out unseen.

Each entry holds the digest of the one before. Whoever holds the whole log can write all of it anew; whoever has noted
a digest elsewhere sees that they did. It holds ids, never a name or a citizen's words.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

#: What the first entry holds in the place of a digest.
BEGINNING = "0" * 64


class Deed(StrEnum):
    """The closed list of what is written down."""

    FILED = "filed"
    LOOKED = "looked"
    MOVED = "moved"  # a case went on; `facts` say which move
    ANSWERED = "answered"
    NOTED = "noted"
    LISTED = "listed"  # cases were listed
    EXPORTED = "exported"
    HIDDEN = "hidden"  # its reporter took back something of a case; it stays there, out of sight
    FORGOTTEN = "forgotten"  # its reporter had themselves forgotten; the case stays
    SHARED = "shared"  # a receiver of a disclosure gave another a key, or gave their own back
    ASKED_WHO = "asked_who"  # a receiver asked to see who brought a disclosure
    SHOWN_WHO = "shown_who"  # and saw it
    APPOINTED = "appointed"  # who receives disclosures has changed: their post was given, changed or taken
    SET_UP = "set_up"  # how disclosures are received was changed; `facts` say what of it
    DISPOSED = "disposed"  # words and files of cases were destroyed after their time, as approved
    MADE = "made"  # a broadcast was made; `facts` say for whom, and whether its maker is alone with it
    CONFIRMED = "confirmed"  # another agreed to a broadcast to citizens
    STOPPED = "stopped"  # a broadcast was declined, cancelled or stopped; `facts` say which
    ASKED = "asked"  # approval of a paper was asked for; `facts` say of which, and the digest of what it said
    APPROVED = "approved"  # and given, or a day later by whoever is alone
    SENT_BACK = "sent_back"  # and refused, with a reason that is not written here


@dataclass(frozen=True)
class Happened:
    """What somebody did, before it has its place in the log."""

    deed: Deed
    at: datetime
    by: str = ""  # the id of a person, empty for the clock and the command line
    about: str = ""  # the id of what it was done to
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One line of the log, at its place from 1, with the digest of the line before."""

    no: int
    happened: Happened
    before: str

    @property
    def digest(self) -> str:
        """SHA-256 over the line as it is exported, in hexadecimal."""
        return sha256(self.line.encode()).hexdigest()

    @property
    def line(self) -> str:
        """The line as it is exported: JSON with sorted keys and nothing between them."""
        one = self.happened
        told: Mapping[str, Any] = {
            "no": self.no, "at": one.at.isoformat(), "deed": one.deed.value, "by": one.by, "about": one.about,
            "facts": dict(one.facts), "before": self.before,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Verdict:
    """What came of going through a log: how many lines fit, the digest of the last, and the first that does not."""

    entries: int = 0
    digest: str = BEGINNING
    broken: int | None = None


def verified(entries: Iterable[Entry], since: Verdict | None = None) -> Verdict:
    """Go through the lines in their order; the first that does not follow from those before it ends it."""
    so_far = since or Verdict()
    for entry in entries:
        if (entry.no, entry.before) != (so_far.entries + 1, so_far.digest):
            return Verdict(so_far.entries, so_far.digest, so_far.entries + 1)
        so_far = Verdict(entry.no, entry.digest)
    return so_far


def entry_of(line: str) -> Entry:
    """An exported line as an entry; ValueError where it is none, or is written otherwise than an export writes it.

    Else a line could show something to a reader that its digest knows nothing of.
    """
    try:
        told = json.loads(line)
        at = datetime.fromisoformat(told["at"])
        happened = Happened(Deed(told["deed"]), at, told["by"], told["about"], told["facts"])
        entry = Entry(told["no"], happened, told["before"])
        written = entry.line
    except (KeyError, TypeError) as error:
        raise ValueError("not a line of an audit log") from error
    if written != line.rstrip("\n"):
        raise ValueError("not a line of an audit log as it is exported")
    return entry
