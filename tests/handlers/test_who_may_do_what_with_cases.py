"""Every role, every step about cases, every case: shown or done as the table says, else refused as if it were not there.

The steps are those of the features themselves: a new one is asked the same questions without a change here.
"""

from dataclasses import MISSING, fields, replace
from datetime import timedelta

import pytest

from bot.storage.places import Place
from handlers import FEATURES
from handlers.cases.case_moves import TAPS, Doing
from handlers.kit import pack
from itadomain.cases import sight, working
from itadomain.cases.case import State
from itadomain.cases.tickets import Ticket
from itadomain.evidence import Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.fakes import TODAY, a_person
from tests.handlers.cases import a_case, an_office_of_cases
from tests.talk import NOW, Talk

OF_CASES = (
    "casework.", "case_moves.", "following.", "complaint.", "request.", "inquiry.", "topics.", "figures.", "categories.",
    "privacy.", "retention.",
)  # fmt: skip
STEPS = {name: entry for name, entry in FEATURES.steps.items() if name.startswith(OF_CASES)}
STARTED = sorted(name for name, entry in STEPS.items() if entry.starts)
HEARD = sorted(name for name, entry in STEPS.items() if not entry.starts)
SECRET = "ความลับของผู้แจ้ง"
GUESS = "0" * 32
OWN, OTHERS, NOBODYS = "กองช่าง", "กองคลัง", ""

#: Who there is: what they may read, and what they may work on, by the unit that has the case.
ALL = {OWN, OTHERS, NOBODYS}
PEOPLE: dict[str, tuple[Person, set[str], set[str]]] = {
    "stranger": (a_person(key="stranger"), set(), set()),
    "staff": (a_person(Role.STAFF, unit=OWN, key="staff"), set(), set()),
    "head": (a_person(Role.HEAD, unit=OWN, key="head"), {OWN}, {OWN}),
    "officer": (a_person(Role.OFFICER, unit=OWN, key="officer"), {OWN}, {OWN}),
    "desk": (a_person(Role.OFFICER, key="desk"), ALL, ALL),
    "secretariat": (a_person(Role.OFFICER, unit="สำนักปลัด", key="secretariat"), ALL, ALL),
    "clerk": (a_person(Role.STAFF, unit="สำนักปลัด", key="clerk"), set(), set()),
    "executive": (a_person(Role.EXECUTIVE, key="executive"), ALL, set()),
    "integrity": (a_person(Role.INTEGRITY, key="integrity"), set(), set()),
    "admin": (a_person(Role.ADMIN, key="admin"), set(), set()),
    "former": (
        a_person(key="former").with_posts([Post(Role.HEAD, OWN, until=TODAY - timedelta(days=1))], TODAY), set(), set(),
    ),
    "coming": (
        a_person(key="coming").with_posts([Post(Role.HEAD, OWN, since=TODAY + timedelta(days=1))], TODAY), set(), set(),
    ),
}  # fmt: skip


@pytest.fixture
def agency():
    store = an_office_of_cases(*(person for person, _, _ in PEOPLE.values()), a_person(key="reporter"))
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    return store


@pytest.fixture(params=[OWN, OTHERS, NOBODYS], ids=["own", "other", "nobody"])
def case(agency, request):
    """A case of somebody else, which one of the units has, or none."""
    made = a_case(agency, SECRET, who=a_person(key="reporter"))
    agency.cases.save(replace(made, unit=request.param, contact=SECRET))
    return agency.cases.get(made.id)


@pytest.fixture(params=PEOPLE)
def who(request):
    return request.param


@pytest.fixture
def talk(agency, who):
    return Talk(agency, None, user=f"U{who}")


def may_read(who, case):
    return case.unit in PEOPLE[who][1]


def may_work(who, case):
    return case.unit in PEOPLE[who][2]


def heard_at(agency, who, step, **facts):
    """Somebody stands at a step, with a draft that carries `facts` as far as it takes them."""
    agency.places.put(who, Place(step, _draft(STEPS[step].draft, facts), {}), NOW)


def _draft(of, facts):
    if of is None:
        return {}
    named = {one.name: facts.get(one.name, "") for one in fields(of) if one.default is MISSING or one.name in facts}
    return pack(of(**named))


def answers_at(talk, step, value):
    return talk.forges(at=step, a=value)


def test_the_table_says_what_the_rules_say(agency, who, case):
    person, units = PEOPLE[who][0], agency.units.all()
    assert sight.reads(case, person, units, TODAY) == may_read(who, case)
    assert bool(working.acting(agency, case, person, TODAY)) == may_work(who, case)


@pytest.mark.parametrize("step", STARTED)
def test_a_step_shows_a_case_only_to_who_may_read_it(agency, who, case, talk, step):
    before = agency.cases.get(case.id)
    talk.taps(step, id=case.id, case=case.id, ticket=str(case.ticket), year=2570)
    if step in {"casework.one", "casework.said"}:
        assert (SECRET in talk.words) == may_read(who, case)
    else:
        assert SECRET not in talk.words
    assert agency.cases.get(case.id) == before, "looking changes nothing"


@pytest.mark.parametrize("step", STARTED)
def test_a_case_that_is_not_theirs_is_refused_as_one_that_is_not_there(agency, who, case, talk, step):
    reads = may_read(who, case) and step.startswith(("casework.", "topics."))
    real = talk.taps(step, id=case.id, case=case.id).key, talk.words
    agency.places.clear(who)
    guessed = talk.taps(step, id=GUESS, case=GUESS).key, talk.words
    assert reads or real == guessed


