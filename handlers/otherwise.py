"""What words may mean that mean nothing else: a case, a topic of the agency's answers; else what can be asked.

villager 69-000123-C
bot      [card: where this case stands]
villager ป้ายร้าน
bot      [card: ภาษีป้าย …]
villager asdf
bot      ยังไม่เข้าใจข้อความนี้   [เมนู …]
"""

from handlers import following, help, knowledge
from handlers.kit import Feature, Reply, Turn

feature = Feature("otherwise")


@feature.on("intent:out_of_scope", aside=True)
def words_alone(turn: Turn) -> Reply:
    return following.loose_words(turn) or knowledge.called(turn) or help.not_understood(turn)
