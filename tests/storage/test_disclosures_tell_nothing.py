"""A copy of the database tells no word of a disclosure, nor who brought it; with the service's keys alone none opens."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import String, select

from bot.storage import disclosure_box
from bot.storage.disclosure_keys import OwnKey
from bot.storage.disclosure_tables import BoxRow
from bot.storage.officers import Half, Officers, Wrap
from bot.storage.schema import METADATA
from bot.storage.sealing import KeyRing, SealBroken, encode, new_key
from bot.storage.store import AgencyStore
from bot.storage.tenancy import AgencySession
from bot.wiring import Core
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Accused, Draft, File, Identity, More, Part, Reveal, Way
from itadomain.people import Person, Post, Role
from itadomain.refusals import Refusal
from tests.storage.test_a_copy_tells_nothing import copy_of

TODAY = date(2026, 11, 20)
TOLD = {
    Part.WHO: "นายสมหวังดังหวัง", Part.WHAT: "รับซองสีน้ำตาลจากเสี่ยเม้ง", Part.WHEN: "คืนวันลอยกระทง",
    Part.WHERE: "ร้านลาบป้าน้อย", Part.EVIDENCE: "คลิปในมือถือลูกชาย",
}  # fmt: skip
ACCUSED = Accused(frozenset({"unit-of-the-accused"}), words="ปลัดสมหวัง")
NAME, CONTACT, MORE, ANSWER, NOTE, WHY = (
    "ลุงคำมูลใจกล้า",
    "089-765-4321",
    "เจอซองอีกใบ",
    "ตรวจแล้วมีมูล",
    "ถามเสี่ยเม้งก่อน",
    "ต้องคุยกับผู้แจ้ง",
)
PHOTO = File("c0ffee" * 10 + "beef", "image/png", 123_457, TODAY)
REPORTER, ONE, TWO = ("U" + sign * 32 for sign in "abc")
WORDS = (
    *TOLD.values(), "unit-of-the-accused", "ปลัดสมหวัง", NAME, CONTACT, MORE, ANSWER, NOTE, WHY, PHOTO.id, "123457",
    "เสี่ยเม้ง", "ซองสีน้ำตาล", REPORTER, ONE, TWO,
)  # fmt: skip
DISCLOSING = [name for name in METADATA.tables if name.startswith("disclosure")]


class Agency:
    """An agency with two receivers and somebody who tells by each way."""

    def __init__(self, house):
        self.house, self.id = house, house.add_agency("north")
        posts = (Post(Role.INTEGRITY, ""),)
        self.one, self.two = (
            self.step(lambda s, no=no, line=line: s.people.meet(line, Person(f"receiver-{no}", posts=posts)).id)
            for no, line in enumerate((ONE, TWO))
        )
        self.reporter = self.step(lambda s: s.people.meet(REPORTER)).id

    def step(self, work, core=None):
        core = core or self.house.core
        with core.database.reading(of=self.id) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.id), core.ring)
            done = work(store)
        core.database.write(store.apply, of=self.id)
        return done

    def tell(self, way=Way.WEB, core=None, **identity):
        draft = Draft(way, TOLD, ACCUSED, Identity(**identity))
        code = self.step(lambda s: s.disclosures.new_code(), core)
        self.step(lambda s: s.disclosures.put_in(draft, code, [self.one, self.two]), core)
        return code


@pytest.fixture
def north(house):
    return Agency(house)


@pytest.fixture
def told(north):
    """One of each way, with all that can be said of it, one of them in the box; gives their codes."""
    codes = [
        north.tell(Way.CHAT), north.tell(Way.NOTICE, person=north.reporter),
        north.tell(Way.NAMED, name=NAME, contact=CONTACT, person=north.reporter), north.tell(Way.WEB),
    ]  # fmt: skip
    for code in codes:
        north.step(lambda s, code=code: s.disclosures.put_more(code, More(MORE, PHOTO)))
    for one in north.step(lambda s: s.disclosures.deliver(TODAY)):
        north.step(lambda s, one=one: work_on(s, one.id, north.one))
    in_the_box = north.tell(Way.CHAT)
    for code in (codes[0], in_the_box):
        north.step(lambda s, code=code: s.disclosures.put_more(code, More(MORE, PHOTO, reopens=True)))
    return [*codes, in_the_box]


def work_on(store, disclosure_id, receiver):
    found = store.disclosures.get(disclosure_id, receiver)
    said = [Line(Voice.AGENCY, receiver, TODAY, ANSWER), Line(Voice.NOTE, receiver, TODAY, NOTE)]
    asked = Reveal(receiver, WHY, "2026-11-20T10:00")
    store.disclosures.save(replace(found.saying(*said), reveal=asked), receiver)


def values(house, *tables, columns=None):
    """Every value of some tables by its table and column."""
    with house.everything() as connection:
        return [
            (name, column.name, value)
            for name in tables or METADATA.tables
            for column in METADATA.tables[name].columns
            for (value,) in connection.execute(select(column))
        ]


def everything(house):
    """The database as it lies there, with its log: SQLite's file, or every row of the server."""
    return copy_of(house.core)


