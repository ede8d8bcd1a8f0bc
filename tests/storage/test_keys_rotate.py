"""After a rotation nothing needs the old key, and nothing was lost on the way, whoever worked meanwhile."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import String, select

from bot import enrol
from bot.letters import Letters
from bot.storage import dead, rotation
from bot.storage.paper_files import PaperFile, PaperFiles
from bot.storage.places import Place
from bot.storage.queue import Outgoing, State, lane_of
from bot.storage.schema import METADATA
from bot.storage.sealing import KeyRing, SealBroken, new_key
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Turns
from bot.wiring import Core
from bot.worker import Patience, TurnLoop
from handlers.common import help as help_feature
from handlers.kit import Feature, Features, say
from itadomain.acknowledgements import Audience, Circular
from itadomain.broadcasts.broadcast import Audience as Hearing
from itadomain.broadcasts.broadcast import Broadcast, Content, Reach
from itadomain.broadcasts.broadcast import Stage as Sending
from itadomain.cases.case import Case
from itadomain.cases.case import Kind as CaseKind
from itadomain.disposal import Disposal, Stage
from itadomain.evidence import Evidence, Kind
from itadomain.history import Deed, Entry
from itadomain.integrity.disclosure import Draft as Disclosed
from itadomain.integrity.disclosure import Part, Way
from itadomain.measures import Standing
from itadomain.obstacles import Said, Side, told
from itadomain.papers.approval import Approval
from itadomain.people import Role
from itadomain.progress import Report
from itadomain.questions import About, Question
from itadomain.resolutions import Resolution
from itadomain.surveys.survey import Ballot, Cell, Draft, Mark, Sums
from itadomain.surveys.survey import Standing as Answered
from tests.fakes import TODAY
from tests.storage import command_line
from tests.storage.by_heart import ByHeart
from tests.storage.conftest import House
from tests.storage.meanwhile import at_once

LEASE, MOST = 30_000, 3
NEW = new_key()
KNOWN, MET = "U" + "1" * 32, "U" + "2" * 32
SLUGS = ("north", "south")


def with_keys(house, *keys):
    return replace(house.core.settings, keys=keys)


def store_of(core, connection, slug):
    return AgencyStore(connection, core.channels.by_slug(slug), core.ring)


def change(core, slug, act):
    """Let `act` write on a store of an agency."""

    def write(connection):
        store = store_of(core, connection, slug)
        act(store)
        store.apply(connection)

    core.database.write(write, of=core.channels.by_slug(slug).id)


def event_of(user, text="help", number=0):
    return {"type": "message", "replyToken": f"r{number}", "source": {"userId": user},
            "message": {"type": "text", "text": text}}  # fmt: skip


def put(house, slug, user, name, text="help", number=0):
    agency = house.core.channels.by_slug(slug).id
    lane = lane_of(house.core.ring, agency, user)
    house.put(agency, {"id": name, "lane": lane, "at": number, "body": event_of(user, text, number)})


def fill(house):
    """In two agencies: someone enrolled, someone met in a chat, an open question; waiting and dead of either kind."""
    for slug in SLUGS:
        agency = house.add_agency(slug)
        enrol.add_member(
            house.core, enrol.NewMember(slug, KNOWN, f"นางสาวปริศนา {slug}", ["admin", "integrity"], "กองคลัง")
        )
        change(house.core, slug, lambda store: store.people.meet(MET))
        change(house.core, slug, lambda store: ask(store, house.clock()))
        change(
            house.core, slug, lambda store: store.evidence.save(Evidence("e", "p", Kind.FILE, TODAY, name="บันทึก.pdf"))
        )
        change(house.core, slug, write_words)
        change(house.core, slug, disclose)
        change(house.core, slug, answer)
        tasks = [("fetch_evidence", {"name": "บันทึก.pdf"})]
        house.core.database.write(
            lambda c, of=agency, tasks=tasks: house.core.queue.tasks.put(c, of, "x", KNOWN, tasks, house.clock()),
            of=agency,
        )
        house.core.database.write(lambda c, of=agency: PaperFiles(c, of, house.core.ring).ask(PAPER), of=agency)
        letter = Outgoing(KNOWN, [{"type": "text", "text": f"ข้อความ {slug}"}])
        put(house, slug, KNOWN, f"dead {slug}")
        event = house.claim("w")
        house.queue("finish_event", event, "w", house.clock(), State.DEAD, "failed")
        house.queue("post", agency, event.lane, [letter], house.clock())
        message = house.queue("claim_letter", "s", house.clock(), LEASE)
        house.queue("settle", message, "s", house.clock(), State.DEAD, "monthly limit")
    for slug in SLUGS:
        put(house, slug, MET, f"waits {slug}")
        house.queue("post", house.core.channels.by_slug(slug).id, "x", [letter], house.clock())


def write_words(store):
    """What people said of their work: an obstacle, why a report was sent back, what all are to read."""
    day, said = TODAY, "นายสมมุติยังไม่ส่งเอกสาร"
    store.obstacles.save(told("o", "m", "u", Said(Side.TOLD, "p", day, said)))
    store.reports.save(Report("r", "m.u", "m", "u", 2570, day, "p", Standing.WORKING, "ได้ดำเนินการแล้ว", reason=said))
    store.cases.add(Case("k", CaseKind.PROBLEM, said, day, contact=said))
    store.disposals.save(Disposal("k", "problem", "69-000001", day, Stage.HELD, "p", reason=said))
    store.circulars.save(Circular("c", "นโยบาย", said, Audience.EVERYONE, day))
    store.resolutions.save(Resolution("v", day, 1, said, "u", day, "p"))
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    store.broadcasts.save(Broadcast("b", Hearing(Reach.FRIENDS), Content(said), "p", at, Sending.PROPOSED, at, 1))
    store.papers.save(Approval("plan", "2570", "d", "p", at).returned(said, "q", at))
    store.papers.put_part("seal", said.encode())
    store.questions.ask(Question("q", About.OWNER, "document.ask_owner", {"printed": said}))
    for nth in ("1", "2"):
        store.history.add(Entry("m", Deed.CANCELLED, day, "p", "u", {"said": nth}, {"approver": "นายก"}, said))


def disclose(store):
    draft, code = Disclosed(Way.WEB, {Part.WHAT: "รับซอง"}), store.disclosures.new_code()
    store.disclosures.put_in(draft, code, store.disclosures.able())


PAPER = PaperFile("f", "p", 0, 1)
SURVEY, WROTE = "s", "รอนานเพราะนายสมมุติ"


def answer(store):
    """A survey in which one has answered and another has begun."""
    known, met = (store.people.by_line_id(one, TODAY).id for one in (KNOWN, MET))
    store.participation.save(SURVEY, known, Mark(Answered.ANSWERED, TODAY, 18))
    store.participation.save(SURVEY, met, Mark(Answered.STARTED, TODAY, 3))
    store.participation.save_draft(Draft(SURVEY, met, TODAY, {"E1": 2}))
    store.ballots.put(Ballot(SURVEY, answers={"E1": 3}, why=WROTE))
    store.ballots.save_cells([Cell(SURVEY, "", TODAY, 1, held={"E1": Sums(1)})])
    store.ballots.add_words(SURVEY, [WROTE], shown=True)


def ask(store, now):
    store.places.put(store.people.by_line_id(KNOWN, TODAY).id, Place("trial.answer", {"words": "ร้อยละ ๗๕"}), now)


@pytest.fixture
def old(house):
    """The key that everything lies under."""
    fill(house)
    (key,) = house.core.settings.keys
    return key


@pytest.fixture
def core_of(house):
    """Makes cores on the same database with other keys."""
    made = []

    def make(*keys):
        made.append(Core(with_keys(house, *keys)))
        return made[-1]

    yield make
    for core in made:
        core.database.close()


def rotate(house, *keys):
    return command_line.itabot(with_keys(house, *keys), "keys", "rotate")


def envelopes(house):
    """Every sealed value of the whole database by its place: all columns of text of all tables are looked through."""
    found = {}
    with house.everything() as connection:
        for table in METADATA.sorted_tables:
            texts = [column for column in table.columns if isinstance(column.type, String)]
            for row in connection.execute(select(*table.primary_key, *texts)) if texts else ():
                key = row[: len(table.primary_key)]
                for column, value in zip(texts, row[len(key) :], strict=True):
                    if str(value).startswith("v1."):
                        found[table.name, *key, column.name] = value
    return found


def under(key, found):
    kid = KeyRing([key]).seal(b"").split(".")[1]
    return {place for place, envelope in found.items() if envelope.split(".")[1] == kid}


def test_every_envelope_is_sealed_under_the_first_key_afterwards(house, old, capsys):
    before = envelopes(house)
    assert under(old, before) == set(before)
    kinds = {(place[0], place[-1]) for place in before}
    assert kinds == {
        ("agency", "channel_secret"), ("agency", "access_token"), ("person", "line_user_id"), ("person", "name"),
        ("place", "draft"), ("inbox", "body"), ("outbox", "body"), ("task", "body"), ("evidence", "told"),
        ("case_file", "told"), ("obstacle", "talk"), ("report", "reason"), ("circular", "wording"), ("question", "facts"), ("resolution", "told"),
        ("history", "before"), ("history", "after"), ("history", "why"), ("broadcast", "told"),
        ("disclosure_pepper", "pepper"), ("disclosure_box", "blob"), ("disposal", "reason"),
        ("paper_approval", "reason"), ("paper_part", "contents"), ("paper_file", "told"),
        ("survey_draft", "told"), ("survey_box", "blob"), ("survey_cell", "held"), ("survey_word", "said"),
    }  # fmt: skip
    assert kinds == {(what.table.__tablename__, column) for what in rotation.EVERYTHING for column in what.columns}
    assert rotate(house, NEW, old) == 0
    after = envelopes(house)
    assert under(NEW, after) == set(after) == set(before)
    assert f"{len(before)} sealed anew" in capsys.readouterr().out


def test_with_the_new_key_alone_everything_opens(house, old, core_of):
    rotate(house, NEW, old)
    core = core_of(NEW)
    with core.database.reading(across=True) as connection:
        assert [(one.slug, one.channel_secret, one.access_token) for one in core.agencies.all(connection)] == [
            (slug, f"secret-{slug}", f"t-{slug}") for slug in SLUGS
        ]
        for kind, inside in (("event", event_of(KNOWN)), ("message", None)):
            for slug in SLUGS:
                (found,) = dead.all_of(connection, kind, slug)
                opened = dead.opened(core.ring, found)
                assert opened == inside or opened["messages"][0]["text"] == f"ข้อความ {slug}"
    for slug in SLUGS:
        with core.database.reading(of=core.channels.by_slug(slug).id) as connection:
            store = store_of(core, connection, slug)
            (admin,) = store.people.with_role(Role.ADMIN, TODAY)
            assert (admin.name, store.people.address_of(admin).to) == (f"นางสาวปริศนา {slug}", KNOWN)
            assert store.people.by_line_id(KNOWN, TODAY) == admin
            assert store.people.by_line_id(MET, TODAY).roles == frozenset()
            assert store.places.of(admin.id, house.clock()).draft == {"words": "ร้อยละ ๗๕"}
            assert read_words(store) == {"นายสมมุติยังไม่ส่งเอกสาร"}
            assert read_answers(store) == {WROTE}


def read_words(store):
    assert [one.before["said"] for one in store.history.of_measure("m", 9)] == ["2", "1"]
    return {
        store.questions.get("q").facts["printed"], store.obstacles.get("o").told.words, store.reports.get("r").reason, store.circulars.get("c").wording,
        store.resolutions.get("v").wording,
        *(one.why for one in store.history.of_measure("m", 9)),
        store.papers.approval("plan", "2570").reason, store.papers.part("seal").decode(),
    }  # fmt: skip


def read_answers(store):
    met = store.people.by_line_id(MET, TODAY).id
    assert store.participation.draft(met, SURVEY).answers == {"E1": 2}
    assert [one.held for one in store.ballots.cells(SURVEY)] == [{"E1": Sums(1)}]
    return {*(one.why for _, one in store.ballots.shuffled(SURVEY)), *store.ballots.words(SURVEY)}


def test_who_has_answered_is_known_without_the_old_key(house, old, core_of):
    """Marks are found by the keyed hash of a person, which is another under another key."""
    before = house.rows("SELECT lookup FROM survey_mark")
    rotate(house, NEW, old)
    core = core_of(NEW)
    for slug in SLUGS:
        with core.database.reading(of=core.channels.by_slug(slug).id) as connection:
            store = store_of(core, connection, slug)
            found = {store.participation.of(SURVEY, store.people.by_line_id(one, TODAY).id) for one in (KNOWN, MET)}
            assert found == {Mark(Answered.ANSWERED, TODAY, 18), Mark(Answered.STARTED, TODAY, 3)}
    assert set(before).isdisjoint(house.rows("SELECT lookup FROM survey_mark"))


@pytest.mark.parametrize("answered_with", ["the old key", "the new key"])
def test_whoever_was_met_twice_has_answered_whichever_way_they_did(house, old, core_of, answered_with):
    """While some processes know the old key only and others the new one, a person may have a mark under either."""
    standings = dict.fromkeys(("the old key", "the new key"), Answered.STARTED) | {answered_with: Answered.ANSWERED}
    agency = house.core.channels.by_slug("north")
    for core, standing in ((core_of(old), standings["the old key"]), (core_of(NEW), standings["the new key"])):
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            known = store.people.by_line_id(KNOWN, TODAY) or store.people.meet(KNOWN)
            store.participation.save("t", known.id, Mark(standing, TODAY))
        core.database.write(store.apply, of=agency.id)
    assert house.value("SELECT COUNT(*) FROM survey_mark WHERE survey_id = 't'") == 2
    rotate(house, NEW, old)
    with core_of(NEW).database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core_of(NEW).ring)
        assert store.participation.counted("t") == {Answered.ANSWERED: 1}
        assert store.participation.of("t", store.people.by_line_id(KNOWN, TODAY).id).standing is Answered.ANSWERED


@pytest.mark.parametrize("later", ["the old key", "the new key"])
def test_of_two_answers_after_visits_the_later_day_stays(house, old, core_of, later):
    """Else whoever was met twice could answer again before the survey begins anew."""
    days = dict.fromkeys(("the old key", "the new key"), TODAY - timedelta(days=9)) | {later: TODAY}
    agency = house.core.channels.by_slug("north")
    for core, day in ((core_of(old), days["the old key"]), (core_of(NEW), days["the new key"])):
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            known = store.people.by_line_id(KNOWN, TODAY) or store.people.meet(KNOWN)
            store.participation.save("t", known.id, Mark(Answered.ANSWERED, day))
        core.database.write(store.apply, of=agency.id)
    rotate(house, NEW, old)
    with core_of(NEW).database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core_of(NEW).ring)
        assert store.participation.of("t", store.people.by_line_id(KNOWN, TODAY).id).on == TODAY


def test_what_an_older_release_left_plain_is_read_and_sealed_by_a_rotation(house, old, core_of):
    plain = "นายสมมุติยังไม่ส่งเอกสาร"
    house.change("UPDATE circular SET wording = :plain", plain=plain)
    house.change("UPDATE report SET reason = :plain", plain=plain)
    house.change("UPDATE history SET why = :plain", plain=plain)
    before = envelopes(house)
    for keys in ((old,), (NEW, old)):
        core = core_of(*keys)
        with core.database.reading(of=core.channels.by_slug("north").id) as connection:
            assert read_words(store_of(core, connection, "north")) == {plain}
        assert rotate(house, *keys) == 0
        assert len(envelopes(house)) == len(before) + 2 * 4
    assert under(old, envelopes(house)) == set()


def test_a_long_history_is_gone_through_to_the_end(house, old):
    """More lines of one measure than a batch takes."""
    lines = [Entry("m", Deed.NUDGED, TODAY, why=str(number)) for number in range(MANY)]
    change(house.core, "south", lambda store: store.history.add(*lines))
    assert rotate(house, NEW, old) == 0
    assert under(old, envelopes(house)) == set()


def test_the_old_key_alone_opens_nothing_any_more(house, old, core_of):
    rotate(house, NEW, old)
    core = core_of(old)
    with core.database.reading(across=True) as connection, pytest.raises(SealBroken):
        core.agencies.all(connection)


def loop_of(house, *features):
    texts = Texts()
    turns = Turns(Features(*features, help_feature.feature), ByHeart(), texts)
    return TurnLoop(
        house.ledger, turns, Letters(texts, house.core.channels), Patience(LEASE, MOST, 1_000), UTC, lambda: None
    )


def test_turns_and_dead_letters_go_on_with_the_new_key_alone(house, old, core_of):
    """What waited is heard, and nobody who was known is met a second time."""
    rotate(house, NEW, old)
    later = House(core_of(NEW), house.clock)
    people = house.value("SELECT COUNT(*) FROM person")
    for slug in SLUGS:
        put(later, slug, KNOWN, f"new {slug}", number=9)
    with later.core.database.reading(across=True) as connection:
        given_up = dead.all_of(connection, dead.EVENT)
    for one in given_up:
        later.core.database.write(
            lambda c, one=one: dead.retry(c, later.core.queue, one, house.clock()), across=True
        )  # fmt: skip
    loop = loop_of(later)
    while event := loop.claim("w"):
        loop.work(event, "w")
    assert dict(house.rows("SELECT event_id, state FROM inbox")) == {
        f"{name} {slug}": State.DONE for name in ("dead", "waits", "new") for slug in SLUGS
    }
    assert house.value("SELECT COUNT(*) FROM person") == people


def test_a_second_rotation_changes_nothing(house, old, capsys):
    rotate(house, NEW, old)
    everything = envelopes(house), house.rows("SELECT id, lookup, version FROM person ORDER BY id")
    capsys.readouterr()
    assert rotate(house, NEW, old) == 0
    assert capsys.readouterr().out.startswith("0 sealed anew")
    assert (envelopes(house), house.rows("SELECT id, lookup, version FROM person ORDER BY id")) == everything


def test_one_key_alone_has_nothing_to_do(house, old, capsys):
    assert rotate(house, old) == 0
    assert capsys.readouterr().out.startswith("0 sealed anew")


def test_what_does_not_open_is_counted_and_left_and_the_rest_is_done(house, old, capsys):
    """Even an agency whose secret is broken does not keep the others from the new key."""
    house.change("UPDATE person SET name = 'v1.x.y.z' WHERE posts = '[]'")
    house.change("UPDATE agency SET channel_secret = 'v1.x.y.z' WHERE slug = 'north'")
    whole = under(old, envelopes(house))
    assert rotate(house, NEW, old) == 1
    told, complained = capsys.readouterr()
    assert f"{len(whole)} sealed anew" in told
    assert "3 do not open with any of these keys" in complained
    after = envelopes(house)
    assert under(NEW, after) == whole
    assert {after[place] for place in set(after) - whole} == {"v1.x.y.z"}


MANY = rotation.BATCH + 5


@pytest.fixture
def crowd(house, old):
    """More people than one batch, each with an open question."""

    def meet(store):
        for number in range(MANY):
            who = store.people.meet(f"U{number:032}")
            store.places.put(who.id, Place("trial.answer", {"words": str(number)}), house.clock())

    change(house.core, "south", meet)
    return old


def test_more_than_one_batch_is_gone_through_to_the_end(house, crowd):
    rotate(house, NEW, crowd)
    after = envelopes(house)
    assert under(NEW, after) == set(after)
    assert sum(place[0] == "place" for place in after) == MANY + len(SLUGS)


def test_what_a_rotation_that_was_stopped_has_left_the_next_one_does(house, crowd, core_of):
    core = core_of(NEW, crowd)
    (people,) = (what for what in rotation.EVERYTHING if what.table.__tablename__ == "person")
    south = core.channels.by_slug("south").id
    done, after = core.database.write(lambda c: rotation.batch(c, core.ring, people, south, [""]), of=south)
    assert (done.sealed, after is not None) == (2 * rotation.BATCH, True)
    rotate(house, NEW, crowd)
    assert under(crowd, envelopes(house)) == set()


# ── while a worker works


def test_a_turn_that_a_rotation_overtakes_runs_again_and_loses_nothing(house, old, core_of):
    """The row that the step has read and changes is another one by the time it commits."""
    both = House(core_of(NEW, old), house.clock)
    seen = []
    trial = Feature("trial")

    @trial.on("intent:trial")
    def run(turn):
        seen.append(turn.who.language)
        if len(seen) == 1:
            rotate(house, NEW, old)
        turn.store.people.save(turn.who.speaking("en"))
        return say("help.cancelled")

    put(both, "north", KNOWN, "e", "trial", number=-1)
    loop = loop_of(both, trial)
    while event := loop.claim("w"):
        loop.work(event, "w")
    assert seen == ["th", "th"]
    assert house.rows("SELECT state, attempts FROM inbox WHERE event_id = 'e'") == [(State.DONE, 1)]
    north = both.core.channels.by_slug("north").id
    assert house.rows("SELECT language FROM person WHERE agency_id = :a AND posts <> '[]'", a=north) == [("en",)]
    assert under(old, envelopes(house)) == set()


def working(house, loop, owner, over):
    """Takes turns until none waits, and then says that it is over."""

    def work():
        while not over.is_set():
            event = loop.claim(owner)
            if event is not None:
                loop.work(event, owner)
            elif house.value("SELECT COUNT(*) FROM inbox WHERE state = 0"):
                house.clock.pass_ms(1000)  # what met a rotation too often comes again after a pause
            else:
                over.set()

    return work


def test_rotations_beside_workers_lose_nothing(house, old, core_of):
    """The keys change places again and again while two workers take 60 turns that each change a person."""
    both = House(core_of(NEW, old), house.clock)
    trial, over, ended = Feature("trial"), threading.Event(), []

    @trial.on("intent:trial")
    def run(turn):
        turn.store.people.save(turn.who.speaking("en" if turn.who.language == "th" else "th"))
        return say("help.cancelled")

    house.change("DELETE FROM outbox")
    house.change("UPDATE inbox SET state = 1, body = NULL")
    for number in range(60):
        put(both, SLUGS[number % 2], (KNOWN, MET)[number % 4 // 2], f"e{number}", "trial", number)
    loop = loop_of(both, trial)

    def turn_keys():
        keys = [NEW, old]
        while not over.is_set():
            ended.append(rotate(house, *keys))
            keys.reverse()

    at_once(working(both, loop, "a", over), working(both, loop, "b", over), turn_keys)
    assert set(ended) == {0}
    assert len(ended) > 1
    assert house.rows("SELECT state, COUNT(*) FROM inbox WHERE event_id LIKE 'e%' GROUP BY state") == [(State.DONE, 60)]
    assert house.value("SELECT COUNT(*) FROM outbox") == 60
    assert house.value("SELECT COUNT(*) FROM person") == 2 * len(SLUGS)
    rotate(house, NEW, old)
    assert under(old, envelopes(house)) == set()
    for _, agency, key, body in house.rows("SELECT id, agency_id, retry_key, body FROM outbox"):
        assert json.loads(KeyRing([NEW]).open_text(body, agency, "outbox", "body", key))["messages"]


@pytest.mark.parametrize("_", range(8))
def test_a_person_changes_lanes_once_while_a_new_key_takes_the_place_of_the_old(_):
    """Else what they said before and after could be taken side by side, more often than it has to be."""
    old, new = new_key(), new_key()
    steps = ([old], [old, new], [new, old], [new])
    lanes = [lane_of(KeyRing(keys), 1, KNOWN) for keys in steps]
    assert sum(before != after for before, after in pairwise(lanes)) == 1
    assert lane_of(KeyRing([new, old]), 1, KNOWN) != lane_of(KeyRing([new, old]), 2, KNOWN)
