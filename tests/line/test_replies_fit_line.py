"""Whatever the features can answer, LINE takes it: for every sample, role and language."""

import functools
import importlib.util
import json
from datetime import date
from decimal import Decimal

import pytest
from jsonschema import validators

from bot import enrol, nlu, samples
from bot.line import limits
from bot.line.events import Kind, hear
from bot.line.render import Voice, render, texts_of
from bot.storage.store import AgencyStore
from bot.texts import LOCALES, Texts
from bot.turns import Moment, Turns
from handlers import FEATURES
from handlers.kit import Answer, Bar, Card, Go, Link, Reply, Row, say, show, words
from itadomain.audit import audit

AGENCIES = (*samples.NAMES, "bare")
#: A citizen, one who sees how figures were checked, an insider who does not, and an administrator.
PEOPLE = {
    "citizen": None,
    "staff": ("staff", "สำนักปลัด"),
    "integrity": ("integrity", "กองที่ไม่มีในแผน"),
    "admin": ("admin", "สำนักปลัด"),
}
#: What no tap that was just offered may lead to.
DEAD_ENDS = {"help.stale_tap", "help.mishap", "help.not_allowed", "help.not_understood", "help.come_private"}
LANGUAGES = ("th", "en")
TODAY = Moment(date(2026, 11, 21), 1_795_150_000_000)
SAID = (
    "เมนู", "help", "สวัสดีค่ะ", "ขอบคุณครับ", "ยกเลิก", "ปีนี้เราได้เกรดอะไร", "คะแนนปี 2565", "คะแนนปี ๒๕๖๖", "คะแนนปี 2500",
    "คะแนนปี 2600", "คะแนนปี 99999999999999999999", "ตัวชี้วัดไหนต่ำสุด", "ตัวชี้วัดที่ 7 ได้เท่าไร", "การสื่อสารได้กี่คะแนน",
    "คะแนน IIT", "eit score", "OIT ปี 2566", "เทียบคะแนนย้อนหลัง", "เปรียบเทียบปี 2565 กับ 2566", "มาตรการของฉัน", "มาตรการข้อ 2",
    "มาตรการที่ 99", "รายงานความคืบหน้า 50%", "ติดปัญหาไม่มีงบ", "แนบหลักฐาน", "ใครค้างบ้าง", "ปฏิทินการประเมิน", "แจ้งไฟดับ",
    "ติดตามเรื่อง 69-000123-C", "แจ้งเบาะแสทุจริต", "ทำแบบประเมิน", "เบอร์โทร", "ขอคุยกับเจ้าหน้าที่", "จ่ายภาษีที่ไหน", "ลบข้อมูลของฉัน",
    "ลงทะเบียนเจ้าหน้าที่", "เปลี่ยนภาษา", "English please", "ประกาศถึงทุกคน", "what is our grade", "asdfgh", "?", "😀", "ก" * 5000,
)  # fmt: skip


def user(agency, person):
    return "U" + f"{AGENCIES.index(agency)}{list(PEOPLE).index(person)}".rjust(32, "0")


@pytest.fixture(scope="module")
def office(copied_core):
    core = copied_core()
    for agency in AGENCIES:
        for name, person in PEOPLE.items():
            if person:
                role, unit = person
                member = enrol.NewMember(agency, user(agency, name), "สมชาย ใจดี", [role], unit)
                enrol.add_member(core, member)
    yield Office(core)
    core.database.close()


