"""What words may mean that mean nothing else: a case, a topic of the agency's answers; else what can be asked.

villager 69-000123-C
bot      [card: where this case stands]
villager ป้ายร้าน
bot      [card: ภาษีป้าย …]
villager asdf
bot      ยังไม่เข้าใจข้อความนี้   [ถามเจ้าหน้าที่] [เมนู …]
"""

from dataclasses import replace

from handlers import following, help, knowledge, request
from handlers.kit import Feature, Go, Reply, Turn, words
from itadomain.people import INSIDERS

feature = Feature("otherwise")


@feature.on("intent:out_of_scope", aside=True)
def words_alone(turn: Turn) -> Reply:
    named = following.loose_words(turn) or knowledge.called(turn) or request.called(turn)
    return named or following.more_to_ask(turn) or _not_understood(turn)


def _not_understood(turn: Turn) -> Reply:
    """A citizen may mean what only a person can answer."""
    reply = help.not_understood(turn)
    if turn.who.may(INSIDERS):
        return reply
    return replace(reply, taps=(Go(words("knowledge.tap_officer"), "inquiry.start"), *reply.taps))
