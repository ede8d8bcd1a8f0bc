"""What left the box is nobody's: whoever has the whole database and all keys cannot say who answered what.

The attacker of these tests reads every row with what the engine keeps of it (order, commits, the log), opens every
envelope, and knows who wrote when. What is in the box still they join to its person, so their attacks can succeed.
"""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage import ballots, rotation
from bot.storage.ballots import BallotRow
from bot.storage.sealing import SealBroken
from bot.storage.tenancy import JoiningSession
from itadomain.surveys.survey import Ballot
from tests.storage.answering_town import SURVEY, TODAY, AnsweringTown, everybody
from tests.storage.test_a_copy_tells_nothing import copy_of

PEOPLE, LATER, ROUNDS, A_ROUND = 14, 3, 60, 8
#: By chance an attack is right once; so often, once in a million times.
CHANCE = 8
PLACES = {
    "sqlite": "SELECT {columns}, 0 AS at, 0 AS made FROM {table}",  # as they lie in the file
    "postgresql": "SELECT {columns}, ctid::text AS at, xmin::text::bigint AS made FROM {table}",
}


@dataclass(frozen=True)
class Thing:
    """A row with where it lies and in which commit it was made; `words` are what somebody wrote, or a hash of whom."""

    words: str
    id: str
    at: tuple[int, ...]
    made: int


class Attacker:
    """Has a copy of everything, and every key."""

    def __init__(self, town, folder):
        self.house, self.agency, self.folder = town.house, town.agency, folder
        self.ring, self.engine = town.house.core.ring, town.house.core.database.dialect

    # ── what there is to look at

    def things(self, table, *columns):
        rows = self.house.rows(PLACES[self.engine].format(columns=", ".join(columns), table=table))
        for nth, (*values, at, made) in enumerate(rows):
            yield values, (tuple(map(int, at.strip("()").split(","))) if at else (nth,)), made

    def words(self):
        """What left the box."""
        found = self.things("survey_word", "id", "said")
        of = ballots.of_word
        return [
            Thing(self.ring.open_text(said, *of(self.agency, row)), row, at, made) for (row, said), at, made in found
        ]

    def boxed(self):
        """What is in the box."""
        found = self.things("survey_box", "id", "survey_id", "blob")
        return [Thing(self.ballot(row, blob).why, row, at, made) for (row, _, blob), at, made in found]

    def marks(self):
        """Who has answered."""
        found = self.things("survey_mark", "lookup", "standing")
        return [Thing(lookup, lookup, at, made) for (lookup, standing), at, made in found if standing == "answered"]

    def ballot(self, row_id, blob):
        return ballots.opened(self.ring, BallotRow(agency_id=self.agency, id=row_id, survey_id=SURVEY, blob=blob))

    def plain(self):
        """Everything that opens, by table."""
        with self.house.everything() as connection:
            session = JoiningSession(connection)
            for what in rotation.EVERYTHING:
                for row in session.scalars(select(what.table)):
                    for column in what.columns:
                        yield what.table.__tablename__, self._opened(what, row, column)

    def _opened(self, what, row, column):
        for ring in what.rings(self.ring, row) or (self.ring,):
            try:
                return ring.read_text(getattr(row, column) or "", *what.bound(row, column))
            except SealBroken:
                continue
        return ""

    # ── ways to say whose something is: each gives words by the hash of a person

    def by_commit(self, things):
        """Made in the commit in which somebody answered."""
        who = {mark.made: mark.words for mark in self.marks() if mark.made}
        return {who[thing.made]: thing.words for thing in things if thing.made in who}

    def by_place(self, things, came):
        """Lying in the order in which people answered."""
        return dict(zip(came, (one.words for one in sorted(things, key=lambda one: one.at)), strict=False))

    def by_marks(self, things):
        """Lying in the order in which the marks lie."""
        marks = sorted(self.marks(), key=lambda one: (one.made, one.at))
        return self.by_place(things, [one.words for one in marks])

    def by_id(self, things):
        """Ids that sort alike."""
        those = sorted(things, key=lambda one: one.id)
        return dict(zip(sorted(one.words for one in self.marks()), (one.words for one in those), strict=False))

    def by_size(self, things, people):
        """Who left more behind wrote more."""
        sizes = {who: self._left_behind(handles) for who, handles in people.items()}
        those = sorted(things, key=lambda one: len(one.words))
        return dict(zip(sorted(sizes, key=lambda who: (sizes[who], who)), (one.words for one in those), strict=False))

    def _left_behind(self, handles):
        tables = ("person", "survey_mark", "survey_draft", "place", "inbox", "outbox", "lane", "task", "tick")
        rows = [tuple(row) for table in tables for row in self.house.rows(f"SELECT * FROM {table}")]
        return sum(len(str(value)) for row in rows if handles & set(map(str, row)) for value in row)

    def by_log(self, _things=()):
        """SQLite's log, commit by commit: what came into the box when somebody's mark became that of one who answered."""
        if self.engine != "sqlite":
            return {}
        found, before = {}, None
        for copy in self._commits():
            with closing(sqlite3.connect(copy)) as connection:
                boxed = dict(connection.execute("SELECT id, blob FROM survey_box"))
                done = {
                    row for (row,) in connection.execute("SELECT lookup FROM survey_mark WHERE standing = 'answered'")
                }
            if before is not None:
                new, answered = boxed.keys() - before[0].keys(), done - before[1]
                if len(new) == len(answered) == 1:
                    (row_id,), (who,) = new, answered
                    found[who] = self.ballot(row_id, boxed[row_id]).why
            before = boxed, done
        return found

    def _commits(self):
        """The database as it was after each commit that the log still holds."""
        file = self.house.core.database.file
        log = file.with_name(file.name + "-wal").read_bytes()
        page = int.from_bytes(log[8:12], "big") if log else 0
        salts = log[16:24]
        ends = [0]
        for at in range(32, len(log) - page, page + 24) if page else ():
            if log[at + 8 : at + 16] != salts:
                break  # of an earlier round of the log
            if int.from_bytes(log[at + 4 : at + 8], "big"):
                ends.append(at + 24 + page)
        for nth, end in enumerate(ends):
            copy = self.folder / f"copy-{nth}.db"
            shutil.copy(file, copy)
            Path(f"{copy}-wal").write_bytes(log[:end])
            yield copy