class Office:
    """Says things to the features and gives LINE's messages back; nothing of it is kept but an open question."""

    def __init__(self, core):
        self.core = core
        self.texts = Texts()
        self.turns = Turns(FEATURES, nlu.load(LOCALES), self.texts)
        self.asked = set()

    def hears(self, agency, person, language, event):
        """What was taken, and the messages it becomes."""
        taken = self.takes(agency, person, event)
        return taken, self.draws(agency, taken, language)

    def takes(self, agency, person, event):
        of = self.core.channels.by_slug(agency)
        with self.core.database.reading() as connection:
            store = AgencyStore(connection, of, self.core.ring)
            taken = self.turns.take(store, hear({"source": {"userId": user(agency, person)}, **event}), TODAY)
        if taken.asked_by:
            self.core.database.write(store.apply)
            self.asked.add((agency, person))
        return taken

    def draws(self, agency, taken, language):
        particle = self.core.channels.by_slug(agency).office.particle
        return render(taken.reply, Voice(self.texts, taken.reply.language or language, particle), taken.asked_by)

    def forgets(self, agency, person):
        """No question is open any more."""
        if (agency, person) not in self.asked:
            return
        self.asked.remove((agency, person))
        of = self.core.channels.by_slug(agency)
        with self.core.database.reading() as connection:
            store = AgencyStore(connection, of, self.core.ring)
            known = store.people.by_line_id(user(agency, person), TODAY.today)
        if known:
            store.places.clear(known.id)
            self.core.database.write(store.apply)


def text(words_):
    return {"type": "message", "message": {"type": "text", "text": words_}}


def tap(data):
    return {"type": "postback", "postback": {"data": data}}


OPENINGS = [
    *(text(one) for one in SAID),
    *(tap(f"go={name}") for name, entry in FEATURES.steps.items() if entry.starts),
    *({"type": kind} for kind in ("follow", "unfollow", "join")),
    {"type": "follow", "follow": {"isUnblocked": True}},
    *({"type": "message", "message": {"type": kind}} for kind in ("image", "sticker", "location")),
    tap("not=ours"),
]
SILENT = [{"type": "unfollow"}, tap("go=account.farewell")]


def taps_of(messages):
    """The data of every tap in messages, wherever it is."""
    if isinstance(messages, dict):
        own = [messages["data"]] if messages.get("type") == "postback" else []
        return own + [data for value in messages.values() for data in taps_of(value)]
    if isinstance(messages, list):
        return [data for value in messages for data in taps_of(value)]
    return []


def everything(office, agency, person):
    """All answers that can be reached: the openings, then every tap of every answer, each once, in every language.

    A step does not know the language: it is taken once and drawn in each.
    """
    waiting, seen = [(event,) for event in OPENINGS], set()
    while waiting:
        *asked, event = path = waiting.pop()
        office.forgets(agency, person)
        for before in asked:  # a question stands open only after all that led to it
            office.takes(agency, person, before)
        taken = office.takes(agency, person, event)
        drawn = [office.draws(agency, taken, language) for language in LANGUAGES]
        for messages in drawn:
            yield event, taken, messages
        for data in taps_of(drawn):
            if data not in seen:
                seen.add(data)
                waiting.append((*path, tap(data)) if data.startswith("at=") else (tap(data),))