def test_no_copy_of_the_database_holds_a_word_a_name_or_a_code(house, told):
    kept = everything(house)
    assert b"integrity" in kept  # posts lie open: what is not found is really not there
    for secret in (*WORDS, *told, *("-".join((code[:4], code[4:8], code[8:12], code[12:])) for code in told)):
        forms = {secret, json.dumps(secret)[1:-1], secret.lower(), secret.encode().hex()}
        assert not [form for form in forms if form.encode() in kept]
        assert secret.encode("utf-16-le") not in kept


def test_who_told_something_is_in_no_row_but_their_own(house, north, told):
    """Not even of those who want to hear when something is new."""
    found = {table for table, _, value in values(house) if north.reporter in str(value)}
    assert found == {"person"}


def test_what_lies_in_the_box_and_what_comes_out_share_no_value(house, north):
    codes = [north.tell(Way.CHAT, person="") for _ in range(4)]
    for code in codes:
        north.step(lambda s, code=code: s.disclosures.put_more(code, More(MORE, PHOTO)))
    before = {str(value) for _, column, value in values(house, "disclosure_box") if column not in {"agency_id", "nth"}}
    assert len(before) == 8 + 8 + 4  # ids, blobs, and the hashes of four codes
    north.step(lambda s: s.disclosures.deliver(TODAY))
    after = {(table, column): str(value) for table, column, value in values(house, *DISCLOSING)}
    assert values(house, "disclosure_box") == []
    every = [str(value) for _, column, value in values(house, *DISCLOSING) if column != "agency_id"]
    assert len(every) > len(after)
    assert before.isdisjoint(every)
    assert not [one for one in before for other in every if len(other) > 8 and (one in other or other in one)]


def test_a_round_leaves_no_order_of_coming(house, north):
    """Of twenty the order in which they came is one of 20! that a round may lay them in."""
    codes = [north.tell() for _ in range(20)]
    ids = {north.step(lambda s, code=code: s.disclosures._key_of(code).disclosure): code for code in codes}
    boxed = [row[0] for row in house.rows("SELECT code FROM disclosure_box")]
    if house.core.database.dialect == "sqlite":  # which keeps the box by its random keys, a server where it has room
        assert boxed != [house_lookup(north, code) for code in codes]
    order = [ids[one.id] for one in north.step(lambda s: s.disclosures.deliver(TODAY))]
    assert sorted(order) == sorted(codes)
    assert order != codes
    assert {row[0] for row in house.rows("SELECT DISTINCT filed_on FROM disclosure")} == {TODAY.isoformat()}


def house_lookup(north, code):
    return north.step(lambda s: s.disclosures._lookups(code).box)


# ── with the service's keys alone


@pytest.fixture
def web(house):
    """A process that takes disclosures in: it has every key but that of the receivers."""
    core = Core(replace(house.core.settings, sealed_keys=()))
    yield core
    core.database.close()


def test_with_the_services_keys_alone_no_envelope_and_no_wrap_opens(house, north, told, web):
    ring, attacker = web.ring, Officers(web.settings.keys)
    tried = 0
    for table, column, value in values(house, *DISCLOSING):
        if not isinstance(METADATA.tables[table].c[column].type, String) or "." not in str(value):
            continue
        if (table, column) in {("disclosure_box", "blob"), ("disclosure_pepper", "pepper")}:
            continue  # the service's own: what is inside is looked at below
        tried += 1
        for where in ((), (north.id, table, column), (north.id, "disclosure", "told")):
            with pytest.raises(SealBroken):
                ring.open(value, *where)
        for key in (*web.settings.keys, new_key(), encode(b"\0" * 32)):
            with pytest.raises(SealBroken):
                OwnKey(key.encode()[:32], north.id, "").open(value, column)
    assert tried >= 4 * 3 + 4 * 4
    for disclosure_id, person, wrapped in house.rows("SELECT disclosure_id, person_id, wrapped FROM disclosure_key"):
        with pytest.raises(SealBroken):
            attacker.unwrap(Wrap(person, attacker.first, wrapped), north.id, disclosure_id)


def test_what_the_service_opens_of_the_box_is_sealed_once_more(house, north, told, web):
    with web.database.reading(of=north.id) as connection:
        rows = AgencySession(connection, north.id).scalars(select(BoxRow)).all()
        inside = [str(disclosure_box.opened(web.ring, row)) for row in rows]
    assert len(inside) == 3
    assert [word for word in (*WORDS, *told, north.reporter) for one in inside if word in one] == []


