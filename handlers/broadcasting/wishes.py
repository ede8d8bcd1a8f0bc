"""What citizens want to hear of us: broadcasts or none, and those for the village they live in.

villager ไม่รับข่าว
bot      จะไม่ส่งข่าวประกาศถึงท่านอีก … คำตอบเรื่องที่ท่านแจ้งยังส่งตามปกติ   [รับข่าว] [ข้อมูลของฉัน]
villager รับข่าว
bot      จะส่งข่าวประกาศถึงท่านตามปกติ …   [ไม่รับข่าว]
villager ฉันอยู่หมู่ 3
bot      จำไว้แล้วว่าท่านอยู่หมู่ 3 …   [ไม่ต้องจำหมู่]

A village is known only by what people tell of themselves: one that stands in a complaint is asked about, never taken.
"""

import re

from handlers.common.village_words import NO_VILLAGE, kept, numbers
from handlers.kit import Answer, Feature, Go, Reply, Turn, ask, say, words
from itadomain.broadcasts import wishes
from itadomain.people import INSIDERS
from itadomain.thai import fold, tidy

feature = Feature("wishes")
#: «เลิกส่งข่าวมา», «อย่าส่งข้อความมาอีก»: all that was said, without its spaces; nothing else is taken for it.
ENOUGH = re.compile(
    r"(?:รำคาญ|เบื่อ)?(?:กรุณา|ช่วย|โปรด|ขอ)?(?:เลิก|หยุด|งด|อย่า|ไม่ต้องการ|ไม่ต้อง|ไม่อยาก|ไม่ขอ|ไม่เอา)"
    r"(?:(?:ส่ง|รับ|ได้รับ|ได้)?(?:ข่าวสาร|ข่าว|ข้อความ|ประกาศ)(?:มา|ให้)*|ส่งมา(?:ให้)?)"
    r"(?:อีก|แล้ว|เลย|ฉัน|ผม|ค่ะ|คะ|ครับ|คับ|นะ)*"
    r"|(?:please)?(?:stop|don'?t)(?:send(?:ing)?(?:me)?)?(?:messages|news)(?:please)?"
)


@feature.on(aside=True)
def mute(turn: Turn) -> Reply:
    """Who works here is still told what their work needs."""
    wishes.mute(turn.store, turn.who)
    key = "wishes.muted_insider" if turn.who.may(INSIDERS) else "wishes.muted"
    return say(key).offering(Go(words("wishes.tap_unmute"), "wishes.unmute"), _tap_mine())


@feature.on(aside=True)
def unmute(turn: Turn) -> Reply:
    wishes.unmute(turn.store, turn.who)
    return say("wishes.unmuted").offering(Go(words("wishes.tap_mute"), "wishes.mute"), _tap_village(turn), _tap_mine())


def typed(turn: Turn) -> Reply | None:
    """What is answered where somebody has had enough; None otherwise, and for who works here: they may mean theirs."""
    said = "".join(fold(tidy(turn.text)).casefold().split())
    return mute(turn) if ENOUGH.fullmatch(said) and not turn.who.may(INSIDERS) else None


@feature.on()
def village(turn: Turn) -> Reply:
    told = [Answer(words("casework.village", village=no), no) for no in numbers(turn)]
    forget = [Answer(words("wishes.tap_no_village"), NO_VILLAGE)] if turn.who.village else []
    return ask("wishes.where", then=hear_village, choices=[*told, *forget])


@feature.step
def hear_village(turn: Turn) -> Reply:
    if turn.chosen == NO_VILLAGE:
        return no_village(turn)
    return kept(turn, turn.chosen or turn.text)


@feature.on()
def keep_village(turn: Turn) -> Reply:
    """The one that their case spoke of, where they say that they live there."""
    return kept(turn, str(turn.values.get("village", "")))


@feature.on()
def no_village(turn: Turn) -> Reply:
    wishes.live_nowhere(turn.store, turn.who)
    return say("wishes.no_village").offering(_tap_mine())


def _tap_village(turn: Turn) -> Go:
    return Go(words("wishes.tap_village"), "wishes.village")


def _tap_mine() -> Go:
    return Go(words("privacy.tap_mine"), "privacy.mine")
