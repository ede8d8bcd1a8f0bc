"""An answer in words: «มากค่ะ», «๓», «a lot». What could be two answers is none, and is asked for again."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from itadomain.invitations import is_code
from itadomain.surveys.questionnaire import STEPS, Answering
from itadomain.thai import fold, tidy


class Wish(StrEnum):
    """What is said instead of an answer."""

    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    SEND = "send"
    ON = "on"


#: By step, from low to high: all that is said, without spaces and without the words that only make it polite.
WORDS: Mapping[Answering, Sequence[str]] = {
    Answering.LEVELS: (
        "น้อยที่สุดหรือไม่มีเลย|น้อยที่สุดหรือไม่มี|น้อยที่สุด|น้อยสุด|ไม่มีเลย|ไม่มี|leastornone|least|theleast|none|noneatall|notatall",
        "น้อย|alittle|little",
        "มาก|alot|much",
        "มากที่สุด|มากสุด|most|themost",
    ),
    Answering.YES_NO: ("ไม่มีเลย|ไม่มี|ไม่เคยมี|ไม่เคย|ไม่|none|never|no", "มี|เคยมี|เคย|yes"),
    Answering.SIX: (
        "ไม่เห็นด้วยอย่างยิ่ง|stronglydisagree", "ไม่เห็นด้วย|disagree", "ค่อนข้างไม่เห็นด้วย|somewhatdisagree",
        "ค่อนข้างเห็นด้วย|somewhatagree", "เห็นด้วย|agree", "เห็นด้วยอย่างยิ่ง|stronglyagree",
    ),
    Answering.FIVE: (
        "พอใจน้อยที่สุด|น้อยที่สุด|หนึ่งดาว|notatall", "พอใจน้อย|น้อย|สองดาว|alittle", "ปานกลาง|สามดาว|inbetween|neither",
        "พอใจมาก|มาก|สี่ดาว|satisfied|alot", "พอใจมากที่สุด|มากที่สุด|ห้าดาว|verysatisfied|themost",
    ),
}  # fmt: skip
WISHES: Mapping[Wish, str] = {
    Wish.SKIP: "ข้าม|ข้ามไป|ข้ามข้อนี้|ไม่ตอบ|ไม่ทราบ|ไม่รู้|ไม่แน่ใจ|skip|idon'tknow|don'tknow",
    Wish.BACK: "ย้อนกลับ|ย้อน|กลับ|ถอยกลับ|ข้อก่อนหน้า|ข้อที่แล้ว|ก่อนหน้า|back|goback|previous",
    Wish.STOP: "หยุดไว้ก่อน|หยุดก่อน|หยุด|พักก่อน|ไว้ก่อน|ไว้ทีหลัง|ไว้วันหลัง|stop|pause|later|notnow",
    Wish.SEND: "ส่งคำตอบ|ส่ง|ส่งเลย|ส่งได้เลย|ส่งคำตอบเท่านี้|ส่งเท่านี้|ส่งแค่นี้|ส่งเท่านี้เลย|เท่านี้|แค่นี้|เท่านี้พอ|แค่นี้พอ"
    "|พอเท่านี้|พอแค่นี้|พอแค่นี้ส่งเลย|พอแล้วส่งเลย|send|sendthem|sendmyanswers|sendthese|sendtheseonly|thatisall|that'sall"
    "|thatisenough|that'senough|enough",
    Wish.ON: "ต่อ|ต่อเลย|ทำต่อ|ทำต่อเลย|ตอบต่อ|ทำตอนต่อไป|ตอนต่อไป|ไปต่อ|next|nextpart|goon|continue|carryon",
}
#: What is answered to «anything to add?» where nothing is.
NOTHING = {"ไม่มี", "ไม่มีเลย", "ไม่มีแล้ว", "ไม่มีอะไร", "ไม่", "no", "nothing", "none", *WISHES[Wish.SEND].split("|")}
#: What is answered to «would you begin?» where somebody would.
AGREED = {
    "เริ่ม", "เริ่มเลย", "เริ่มตอบ", "เริ่มตอบเลย", "เริ่มได้เลย", "เริ่มกันเลย", "ตอบ", "ตอบเลย", "ได้", "ได้เลย", "ตกลง", "เอา",
    "เอาเลย", "ใช่", "โอเค", "โอเคเลย", "ค่ะ", "คะ", "ครับ", "คับ", "ครับผม", "จ้า", "จ้ะ", "👍", "👌",
    "begin", "start", "letsstart", "let'sstart", "go", "yes", "yesplease", "yeah", "sure", "ok", "okay", "alright",
}  # fmt: skip
#: The same where they would not.
DECLINED = {"ไม่", "ไม่ตอบ", "ไม่เอา", "ไม่สะดวก", "ยัง", "ยังก่อน", "ไม่ว่าง", "no", "nothanks", "nothankyou"}
POLITE = re.compile(r"(?:ค่ะ|คะ|ครับผม|ครับ|คับ|ค่า|จ้า|จ้ะ|จ๊ะ|จ๋า|นะ|please)+[.!]*$")
NUMBERED = re.compile(r"([1-9])(?:[.)·:]|คะแนน|ดาว|stars?)?(.*)")
SCANNED = re.compile(r"(?:ตอบ|ทำ)แบบสำรวจ([0-9a-z]{4})?")
OUT_OF = re.compile(r"([1-9])/([1-9])")


def step_said(answering: Answering, text: str) -> int | None:
    """The step that words name, counted from 0; None where they name none, or may name another."""
    said = _plain(text)
    if out_of := OUT_OF.fullmatch(said):
        return _numbered(answering, int(out_of[1])) if int(out_of[2]) == STEPS[answering] else None
    numbered = NUMBERED.fullmatch(said)
    if numbered is None:
        return _worded(answering, said)
    step = _numbered(answering, int(numbered[1]))
    return step if not numbered[2] or _worded(answering, numbered[2]) == step else None


def wish_said(text: str) -> Wish | None:
    """What is wished for instead of an answer; None where the words are no such wish."""
    said = _plain(text)
    return next((wish for wish, ways in WISHES.items() if said in ways.split("|")), None)


def nothing_to_add(text: str) -> bool:
    """Whether words answer «anything to add?» with no, or with a wish to send it as it is."""
    return _plain(text) in NOTHING


def scanned(text: str) -> bool:
    """Whether words are those of a poster, or ask for the survey, and say nothing of their own."""
    return SCANNED.fullmatch(_plain(text)) is not None


def a_poster(text: str) -> bool:
    """Whether words are those that a poster types, with its code or none; «ตอบแบบสำรวจ 2570» may be anything."""
    said = SCANNED.fullmatch(_plain(text))
    return said is not None and (said[1] is None or is_code(said[1]))


def agreed(text: str) -> bool:
    """Whether words answer «would you begin?» with a yes."""
    return _plain(text) in AGREED


def declined(text: str) -> bool:
    """Whether words answer «would you begin?» with a no, or with a later."""
    return _plain(text) in DECLINED or wish_said(text) is Wish.STOP


def heard_as(text: str, hears: frozenset[str]) -> str:
    """As what words are heard at a question, whatever else they would start or end; empty where they are only words.

    `hears` is what the question takes beside words. Where it takes anything, what is told there is kept from a poster.
    """
    if hears and a_poster(text):
        return "heard:poster"
    return next((kind for kind, says in SAID.items() if kind in hears and says(text)), "")


def _plain(text: str) -> str:
    said = "".join(fold(tidy(text)).casefold().split()).strip(".!")
    return POLITE.sub("", said) or said


def _numbered(answering: Answering, number: int) -> int | None:
    """A number counts the steps from 1; «มี» and «ไม่มี» are not counted."""
    return number - 1 if answering is not Answering.YES_NO and number <= STEPS[answering] else None


def _worded(answering: Answering, said: str) -> int | None:
    return next((step for step, ways in enumerate(WORDS[answering]) if said in ways.split("|")), None)


#: Words that answer a question which hears them so.
SAID: Mapping[str, Callable[[str], bool]] = {
    "said:wish": lambda text: wish_said(text) is not None,
    "said:yes": agreed,
    "said:no": declined,
}
