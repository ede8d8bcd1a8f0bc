"""What words may mean that mean nothing else: a case, a receipt code, a topic of the agency's; else what can be asked.

villager 69-000123-C
bot      [card: where this case stands]
somebody K7QX-93FD-AB12-CD34
bot      [card: where what was disclosed stands]
villager ฉันอยู่หมู่ 3
bot      จำไว้แล้วว่าท่านอยู่หมู่ 3 …
villager เลิกส่งข่าวมา
bot      จะไม่ส่งข่าวประกาศถึงท่านอีก …
staff    เตือนอีก 3 วัน
bot      จะเตือนอีกครั้งวันที่ 27 มี.ค. 2570 ค่ะ
officer  ITAS 120/300
bot      บันทึกแล้วค่ะ   [card: EIT ปี 2570 · 120 จาก 300 …]
villager ป้ายร้าน
bot      [card: ภาษีป้าย …]
villager asdf
bot      ยังไม่เข้าใจข้อความนี้   [ถามเจ้าหน้าที่] [เมนู …]
"""

from dataclasses import replace

from handlers.broadcasting import wishes
from handlers.cases import following, knowledge, request
from handlers.common import help, village_words
from handlers.disclosures import disclosure_following
from handlers.kit import Feature, Go, Reply, Turn, words
from handlers.schedule import reminders
from handlers.surveying import sample_meter
from itadomain.people import INSIDERS

feature = Feature("otherwise")


@feature.on("intent:out_of_scope", aside=True)
def words_alone(turn: Turn) -> Reply:
    named = disclosure_following.typed(turn) or following.loose_words(turn)
    named = named or village_words.typed(turn) or wishes.typed(turn) or reminders.typed(turn)
    named = named or sample_meter.typed(turn) or knowledge.called(turn) or request.called(turn)
    return named or following.more_to_ask(turn) or _not_understood(turn)


def _not_understood(turn: Turn) -> Reply:
    """A citizen may mean what only a person can answer."""
    reply = help.not_understood(turn)
    if turn.who.may(INSIDERS):
        return reply
    return replace(reply, taps=(Go(words("knowledge.tap_officer"), "inquiry.start"), *reply.taps))
