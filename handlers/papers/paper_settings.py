"""How the papers of the agency look: Thai digits or not, and the seal at their head.

secretary ตั้งค่าเอกสาร
bot       [card: ตั้งค่าเอกสาร · ตัวเลข: เลขอารบิก · ตรา: ยังไม่มี]   [ใช้เลขไทย] [ใส่ตรา] [แบบฟอร์มของหน่วยงาน]
secretary [ใส่ตรา]
bot       ส่งรูปตราของหน่วยงานหรือตราครุฑ … ส่งเป็นไฟล์ PNG จะได้พื้นหลังโปร่งใส
secretary [a picture]
bot       ได้รับแล้วค่ะ กำลังเก็บ …   [ดูผล]
secretary [ดูผล]
bot       [card: ตั้งค่าเอกสาร · ตรา: มีแล้ว]   [เปลี่ยนตรา] [เอาตราออก]

A picture that cannot be taken is told of; where all is well no message is spent on it.
"""

from handlers.common.calendar_keepers import keeper_only
from handlers.kit import SILENCE, Card, Feature, Go, Reply, Row, Task, Turn, Words, ask, say, show, words
from handlers.papers.paper_log import changed
from itadomain.evidence import Kind, must_fit
from itadomain.papers.choosing import DIGITS, SEAL, TEMPLATE, Digits, digits
from itadomain.people import EVERYONE, INSIDERS
from itadomain.refusals import Refusal

feature = Feature("paper_settings", roles=INSIDERS)

SENT = ("heard:image", "heard:file")
PICTURES = frozenset({"image", "file"})
TOLD = {Digits.ARABIC: words("paper_settings.arabic"), Digits.THAI: words("paper_settings.thai")}
CHANGE = {Digits.ARABIC: words("paper_settings.tap_arabic"), Digits.THAI: words("paper_settings.tap_thai")}


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every choice
    keeper_only(turn)
    return _shown(turn, digits(turn.store.settings))


@feature.on()
def choose_digits(turn: Turn) -> Reply:
    keeper_only(turn)
    said = str(turn.values.get("set", ""))
    if said not in set(Digits):
        raise Refusal("paper_settings.which_digits")
    turn.store.settings.put(DIGITS, said)
    changed(turn, "digits")
    return _shown(turn, Digits(said))


@feature.on()
def seal(turn: Turn) -> Reply:
    keeper_only(turn)
    return ask("paper_settings.send_seal", then=hear_seal)


@feature.hearing(*SENT)
def hear_seal(turn: Turn) -> Reply:
    keeper_only(turn)
    if turn.values.get("kind") not in PICTURES:
        raise Refusal("paper_settings.send_a_picture")
    if turn.values["elsewhere"]:
        raise Refusal("evidence.from_elsewhere")
    must_fit(Kind.PHOTO, turn.number("size") or 0)
    facts = {"part": SEAL, "message": turn.message, "name": str(turn.values["name"])}
    return say("paper_settings.taking").offering(_look()).doing(Task("take_paper_part", facts))


@feature.on("task:take_paper_part", roles=EVERYONE, aside=True)
def taken(turn: Turn) -> Reply:
    """It is kept, and whoever looks sees it; or why it is not."""
    if "kept" in turn.values:
        changed(turn, str(turn.values["part"]))
        return SILENCE
    key, part = str(turn.values.get("refused", "evidence.not_fetched")), str(turn.values["part"])
    again = Go(words("paper_settings.tap_again"), "paper_settings.seal")
    if part.startswith(TEMPLATE):
        again = Go(words("paper_forms.tap_send"), "paper_forms.send", {"kind": part.removeprefix(TEMPLATE)})
    return Reply((Words(key, turn.values.get("facts") or {}),)).offering(again)


@feature.on()
def drop_seal(turn: Turn) -> Reply:
    keeper_only(turn)
    turn.store.papers.drop_part(SEAL)
    changed(turn, "no_seal")
    return say("paper_settings.dropped").offering(_look())


def _shown(turn: Turn, chosen: Digits) -> Reply:
    has_seal = SEAL in turn.store.papers.own()
    told = words("paper_settings.title")
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[
            Row(words("paper_settings.digits"), TOLD[chosen]),
            Row(words("paper_settings.seal"), words("paper_settings.there" if has_seal else "paper_settings.none")),
        ],
        notes=[words("paper_settings.where")],
    )
    other = next(one for one in Digits if one is not chosen)
    taps = [
        Go(CHANGE[other], "paper_settings.choose_digits", {"set": other.value}),
        Go(words("paper_settings.tap_other_seal" if has_seal else "paper_settings.tap_seal"), "paper_settings.seal"),
    ]
    if has_seal:
        taps.append(Go(words("paper_settings.tap_no_seal"), "paper_settings.drop_seal"))
    taps.append(Go(words("paper_forms.tap_all"), "paper_forms.all"))
    return show(card).offering(*taps, Go(words("paperwork.tap_all"), "paperwork.all"))


def _look() -> Go:
    return Go(words("paper_settings.tap_look"), "paper_settings.all")