def right(guessed, truth):
    """How many of the guesses are right."""
    return sum(truth.get(who) == words for who, words in guessed.items())


@pytest.fixture
def town(house):
    return AnsweringTown(house)


@pytest.fixture
def attacker(town, tmp_path):
    (tmp_path / "copies").mkdir()
    return Attacker(town, tmp_path / "copies")


def test_what_left_the_box_is_joined_to_nobody_and_what_is_in_it_is(town, attacker, house):
    first, last, later = everybody(PEOPLE)[:-1], everybody(PEOPLE)[-1], everybody(PEOPLE + LATER)[PEOPLE:]
    for one in first:
        town.answer(one)
    house.core.database.forget_deleted()  # as housekeeping does
    town.answer(last)
    truth = {town.lookup_of(one): one.words for one in (*first, last)}
    assert {one.words for one in attacker.boxed()} == set(truth.values())

    # In the box a ballot is still its person's, and this attacker knows how to find that out.
    in_the_box = {**attacker.by_commit(attacker.boxed()), **attacker.by_log()}
    assert right(in_the_box, truth) == len(in_the_box) >= (PEOPLE if attacker.engine == "postgresql" else 1)
    assert len({len(blob) for (blob,) in house.rows("SELECT blob FROM survey_box")}) == 1
    ids = {one.id for one in attacker.boxed()}

    assert town.release() == PEOPLE
    if attacker.engine == "sqlite":  # whose log is emptied within ten minutes, and holds what was there until then
        assert attacker.by_log() == {town.lookup_of(last): last.words}
    house.core.database.forget_deleted()

    out = attacker.words()
    assert {one.words for one in out} == set(truth.values())
    assert attacker.boxed() == []
    came, people = list(truth), handles(town, (*first, last))
    assert attacker.by_commit(out) == attacker.by_log(out) == {}
    assert len({one.made for one in out}) == 1  # one commit for all of them, so none is nearer to anybody
    guesses = {
        "order": attacker.by_place(out, came),
        "marks": attacker.by_marks(out),
        "ids": attacker.by_id(out),
        "sizes": attacker.by_size(out, people),
    }
    assert {name: len(guessed) for name, guessed in guesses.items()} == dict.fromkeys(guesses, PEOPLE)
    assert {name for name, guessed in guesses.items() if right(guessed, truth) > CHANCE} == set()
    nothing_is_shared(town, attacker, ids, truth)

    # Who answers after that is in the box again, and the others are nobody's still.
    house.core.database.forget_deleted()
    for one in later:
        town.answer(one)
    newer = {town.lookup_of(one): one.words for one in later}
    found = {**attacker.by_commit(attacker.boxed()), **attacker.by_log()}
    assert found == newer
    assert attacker.by_commit(attacker.words()) == {}