@functools.cache
def checker(path):
    spec = importlib.util.spec_from_file_location("check_messages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.validator = functools.cache(remembering(module.validator))
    return module


def remembering(validator):
    """Makes the same validators, for which what fitted a definition once fits it: cards are made of the same parts."""

    def made(root):
        one, fits = validator(root), set()
        follow = one.VALIDATORS["$ref"]

        def ref(itself, name, part, schema):
            known = (name, json.dumps(part))
            if known not in fits:
                faults = list(follow(itself, name, part, schema))
                yield from faults
                fits.update(() if faults else [known])

        return validators.extend(type(one), {"$ref": ref})(one.schema)

    return made


@pytest.fixture(scope="module")
def described(request):
    """Holds messages against LINE's own description, each only once; without the shared folder there is none.

    It says the same of the messages of a reply and of a push: that is looked at first.
    """
    try:
        path = request.getfixturevalue("shared") / "tools/check_messages.py"
    except pytest.skip.Exception:
        return lambda _messages: []

    said = checker(path).definitions()
    assert said["ReplyMessageRequest"]["properties"]["messages"] == said["PushMessageRequest"]["properties"]["messages"]

    @functools.cache
    def check(message):
        reply = {"replyToken": "x" * 32, "messages": [json.loads(message)]}
        return checker(path).errors("ReplyMessageRequest", reply)

    return lambda messages: [fault for one in messages for fault in check(json.dumps(one))]


@pytest.mark.timeout(600)  # some thousand answers
@pytest.mark.parametrize("agency", AGENCIES)
def test_every_answer_and_every_tap_of_it_fits(office, described, agency):
    answers = 0
    for person in PEOPLE:
        for event, taken, messages in everything(office, agency, person):
            answers += 1
            if event in SILENT:
                assert messages == []
                continue
            where = (person, event, texts_of(messages))
            assert limits.faults(messages) == [], where
            assert described(messages) == [], where
            assert 0 < len(messages) <= limits.BUBBLES_A_REPLY
            assert event in OPENINGS or taken.reply.key not in DEAD_ENDS, where
            assert all("{" not in one for one in texts_of(messages)), where
    assert answers > len(PEOPLE) * len(OPENINGS) * len(LANGUAGES)


@pytest.mark.parametrize("said", SAID)
def test_whatever_is_said_to_an_open_question_has_an_answer(office, said):
    """An answer, the question again, or another wish: never an error."""
    office.hears("krasang", "staff", "th", tap("go=score.which"))
    _, messages = office.hears("krasang", "staff", "th", text(said))
    assert limits.faults(messages) == []


@pytest.mark.parametrize("agency", [name for name in samples.NAMES if samples.load(name).results])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ["staff", "citizen"])
def test_the_notification_of_a_score_says_year_total_and_grade(office, agency, person, language):
    """What a lock screen, a computer and a screen reader show of a card."""
    result = max(samples.load(agency).results, key=lambda one: one.fiscal_year)
    seen = audit(result)
    _, messages = office.hears(agency, person, language, tap("go=score.now"))
    alt = next(message["altText"] for message in messages if message["type"] == "flex")
    assert str(result.fiscal_year) in alt
    assert str(seen.total) in alt
    assert (seen.printed_grade or seen.grade.name) in alt or seen.grade.name in alt


def test_every_tap_shows_what_was_tapped(office):
    """A tap that leaves no trace in the chat is not understood a day later."""
    _, messages = office.hears("krasang", "staff", "th", text("เมนู"))
    for item in messages[-1]["quickReply"]["items"]:
        assert item["action"].get("type") == "uri" or item["action"]["displayText"] == item["action"]["label"]


def test_the_bot_ends_its_sentences_as_its_agency_wishes(office):
    for agency, particle in (("krasang", "ค่ะ"), ("bare", "ครับ")):
        _, messages = office.hears(agency, "citizen", "th", text("ขอบคุณครับ"))
        assert particle in messages[0]["text"]


# ── drawing

VOICE = Voice(Texts(), "th", "ค่ะ")


def card(**more):
    return Card(**{"summary": words("help.cancelled"), "title": "ปี 2565", **more})


def test_a_card_too_large_for_line_loses_its_last_rows_first_its_notes():
    rows = [Row(f"ตัวชี้วัดที่ {no}", "ถ้อยคำยาวที่พิมพ์ไว้ในแผน" * 5) for no in range(60)]
    notes = [words("help.cancelled")] * 40
    (message,) = render(show(card(rows=rows, notes=notes)), VOICE)
    assert limits.faults([message]) == []
    drawn = json.dumps(message, ensure_ascii=False)
    assert "ตัวชี้วัดที่ 0" in drawn
    assert "ตัวชี้วัดที่ 59" not in drawn
    assert limits.size(message["contents"]) > limits.BUBBLE_BYTES // 2  # no more is cut than has to be


def test_a_card_of_notes_alone_is_cut_to_fit():
    (message,) = render(show(card(notes=[words("help.not_understood")] * 400)), VOICE)
    assert limits.faults([message]) == []


