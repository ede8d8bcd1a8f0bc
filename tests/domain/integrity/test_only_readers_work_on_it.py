"""The rules themselves ask for a key and the post at every step, whoever asked before them."""

from datetime import UTC, datetime, timedelta

import pytest

from itadomain.integrity import revealing, sharing, working
from itadomain.integrity.disclosure import Accused, Draft, Identity, Outcome, Part, Way
from itadomain.integrity.filing import file
from itadomain.integrity.stages import Step
from itadomain.people import Post, Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_person, an_agency

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ANN = a_person(Role.INTEGRITY, key="ann", name="สมหญิง ใจดี")
OTHERS = {
    "accused": a_person(Role.INTEGRITY, key="accused", name="วิชัย มั่นคง"),
    "late": a_person(Role.INTEGRITY, key="late", name="มาลี มาทีหลัง"),
    "former": a_person(key="former").with_posts([Post(Role.INTEGRITY, until=YESTERDAY)], TODAY),
    "coming": a_person(key="coming").with_posts([Post(Role.INTEGRITY, since=TOMORROW)], TODAY),
    "admin": a_person(Role.ADMIN, key="admin"),
    "executive": a_person(Role.EXECUTIVE, key="executive"),
    "citizen": a_person(key="citizen"),
}
WORD = working.Word("ค่ะ", Outcome.SUBSTANTIATED)
ENDS = {Step.TELL_MORE: working.Word("เมื่อไรคะ"), Step.REOPEN: WORD}  # what brings it to where its reporter goes on
DEEDS = {
    "find": working.find,
    "accept": lambda store, one, who: working.step(store, one, Step.ACCEPT, working.Word(), who, TODAY),
    "close": lambda store, one, who: working.step(store, one, Step.CLOSE, WORD, who, TODAY),
    "answer": lambda store, one, who: working.answer(store, one, "ค่ะ", who, TODAY),
    "note": lambda store, one, who: working.note(store, one, "ค่ะ", who, TODAY),
    "share": lambda store, one, who: sharing.share(store, one, "late", "ค่ะ", who, TODAY),
    "leave": lambda store, one, who: sharing.leave(store, one, "ค่ะ", who, TODAY),
    "take_out": lambda store, one, who: sharing.take_out(store, one, "former", "ค่ะ", who, TODAY),
    "ask": lambda store, one, who: revealing.ask(store, one, "ค่ะ", who, NOW, TODAY),
    "agree": lambda store, one, who: revealing.agree(store, one, who, NOW, TODAY),
    "refuse": lambda store, one, who: revealing.refuse(store, one, "ค่ะ", "ค่ะ", who, TODAY),
    "shown": revealing.shown,
}


@pytest.fixture
def agency():
    store = an_agency()
    for one in (ANN, *OTHERS.values()):
        store.people.meet(one.id, one)
    store.disclosures.with_key.extend(["ann", "accused", "late", "former", "coming", "admin"])
    return store


@pytest.fixture
def one(agency):
    """Ann holds a key, and three who have no such post (any more, or yet)."""
    made = Draft(Way.NAMED, {Part.WHAT: "รับเงินแลกกับการตรวจรับงาน"}, Accused(words="วิชัย มาลี"), Identity("มานะ"))
    file(agency, made, agency.disclosures.new_code(), TODAY)
    (arrived,) = agency.disclosures.deliver(TODAY)
    for other in ("former", "coming", "admin"):
        agency.disclosures.share(arrived.id, "ann", other)
    return arrived.id


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("deed", DEEDS)
def test_without_key_and_post_there_is_no_such_disclosure(agency, one, deed, who):
    before = agency.disclosures.kept[one]
    with pytest.raises(Refusal) as real:
        DEEDS[deed](agency, one, OTHERS[who])
    with pytest.raises(Refusal) as guessed:
        DEEDS[deed](agency, "0" * 32, OTHERS[who])
    assert (real.value.key, real.value.facts) == (guessed.value.key, guessed.value.facts) == ("integrity.not_found", {})
    assert agency.disclosures.kept[one] == before
    assert list(working.listed(agency, OTHERS[who])) == []


def test_who_holds_both_reads_it(agency, one):
    assert working.find(agency, one, ANN).id == one
    assert [found.id for found in working.listed(agency, ANN)] == [one]
    assert [reader.id for reader in working.readers(agency, agency.disclosures.kept[one], TODAY)] == ["ann"]


@pytest.mark.parametrize("step", [Step.TELL_MORE, Step.REOPEN])
def test_a_receiver_takes_no_step_of_the_reporter(agency, one, step):
    working.step(agency, one, Step.ASK if step is Step.TELL_MORE else Step.CLOSE, ENDS[step], ANN, TODAY)
    before = agency.disclosures.kept[one]
    with pytest.raises(Refusal, match=r"integrity\.not_now"):
        working.step(agency, one, step, working.Word("ค่ะ"), ANN, TODAY)
    assert agency.disclosures.kept[one] == before


def test_what_is_shown_of_a_name_is_never_who_they_are_here(agency):
    made = Draft(Way.NAMED, {Part.WHAT: "รับเงินแลกกับการตรวจรับงาน"}, identity=Identity("มานะ", "081", "citizen"))
    file(agency, made, agency.disclosures.new_code(), TODAY)
    (arrived,) = agency.disclosures.deliver(TODAY)
    revealing.ask(agency, arrived.id, "ค่ะ", ANN, NOW, TODAY)
    revealing.agree(agency, arrived.id, OTHERS["late"], NOW, TODAY)
    assert revealing.shown(agency, arrived.id, ANN) == Identity("มานะ", "081")


@pytest.mark.parametrize("words", ["", "  ", "ก" * 1001])
@pytest.mark.parametrize("deed", [working.answer, working.note])
def test_nothing_and_too_much_are_not_kept(agency, one, deed, words):
    with pytest.raises(Refusal):
        deed(agency, one, words, ANN, TODAY)
    assert agency.disclosures.kept[one].talk == ()
