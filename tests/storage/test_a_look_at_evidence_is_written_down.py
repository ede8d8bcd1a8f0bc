"""What belongs to a case and is opened by its address is in the audit log, by whom the address was made for."""

import re

import pytest
from flask import Flask

from bot.evidence.addresses import Addresses
from bot.evidence.pages import pages
from bot.evidence.shelf import name_of
from bot.evidence.sniffing import PDF
from bot.letters import Letters
from bot.storage.store import AgencyStore
from bot.texts import Texts
from handlers.kit import Card, Link, Notice, show, words
from itadomain.audit_log import Deed
from itadomain.cases.case import Case, Kind
from itadomain.evidence import DRAFT, Copy, Evidence, Stage
from itadomain.evidence import Kind as Sort
from itadomain.people import Person
from tests.fakes import TODAY

SHA, NAMED = "ab" * 32, "0" * 31 + "1"
HERE = "https://bot.example.go.th"


@pytest.fixture
def north(house):
    return house.add_agency("north")


@pytest.fixture
def addresses(house):
    return Addresses(house.core.ring, HERE, house.clock)


@pytest.fixture
def get(house, north, addresses):
    core, app = house.core, Flask("test")
    app.register_blueprint(pages(addresses, core.shelf, core.database, core.channels, core.ring))
    with core.shelf.scratch() as folder:
        (folder / "made").write_bytes(b"%PDF-")
        core.shelf.put(name_of(north, SHA, ""), folder / "made")
    client = app.test_client()

    def ask(person, method="GET"):
        address = addresses.of(north, f"evidence:{NAMED}", person)
        return client.open(address.removeprefix(HERE), method=method, buffered=True)

    return ask


def in_agency(house, agency_id, work):
    core = house.core

    def write(connection):
        store = AgencyStore(connection, core.agencies.by_id(connection, agency_id), core.ring)
        came = work(store)
        store.apply(connection)
        return came

    return core.database.write(write, of=agency_id)


def keep(house, agency_id, case="c1"):
    """A case, and a document that belongs to it, to nothing, or to what is being told."""

    def work(store):
        store.cases.add(Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, "other", reporter="villager"))
        store.evidence.save(
            Evidence(NAMED, "villager", Sort.FILE, TODAY, Stage.KEPT, copy=Copy(SHA, 5, PDF), case=case)
        )

    in_agency(house, agency_id, work)


def looks(house, agency_id):
    return in_agency(house, agency_id, lambda store: [one.happened for one in store.audit_log.since()])


def test_an_officers_look_is_written_down(house, north, get):
    keep(house, north)
    assert get("officer").data == b"%PDF-"
    (look,) = looks(house, north)
    assert (look.deed, look.by, look.about, look.facts) == (Deed.LOOKED, "officer", "c1", {"evidence": NAMED})
    assert look.at.tzinfo is not None


def test_what_its_reporter_looks_at_is_theirs(house, north, get):
    keep(house, north)
    assert get("villager").status_code == 200
    assert looks(house, north) == []


@pytest.mark.parametrize("case", ["", DRAFT])
def test_what_belongs_to_no_case_is_not_written_down(house, north, get, case):
    keep(house, north, case)
    assert get("officer").status_code == 200
    assert looks(house, north) == []


def test_to_ask_for_nothing_but_the_head_is_no_look(house, north, get):
    keep(house, north)
    assert get("officer", "HEAD").status_code == 200
    assert looks(house, north) == []


def test_an_address_does_not_tell_for_whom_it_was_made(house, north, addresses):
    one, other = (addresses.of(north, f"evidence:{NAMED}", "officer") for _ in range(2))
    assert "officer" not in one
    assert one != other, "two of them do not show that they were made for the same person"
    assert addresses.read(one.rpartition("/")[2]).person == "officer"
    assert len(one) < 1000, "LINE takes no longer one"


def test_another_person_cannot_be_put_into_an_address(house, north, addresses):
    keep(house, north)
    mine = addresses.of(north, f"evidence:{NAMED}", "officer").rpartition("/")[2]
    theirs = addresses.of(north, f"evidence:{NAMED}", "mayor").rpartition("/")[2]
    sealed = re.search(r"v1\..*(?=-)", theirs)[0]
    assert addresses.read(re.sub(r"v1\..*(?=-)", sealed, mine)) is None
    assert addresses.read(re.sub(r"-v1\..*(?=-)", "", mine)) is None


def test_a_letter_makes_its_addresses_for_whom_it_is_written(house, north, addresses):
    letters = Letters(Texts(), house.core.channels, addresses)
    card = Card(
        summary=words("help.menu"), title="1", taps=(Link(words("casework.tap_sent", no=1), f"evidence:{NAMED}"),)
    )

    def meet(store):
        return store.people.meet("U" + "1" * 32).id

    def work(store):
        who = store.people.get(met, TODAY)
        ((_, outgoing),) = letters.notices(north, store.people, [Notice(Person(who.id), show(card))])
        return who.id, re.search(rf"{HERE}/evidence/([^\"]+)", str(outgoing.messages).replace("'", '"'))[1]

    met = in_agency(house, north, meet)
    who, token = in_agency(house, north, work)
    assert addresses.read(token).person == who


def test_what_two_are_told_alike_leads_each_to_an_address_of_their_own(house, north, addresses):
    letters = Letters(Texts(), house.core.channels, addresses)
    link = Link(words("casework.tap_sent", no=1), f"evidence:{NAMED}")
    alike = show(Card(summary=words("help.menu"), title="1", taps=(link,)))
    met = in_agency(house, north, lambda store: [store.people.meet("U" + sign * 32).id for sign in "12"])

    def work(store):
        sent = letters.notices(north, store.people, [Notice(Person(one), alike) for one in met])
        return [re.search(rf"{HERE}/evidence/([^']+)", str(one.messages))[1] for _, one in sent]

    assert [addresses.read(token).person for token in in_agency(house, north, work)] == met
