"""Follow what one has told of: where it stands, what comes next; say more, take it back, say whether it is mended.

villager ถึงไหนแล้ว
bot      [card: what I told of]   [69-000123-C] [69-000098-H]
villager [69-000123-C]
bot      [card: where it stands, what comes next by when, what was answered]   [เพิ่มข้อมูล] [ถอนเรื่อง]
villager [เพิ่มข้อมูล]
bot      พิมพ์ข้อความ หรือส่งรูป เสียง ได้เลย   [เท่านี้]
villager [photo]
bot      เพิ่มในเรื่อง 69-000123-C แล้ว   [เท่านี้]
(แก้ไขแล้ว) bot   มีความคืบหน้าในเรื่องที่ท่านแจ้ง   [เปิดดู]
villager [เปิดดู]
bot      [card]   [แก้ไขแล้ว] [ยังไม่แก้ไข]
villager [แก้ไขแล้ว]
bot      ขอบคุณ … พอใจไหม   [5 มากที่สุด] … [1 น้อยที่สุด]
villager [5 มากที่สุด]
bot      บันทึกคะแนนแล้ว   … (see survey_visit)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.cases import following_cards as cards
from handlers.cases.case_cards import tell_officers
from handlers.common import contents, picking
from handlers.common.unsending import holding
from handlers.disclosures import disclosure_following
from handlers.kit import Answer, Card, Feature, Go, Reply, Turn, ask, say, words
from handlers.surveying import survey_visit
from itadomain.cases import following
from itadomain.cases.case import Case, Kind, State
from itadomain.cases.following import Followed
from itadomain.cases.lists import by_number
from itadomain.cases.tickets import in_full
from itadomain.evidence import DRAFT, place
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("following")

ENOUGH, SKIP = "enough", "skip"
SENT = ("heard:image", "heard:video", "heard:audio", "heard:file", "heard:location")
MOST_TO_OFFER = 3


@dataclass(frozen=True)
class Listing:
    """The page of cases that is shown."""

    page: int = 0


@dataclass(frozen=True)
class About:
    """The case that is spoken of, and whether the officers heard already that more was said."""

    case: str
    told: bool = False


@dataclass(frozen=True)
class Loose:
    """Words that may belong to a case, the id of the message that they came in, and those that it may be."""

    words: str
    message: str = ""
    cases: Sequence[str] = ()


@feature.on("intent:track_complaint")
def mine(turn: Turn) -> Reply:
    if disclosed := disclosure_following.typed(turn):
        return disclosed
    if ticket := str(turn.values.get("ticket", "")):
        return _shown(turn, following.by_ticket(turn.store, ticket, turn.who, turn.today))
    own = turn.store.cases.of_reporter(turn.who.id)
    return _shown(turn, own[0]) if len(own) == 1 else _listed(turn, own, 0)


@feature.step
def pick(turn: Turn, draft: Listing) -> Reply:
    page = picking.page_turned(turn)
    if page is not None:
        return _listed(turn, turn.store.cases.of_reporter(turn.who.id), page)
    if turn.chosen:
        return _shown(turn, following.find(turn.store, turn.chosen, turn.who))
    return _shown(turn, following.by_ticket(turn.store, turn.text, turn.who, turn.today))


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, _named(turn))


@feature.step
def act(turn: Turn, draft: About) -> Reply:
    deeds = {
        cards.MORE: _more, cards.CANCEL: _cancel, cards.MENDED: _mended, cards.NOT_MENDED: _not_mended,
        cards.RATE: _ask_rating,
    }  # fmt: skip
    case = following.find(turn.store, draft.case, turn.who)
    if turn.chosen in deeds:
        return deeds[turn.chosen](turn, case)
    takes_more = case.open or case in following.asked(turn.store, turn.who, turn.today)
    if turn.meant != "out_of_scope" or not takes_more or not turn.text.strip():
        raise Refusal("following.one_of_these")  # what means something else starts that
    return disclosure_following.typed(turn) or _which(turn, "following.is_it_about_this", [case])


@feature.hearing(*SENT)
def hear_more(turn: Turn, draft: About) -> Reply:
    """Words are an answer as they stand; of photos more may come."""
    if turn.chosen == ENOUGH:
        return say("following.thanks_for_more").offering(_look(draft.case))
    if turn.chosen == cards.CANCEL:
        return _cancel(turn, following.find(turn.store, draft.case, turn.who))
    if turn.values.get("kind") in {*contents.FILES, contents.PLACE}:
        return _with_sent(turn, draft)
    came = following.bubble(turn.message, turn.text)
    followed = following.say_more(turn.store, draft.case, turn.text, (), turn.who, turn.today, bubbles=came)
    reply = _added(followed).offering(_look(draft.case))
    return reply if draft.told else _told(reply, followed)


@feature.step
def hear_sure(turn: Turn, draft: About) -> Reply:
    picking.only_yes(turn)
    followed = following.cancel(turn.store, draft.case, turn.who, turn.today)
    return _told(say("following.cancelled", ticket=str(followed.case.ticket)), followed).offering(_menu())


@feature.hearing(*SENT)
def hear_why(turn: Turn, draft: About) -> Reply:
    if turn.values.get("kind") in {*contents.FILES, contents.PLACE}:
        raise Refusal("following.words_first")
    said = "" if turn.chosen == SKIP else turn.text
    followed = following.reopen(turn.store, draft.case, said, turn.who, turn.today, message=turn.message)
    reply = _told(cards.reopened(turn, followed.case), followed)
    return reply.offering(_look(followed.case.id), _menu())


@feature.step
def hear_rating(turn: Turn, draft: About) -> Reply:
    rating = picking.count_said(turn)
    if rating is None:
        raise Refusal("case.rate_so", worst=following.WORST, best=following.BEST)
    following.rate(turn.store, draft.case, rating, turn.who, turn.today)
    return survey_visit.after_rating(turn, words("following.rated"))


def loose_words(turn: Turn) -> Reply | None:
    """What nobody asked for may be a number to follow, or answer what an officer asked; None where it is neither."""
    if in_full(turn.text):
        return _numbered(turn)
    return _offered(turn, "following.is_it_about", following.waiting(turn.store, turn.who))


def more_to_ask(turn: Turn) -> Reply | None:
    """What nothing else was found for may belong to what was asked of an officer; None where nothing was."""
    return _offered(turn, "following.is_it_more_to_ask", following.asked(turn.store, turn.who, turn.today))


def _offered(turn: Turn, question: str, cases: Sequence[Case]) -> Reply | None:
    return _which(turn, question, cases) if cases and turn.text.strip() and not turn.asked else None


def _which(turn: Turn, question: str, cases: Sequence[Case]) -> Reply:
    ids = [case.id for case in cases[:MOST_TO_OFFER]]
    return replace(_offering(turn, Loose(turn.text.strip(), turn.message, ids)), bubbles=(words(question),))


def _offering(turn: Turn, draft: Loose) -> Reply:
    found = (following.find(turn.store, one, turn.who) for one in draft.cases)
    taps = [Answer(words("following.tap_add_to", ticket=str(case.ticket)), case.id) for case in found]
    return Reply(taps=taps, then=pick_case, draft=draft)


@holding(feature, _offering)
def pick_case(turn: Turn, draft: Loose) -> Reply:
    if not turn.chosen:
        raise Refusal("following.one_of_these")
    followed = following.go_on(turn.store, turn.chosen, draft.words, turn.who, turn.today, message=draft.message)
    return _told(_added(followed), followed).offering(_look(followed.case.id))


def _numbered(turn: Turn) -> Reply:
    """Their own case; who works for the agency is led to the case as it is worked on."""
    typed = (turn.store, turn.text, turn.who, turn.today)
    if following.own(*typed) or not turn.who.may(INSIDERS):
        return _shown(turn, following.by_ticket(*typed))
    case = by_number(*typed)
    return say("following.found", ticket=str(case.ticket)).offering(
        Go(words("casework.tap_one"), "casework.one", {"id": case.id}), _menu()
    )


def _named(turn: Turn) -> Case:
    return following.find(turn.store, str(turn.values.get("id", "")), turn.who)


def _listed(turn: Turn, own: Sequence[Case], page: int) -> Reply:
    if not own:
        return say("following.none").offering(Go(words("menu.complaint_start"), "complaint.start"), _menu())
    page = max(0, min(page, (len(own) - 1) // picking.PAGE))
    told = words("following.yours", count=len(own))
    rows = [cards.row(turn, case) for case in own[page * picking.PAGE :][: picking.PAGE]]
    card = Card(summary=told, title=told, rows=rows, notes=[words("following.how_to_pick")])
    taps = [Answer(str(case.ticket), case.id) for case in own]
    shown = picking.choices(taps, replace(turn, chosen=f"{picking.TURNED}{page}"))
    return _asking(turn, Reply((card,), taps=shown, then=pick, draft=Listing(page)))


def _shown(turn: Turn, case: Case) -> Reply:
    """Where it waits for its reporter, what they write is the answer."""
    card = cards.one(turn, case)
    taps = cards.deeds(turn, case)
    if case.state is State.WAITING:
        asked = Reply((card, words("following.say_it_now")), taps=taps[1:], then=hear_more, draft=About(case.id))
        return _asking(turn, asked)
    if not taps:
        return Reply((card,), taps=(_menu(),))
    return _asking(turn, Reply((card,), taps=taps, then=act, draft=About(case.id)))


def _asking(turn: Turn, reply: Reply) -> Reply:
    """A problem that is just being told stays the open question: then there is only something to read."""
    return Reply(reply.bubbles) if turn.asked.startswith("complaint.") else reply


def _more(turn: Turn, case: Case) -> Reply:
    return ask("following.say_more", then=hear_more, draft=About(case.id), choices=[_enough()])


def _cancel(turn: Turn, case: Case) -> Reply:
    sure = "following.sure_to_cancel"
    return ask(sure, then=hear_sure, draft=About(case.id), choices=picking.yes(), ticket=str(case.ticket))


def _mended(turn: Turn, case: Case) -> Reply:
    return _ask_rating(turn, following.confirm(turn.store, case.id, turn.who, turn.today).case)


def _not_mended(turn: Turn, case: Case) -> Reply:
    skip = [Answer(words("following.tap_skip"), SKIP)]
    if case.kind is Kind.QUESTION:
        return ask("following.what_more", then=hear_why, draft=About(case.id))
    return ask("following.what_is_not", then=hear_why, draft=About(case.id), choices=skip)


def _ask_rating(turn: Turn, case: Case) -> Reply:
    points = range(following.BEST, following.WORST - 1, -1)
    taps = [Answer(label, str(point)) for point, label in zip(points, cards.RATINGS, strict=True)]
    return ask("following.how_content", then=hear_rating, draft=About(case.id), choices=taps)


def _with_sent(turn: Turn, draft: About) -> Reply:
    if turn.values["kind"] == contents.PLACE:
        named = {name: turn.values[name] for name in ("title", "address", "latitude", "longitude")}
        followed = following.say_more(turn.store, draft.case, place(**named), (), turn.who, turn.today)
        return _and_more(draft, followed)
    sent, tasks = contents.received(turn, DRAFT)
    followed = following.say_more(turn.store, draft.case, "", [sent], turn.who, turn.today)
    return _and_more(draft, followed).doing(*tasks)


def _and_more(draft: About, followed: Followed) -> Reply:
    reply = replace(_added(followed), taps=(_enough(),), then=hear_more, draft=replace(draft, told=True))
    return reply if draft.told else _told(reply, followed)


def _added(followed: Followed) -> Reply:
    return say("following.added", ticket=str(followed.case.ticket))


def _told(reply: Reply, followed: Followed) -> Reply:
    return tell_officers(reply, followed.officers, followed.case)


def _look(case_id: str) -> Go:
    return Go(words("following.tap_look"), "following.one", {"id": case_id})


def _menu() -> Go:
    return Go(words("help.tap_menu"), "help.menu")


def _enough() -> Answer:
    return Answer(words("following.tap_enough"), ENOUGH)