def test_a_card_that_fits_is_left_whole():
    (message,) = render(show(card(rows=[Row(f"แถว {no}", "1") for no in range(20)])), VOICE)
    assert "แถว 19" in json.dumps(message, ensure_ascii=False)


@pytest.mark.parametrize("full", [
    {}, {"number": Decimal("94.97")}, {"number": Decimal("94.97"), "tag": "A"}, {"subtitle": "อบต."}, {"warning": words("help.cancelled")},
    {"bars": [Bar("IIT", Decimal(points), passed=True) for points in ("0", "0.01", "85", "100", "120", "-3")]},
    {"rows": [Row("ก", None), Row("ข", ""), Row("ค", Decimal("1.50")), Row("ง", ["ก", "ข"]), Row("จ", date(2027, 3, 31))]},
    {"rows_title": words("help.tap_menu"), "rows": [Row("ก", "1")]}, {"source": words("help.tap_menu")},
    {"taps": [Go("ไป", "score.now", {"year": 2565}), Link("โทร", "tel:1205"), Answer("ตอบ", "1")]},
])  # fmt: skip
def test_each_part_of_a_card_fits_by_itself(described, full):
    messages = render(show(card(**full)), VOICE, "score.pick_part")
    assert limits.faults(messages) == []
    assert described(messages) == []


def test_at_most_three_bubbles_and_thirteen_quick_replies_are_shown():
    reply = Reply([words("help.cancelled")] * 5, [Answer(str(no), str(no)) for no in range(20)])
    messages = render(reply, VOICE, "score.pick_part")
    assert len(messages) == 3
    assert len(messages[-1]["quickReply"]["items"]) == 13
    assert all("quickReply" not in message for message in messages[:-1])
    assert limits.faults(messages) == []


def test_a_long_label_is_cut_to_what_fits_under_a_message_and_on_a_card():
    long = Go("ตัวชี้วัดที่ต้องเร่งแก้ไขก่อนการประเมินรอบถัดไปของปีงบประมาณหน้า", "score.now")
    messages = render(Reply([card(taps=[long])], [long]), VOICE)
    assert limits.faults(messages) == []
    quick = messages[0]["quickReply"]["items"][0]["action"]["label"]
    assert limits.graphemes(quick) == limits.QUICK_LABEL
    assert limits.graphemes(messages[0]["contents"]["footer"]["contents"][0]["action"]["label"]) == limits.BUTTON_LABEL


def test_a_tap_comes_back_as_what_it_was_drawn_from():
    taps = [Go("ไป", "score.now", {"year": 2565, "id": "ก=&ข"}), Answer("ตอบ", "ก&ข")]
    messages = render(say("help.menu").offering(*taps), VOICE, "score.pick_part")
    go, answer = (hear(tap(data)) for data in taps_of(messages))
    assert (go.kind, go.step, go.values) == (Kind.GO, "score.now", {"year": "2565", "id": "ก=&ข"})
    assert (answer.kind, answer.step, answer.chosen) == (Kind.ANSWER, "score.pick_part", "ก&ข")


def test_silence_is_no_message():
    assert render(Reply(), VOICE) == []


@pytest.mark.parametrize("phone", ["02 123 4567 ต่อ 11", "ไม่มี"])
def test_a_phone_number_as_people_write_it_can_be_dialled(office, phone):
    enrol.add_agency(office.core, enrol.NewAgency("phone", "เทศบาล", "s", phone=phone))
    of = office.core.database.write(lambda c: office.core.agencies.by_slug(c, "phone"))
    with office.core.database.reading() as connection:
        store = AgencyStore(connection, of, office.core.ring)
        taken = office.turns.take(store, hear({"source": {"userId": "U1"}, **text("เบอร์โทร")}), TODAY)
    uris = [one.uri for one in taken.reply.taps if isinstance(one, Link)]
    assert all(uri.isascii() and " " not in uri for uri in uris)