@pytest.mark.parametrize("what", TAPS)
def test_a_forged_deed_does_nothing_where_one_may_not_work(agency, who, case, talk, what):
    before = agency.cases.get(case.id)
    heard_at(agency, who, "case_moves.act")
    real = answers_at(talk, "case_moves.act", f"{what}:{case.id}").key, talk.words
    heard_at(agency, who, "case_moves.act")
    guessed = answers_at(talk, "case_moves.act", f"{what}:{GUESS}").key
    allowed = {*map(str, working.open_to(agency, before, PEOPLE[who][0], TODAY)), "answer", "note"}
    if may_work(who, case) and what in allowed:
        assert real[0].startswith("casework.")
    else:
        assert agency.cases.get(case.id) == before
        assert SECRET not in real[1]
        assert may_read(who, case) or real[0] == guessed


@pytest.mark.parametrize(
    "step", [name for name in HEARD if name.startswith(("case_moves.", "casework.", "following."))]
)
@pytest.mark.parametrize("said", ["yes", "send", "mended", "skip", "5", "ขอบคุณครับ"])
@pytest.mark.parametrize("who", ["former", "staff", "executive"])
def test_whoever_lost_their_post_midway_does_no_more(agency, case, step, said, who):
    """What a question remembers of a case is looked at anew: here by somebody who may not work on it."""
    before = agency.cases.get(case.id)
    agency.evidence.save(Evidence("e", who, Sent.PHOTO, TODAY, Stage.KEPT))
    talk = Talk(agency, None, user=f"U{who}")
    facts = {"case": case.id, "what": "resolve", "words": "เสร็จแล้ว", "unit": OWN, "photos": ["e"], "body": ""}
    heard_at(agency, who, step, **facts)
    answers_at(talk, step, said)
    assert may_read(who, case) or SECRET not in talk.words
    heard_at(agency, who, step, **facts)
    talk.says(said)
    assert may_read(who, case) or SECRET not in talk.words
    assert agency.cases.get(case.id) == before


@pytest.mark.parametrize("step", ["casework.pick", "following.pick", "following.pick_case"])
def test_a_forged_choice_of_a_list_opens_nothing(agency, who, case, talk, step):
    heard_at(agency, who, step, words="เพิ่มเติม")
    real = answers_at(talk, step, case.id).key
    seen = talk.words
    heard_at(agency, who, step, words="เพิ่มเติม")
    guessed = answers_at(talk, step, GUESS).key
    if step.startswith("casework.") and may_read(who, case):
        assert SECRET in seen
    else:
        assert (real, SECRET in seen) == (guessed, False)


def test_a_case_is_taken_for_more_words_only_from_its_reporter(agency, who, case, talk):
    talk.taps("complaint.start")
    talk.says("ไฟดับหน้าบ้านมาสามวันแล้ว")
    talk.answers(f"into:{case.id}")
    assert agency.cases.get(case.id) == case
    assert SECRET not in talk.words


def test_a_number_is_answered_as_a_wrong_one(agency, who, case, talk):
    ticket = case.ticket
    real = talk.says(str(ticket)).key, talk.words.replace(str(ticket), "-")
    agency.places.clear(who)
    other = Ticket(ticket.year, ticket.number + 1)
    guessed = talk.says(str(other)).key, talk.words.replace(str(other), "-")
    slipped = talk.says(f"{str(ticket)[:-1]}{'A' if ticket.letter != 'A' else 'B'}").key
    assert (real == guessed) != may_read(who, case)
    assert slipped == guessed[0]
    assert SECRET not in "".join(real)


def test_its_reporter_sees_it_as_theirs_and_in_no_other_way(agency, case):
    talk = Talk(agency, None, user="Ureporter")
    talk.taps("following.one", id=case.id)
    assert SECRET in talk.words
    agency.places.clear("reporter")
    for what in TAPS:
        heard_at(agency, "reporter", "case_moves.act")
        answers_at(talk, "case_moves.act", f"{what}:{case.id}")
    assert agency.cases.get(case.id) == case
    assert talk.taps("casework.one", id=case.id).key == "help.not_allowed"


@pytest.mark.parametrize("role", Role)
def test_who_reported_a_case_does_not_work_on_it(agency, role):
    """But for the only officer there is: with two of them, neither works on their own."""
    own = a_person(role, unit="" if role is Role.OFFICER else OWN, key="own")
    agency.people.meet("Uown", own)
    case = a_case(agency, SECRET, who=own)
    agency.cases.save(replace(case, unit=OWN))
    talk = Talk(agency, None, user="Uown")
    assert talk.taps("casework.one", id=case.id).key == "case.your_own"
    for what in TAPS:
        heard_at(agency, "own", "case_moves.act")
        answers_at(talk, "case_moves.act", f"{what}:{case.id}")
    assert agency.cases.get(case.id).state is State.NEW


def test_only_administrators_set_up_categories(agency, who, talk):
    kept = list(agency.categories.all())
    for step in (name for name in STARTED if name.startswith("categories.")):
        told = talk.taps(step, id="street_light_electric").key
        assert (told == "help.not_allowed") == (who != "admin")
        agency.places.clear(who)
    assert agency.categories.all() == kept or who == "admin"


def test_figures_are_for_insiders_and_say_nothing_of_a_case(agency, who, case, talk):
    told = talk.taps("figures.of_year").key
    assert (told == "help.not_allowed") == (not PEOPLE[who][0].roles)
    assert SECRET not in talk.words
    assert str(case.ticket) not in talk.words


def test_every_question_that_carries_a_case_was_asked_above():
    """A draft that names a case in another way would slip through."""
    drafts = {entry.draft for name, entry in STEPS.items() if entry.draft and not name.startswith("complaint.")}
    named = {draft.__name__ for draft in drafts if "case" in {one.name for one in fields(draft)}}
    assert named == {"Doing", "About"}
    assert Doing in drafts
