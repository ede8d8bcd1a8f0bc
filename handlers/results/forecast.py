"""See what an assessment would come to if it were today, and the smallest set of work that reaches the next grade.

mayor    ถ้าประเมินวันนี้
bot      [card of another colour: ถ้าประเมินวันนี้ ปี 2570 · 91.20 · ช่วง 89.80 ถึง 92.40 · ระดับ … · what each part stands on]
         [card: งานที่จะถึงระดับ … · ตัวชี้วัดที่ 7 +1.50 · which measures, whose]   [งานที่ยังไม่มีมาตรการ] [คะแนนล่าสุด]
staff    ถ้าประเมินวันนี้
bot      ส่วนนี้สำหรับผู้บริหาร …

It tells what work would help and never how anybody should answer.
"""

from handlers.kit import Feature, Go, Reply, Turn, show, words
from handlers.results import forecast_cards as cards
from itadomain.forecasting import forecast
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("forecast", roles=INSIDERS)


@feature.on()
def now(turn: Turn) -> Reply:
    if not sees_all(turn.who, turn.store.units.all(), turn.today):
        raise Refusal("forecast.for_executives")
    found = forecast(turn.store, turn.today)
    ways = (Go(words("survey_gaps.tap_gaps"), "survey_gaps.overview"), Go(words("score.tap_now"), "score.now"))
    return show(cards.forecast(turn, found)).adding(cards.improvements(turn, found)).offering(*ways)