def handles(town, people):
    """By the hash of each person: every value by which something of theirs is found."""
    found = {}
    for one in people:
        person = town.step(lambda s, one=one: s.people.by_line_id(one.user, TODAY))
        address = town.step(lambda s, person=person: s.people.address_of(person))
        found[town.lookup_of(one)] = {person.id, town.lookup_of(one), address.lane}
    return found


def nothing_is_shared(town, attacker, ids, truth):
    """No value of the box or of a person comes back in what left it, and no envelope elsewhere holds an answer."""
    kept = copy_of(attacker.house.core)
    assert [one for one in ids if one.encode() in kept] == []  # nor in a free page, nor in the log
    assert town.lookup_of(everybody(1)[0]).encode() in kept
    assert [
        words for words in truth.values() if words.encode() in kept
    ] == []  # without the keys it says nothing at all
    opened = list(attacker.plain())
    with_answers = {table for table, plain in opened if any(words in plain for words in truth.values())}
    assert with_answers == {"survey_word"}
    persons = {handle for one in handles(town, everybody(PEOPLE)).values() for handle in one}
    out = [plain for table, plain in opened if table in {"survey_word", "survey_cell"}]
    rows = [
        str(value)
        for table in ("survey_word", "survey_cell")
        for row in town.house.rows(f"SELECT * FROM {table}")
        for value in row
    ]
    assert [one for one in (*out, *rows) for handle in persons | ids if handle in one] == []
    columns = {
        table: set(town.house.rows(f"SELECT * FROM {table}")[0]._fields) for table in ("survey_word", "survey_cell")
    }
    assert columns == {
        "survey_word": {"agency_id", "id", "survey_id", "said", "shown"},
        "survey_cell": {"agency_id", "survey_id", "point", "month", "people", "shown", "held", "version"},
    }
    assert {month for (month,) in town.house.rows("SELECT month FROM survey_cell")} == {
        TODAY.replace(day=1).isoformat()
    }


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_server_clears_away_what_left_the_box_however_little_it_is(house):
    """Else the rows of a small box would lie in its files, with the commits that made them, for months."""
    for table in ("survey_box", "survey_draft"):
        told = house.value("SELECT array_to_string(reloptions, ' ') FROM pg_class WHERE relname = :table", table=table)
        assert told == "autovacuum_vacuum_threshold=0 autovacuum_vacuum_scale_factor=0"


def test_over_many_releases_the_order_tells_no_more_than_chance(town, attacker, house):
    """By chance one guess of a round is right; had what leaves kept the order in which it came, all would be."""
    right_guesses, boxed = Counter(), Counter()
    for nth in range(ROUNDS):
        said = [f"รอบ {nth} คนที่ {number}" for number in range(A_ROUND)]
        town.step(lambda s, said=said: [s.ballots.put(Ballot(SURVEY, answers={"A1": 1}, why=one)) for one in said])
        truth = {str(number): words for number, words in enumerate(said)}
        boxed["order"] += right(attacker.by_place(attacker.boxed(), truth), truth)
        assert town.release() == A_ROUND
        out = [one for one in attacker.words() if one.words in said]
        right_guesses["order"] += right(attacker.by_place(out, truth), truth)
        told = [words for words in town.step(lambda s: s.ballots.words(SURVEY)) if words in said]
        right_guesses["told"] += right(dict(zip(truth, told, strict=True)), truth)
    assert {name for name, count in right_guesses.items() if not 0.3 < count / ROUNDS < 2} == set()
    if attacker.engine == "postgresql":  # which keeps what is in the box as it came, until others lie in its place
        assert boxed["order"] / ROUNDS > 2