def test_a_process_that_takes_in_can_seal_and_follow_and_read_nothing(north, told, web):
    code = north.tell(Way.WEB, core=web)
    north.step(lambda s: s.disclosures.put_more(code, More(MORE)), web)
    assert north.step(lambda s: s.disclosures.by_code(code), web).told == TOLD
    arrived = north.step(lambda s: s.disclosures.deliver(TODAY), web)
    disclosure_id = arrived[0].id
    north.step(lambda s: s.disclosures.stand(disclosure_id, arrived[0].standing), web)
    assert north.step(lambda s: s.disclosures.by_code(code), web).delivered
    assert len(north.step(lambda s: s.disclosures.open(), web)) == 6
    opening = (
        lambda s: s.disclosures.readable(north.one),
        lambda s: s.disclosures.get(disclosure_id, north.one),
        lambda s: s.disclosures.share(disclosure_id, north.one, north.two),
        lambda s: s.disclosures.save(s.disclosures.by_code(code), north.one),
        lambda s: s.disclosures.file_key_for(disclosure_id, north.one, PHOTO.id),
    )
    for act in opening:
        with pytest.raises(Refusal) as no:
            north.step(act, web)
        assert no.value.key == "integrity.no_keys"
    assert len(north.step(lambda s: s.disclosures.readable(north.one))) == 6


def test_a_code_opens_its_own_and_no_other(north, told, house):
    first, second = told[:2]
    row = house.rows("SELECT id, code FROM disclosure")
    other = north.step(lambda s: s.disclosures._rows.by_code(s.disclosures._lookups(second).kept).by_code)
    mine = north.step(lambda s: s.disclosures._key_of(first).disclosure)
    house.change("UPDATE disclosure SET by_code = :other WHERE id = :mine", other=other, mine=mine)
    with pytest.raises(SealBroken):
        north.step(lambda s: s.disclosures.by_code(first))
    assert len(row) == 4


def test_a_key_that_is_moved_to_another_person_or_disclosure_does_not_open(house, north, told):
    ids = [row[0] for row in house.rows("SELECT id FROM disclosure ORDER BY id")]
    take = "UPDATE disclosure_key SET wrapped = (SELECT wrapped FROM disclosure_key WHERE disclosure_id = :a AND person_id = :p)"
    house.change(f"{take} WHERE disclosure_id = :b AND person_id = :q", a=ids[0], p=north.one, b=ids[1], q=north.one)
    house.change(f"{take} WHERE disclosure_id = :b AND person_id = :q", a=ids[2], p=north.one, b=ids[2], q=north.two)
    for disclosure_id, person in ((ids[1], north.one), (ids[2], north.two)):
        with pytest.raises(SealBroken):
            north.step(lambda s, of=disclosure_id, who=person: s.disclosures.get(of, who))
    assert north.step(lambda s: s.disclosures.get(ids[0], north.one)).told == TOLD


def test_a_public_half_alone_wraps_and_opens_nothing(house, north):
    (public, kid), *_ = house.rows("SELECT public, kid FROM officer_key ORDER BY person_id")
    key = OwnKey.new(north.id, "d")
    wrap = key.for_reader(Half(north.one, kid, public))
    assert house.core.ring.officers.unwrap(wrap, north.id, "d") == key.raw
    for where in ((north.id + 1, "d"), (north.id, "e")):
        with pytest.raises(SealBroken):
            house.core.ring.officers.unwrap(wrap, *where)
    with pytest.raises(SealBroken):
        Officers([new_key()]).unwrap(wrap, north.id, "d")


# ── other agencies, and a copy


def test_another_agency_sees_and_opens_nothing(house, north, told):
    """Even where its receiver has the same id, and its people the same LINE user ids."""
    south = house.add_agency("south")
    core = house.core

    def there(work):
        with core.database.reading(of=south) as connection:
            store = AgencyStore(connection, core.channels.by_id(south), core.ring)
            done = work(store)
        core.database.write(store.apply, of=south)
        return done

    there(lambda s: s.people.meet(ONE, Person(north.one, posts=(Post(Role.INTEGRITY, ""),))))
    assert there(lambda s: list(s.disclosures.able())) == [north.one]
    assert there(lambda s: list(s.disclosures.readable(north.one))) == []
    assert there(lambda s: list(s.disclosures.open())) == []
    assert there(lambda s: list(s.disclosures.counted(date.min, date.max))) == []
    assert [there(lambda s, code=code: s.disclosures.by_code(code)) for code in told] == [None] * 5
    assert there(lambda s: list(s.disclosures.deliver(TODAY))) == []
    (disclosure_id, *_) = (row[0] for row in house.rows("SELECT id FROM disclosure ORDER BY id"))
    assert there(lambda s: s.disclosures.get(disclosure_id, north.one)) is None
    for code in told:
        with pytest.raises(LookupError):
            there(lambda s, code=code: s.disclosures.put_more(code, More(MORE)))
    public = dict(map(tuple, house.rows("SELECT agency_id, public FROM officer_key WHERE person_id = :p", p=north.one)))
    assert public[north.id] != public[south]
    assert len(north.step(lambda s: s.disclosures.readable(north.one))) == 4


def test_the_keys_of_one_agency_do_not_open_what_lies_under_anothers(north):
    officers = Officers([new_key()])
    key = OwnKey.new(1, "d")
    wrap = key.for_reader(officers.half(1, "p"))
    assert officers.unwrap(wrap, 1, "d") == key.raw
    with pytest.raises(SealBroken):
        officers.unwrap(wrap, 2, "d")
    assert KeyRing([new_key()]).officers is None
