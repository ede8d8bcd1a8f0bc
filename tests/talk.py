"""Talk with the real features, turn by turn: a reply comes back as a value.

Taps go through the postback that LINE would carry, and every reply is held to what holds for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from bot.line import limits
from bot.line.events import Heard, Kind, hear, tap_data
from bot.line.render import Message, Voice, action, render
from bot.texts import Texts
from bot.turns import Moment, Taken, Turns
from handlers import FEATURES
from handlers.kit import Card, Features, Go, Link, Reply, Tap, words
from itadomain.organisation import Unit
from itadomain.people import Person
from tests.fakes import TODAY, MemoryStore

#: All features, with nothing that rides on their answers.
STILL = Features(*FEATURES.features)
STILL.riders = []
NOW = 1_795_150_000_000
CANCEL = Go(words("help.tap_cancel"), "help.cancel")


@dataclass(frozen=True)
class Reading:
    """What a sentence means, said beforehand."""

    intent: str
    values: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0


#: The sentences of the features' scripts.
SENTENCES = {
    "ปีนี้เราได้เกรดอะไร": Reading("ask_score", {"year": 2570}),
    "ปีที่แล้วได้เกรดอะไร": Reading("ask_score", {"year": 2569}),
    "คะแนนล่าสุดเท่าไร": Reading("ask_score"),
    "คะแนนทางการคือเท่าไร": Reading("ask_score", {"official": True}),
    "การสื่อสารได้เท่าไร": Reading("ask_indicator_score", {"indicator": 7}),
    "eit ได้เท่าไหร่": Reading("ask_indicator_score", {"instrument": "EIT"}),
    "ข้อไหนต่ำสุด": Reading("ask_indicator_score", {"lowest": True}),
    "ขอดูรายตัวชี้วัด": Reading("ask_indicator_score"),
    "เทียบกับปีก่อน": Reading("ask_trend"),
    "มาตรการของฉัน": Reading("my_measures"),
    "ขอดูข้อ 2": Reading("measure_detail", {"measure": 2}),
    "ยกเลิก": Reading("cancel"),
    "สวัสดีค่ะ": Reading("greeting"),
    "ขอบคุณ": Reading("thanks"),
    "เปลี่ยนภาษา": Reading("change_language"),
    "English please": Reading("change_language", {"language": "en"}),
    "Auf Deutsch bitte": Reading("change_language", {"language": "other"}),
    "ขอเบอร์โทร": Reading("contact_info"),
    "จะร้องเรียนเรื่องถนน": Reading("file_complaint"),
    "จะแจ้งทุจริต": Reading("report_corruption"),
    "ลงทะเบียน": Reading("register_staff"),
}


@dataclass
class Understanding:
    """Knows what it was told, and nothing else."""

    told: dict[str, Reading] = field(default_factory=lambda: dict(SENTENCES))

    def read(self, text: str, today: date) -> Reading:
        return self.told.get(text, Reading("out_of_scope", confidence=0.0))


@cache
def texts() -> Texts:
    return Texts()


class Talk:
    """One person (or a group) talking with one agency."""

    def __init__(
        self,
        store: MemoryStore,
        who: Person | None = None,
        *,
        group: str = "",
        today: date = TODAY,
        user: str = "U1",
        rides: bool = False,
    ) -> None:
        """Somebody begins to talk; what rides on answers is left out unless a test asks for it."""
        self.store = store
        self.user = user
        self.group = group
        self.today = today
        self.language = who.language if who else "th"
        self.now = NOW
        self.asked_by = ""
        self.messages: Sequence[Message] = ()
        self._understanding = Understanding()
        self._turns = Turns(FEATURES if rides else STILL, self._understanding, texts())
        if who:
            store.people.meet(user, who)
            for unit in dict.fromkeys(post.unit for post in who.posts if post.unit):
                store.units.kept.setdefault(unit, Unit(unit, unit))

    def says(self, text: str, *, mention: bool = False) -> Reply:
        """Type `text`; in a group perhaps with the bot's name before it."""
        message: dict[str, Any] = {"type": "text", "text": text}
        if mention:
            message["text"] = f"@bot {text}"
            message["mention"] = {"mentionees": [{"index": 0, "length": len("@bot "), "isSelf": True}]}
        return self.sends({"type": "message", "message": message})

    def means(self, intent: str, **values: Any) -> Reply:
        """Say something that is understood as `intent` with `values`."""
        sentence = f"({intent} {values})"
        self._understanding.told[sentence] = Reading(intent, values)
        return self.says(sentence, mention=bool(self.group))

    def taps(self, tap: Tap | str, **values: Any) -> Reply:
        """Tap something that was offered, or forge a tap that starts a step."""
        assert not isinstance(tap, Link), "a link leaves the chat"
        if isinstance(tap, str):
            data = urlencode(tap_data(Kind.GO, tap, values=values))
        else:
            data = action(tap, self.voice, self.asked_by)["data"]
        return self.sends({"type": "postback", "postback": {"data": data}})

    def picks(self, day: str) -> Reply:
        """Pick a day, in ISO, from the calendar that a tap opens."""
        data = urlencode(tap_data(Kind.ANSWER, self.asked_by))
        return self.sends({"type": "postback", "postback": {"data": data, "params": {"date": day}}})

    def answers(self, value: str) -> Reply:
        """Tap the answer `value` of the open question."""
        return self.forges(at=self.asked_by, a=value)

    def forges(self, **data: str) -> Reply:
        """Send a postback with any data."""
        return self.sends({"type": "postback", "postback": {"data": urlencode(data)}})

    def does(self, event: str, **more: Any) -> Reply:
        """Follow, unfollow, join."""
        return self.sends({"type": event, **more})

    def sends(self, event: Mapping[str, Any]) -> Reply:
        """Let an event of LINE happen."""
        group = {"type": "group", "groupId": "C1"} if self.group else {"type": "user"}
        heard = hear({"source": {**group, "userId": self.user}, "replyToken": "r", **event})
        assert isinstance(heard, Heard)
        taken = self._turns.take(self.store, heard, Moment(self.today, self.now))  # type: ignore[arg-type]
        return self._checked(taken) if taken else Reply()

    @property
    def voice(self) -> Voice:
        """How the bot sounds to this person."""
        return Voice(texts(), self.language, self.store.office.particle)

    @property
    def words(self) -> str:
        """Everything that could be read of the last reply, a line each."""
        return "\n".join(_readable(self.messages))

    def offered(self, reply: Reply) -> Sequence[str]:
        """The labels of the taps under a reply."""
        return [self.voice(tap.label) for tap in reply.taps]

    def _checked(self, taken: Taken) -> Reply:
        """The reply, once it keeps what every reply keeps."""
        reply = taken.reply
        assert len(reply.bubbles) <= limits.BUBBLES_A_REPLY
        assert len(reply.taps) <= limits.QUICK_REPLIES
        assert reply.then is None or CANCEL in reply.taps, "a question without a way out"
        if self.group:
            assert reply.then is None
            assert not reply.taps
        self.language, self.asked_by = taken.language, taken.asked_by
        for language in texts().words:
            _check_rendering(reply, Voice(texts(), language, self.store.office.particle), taken.asked_by)
        self.messages = render(reply, self.voice, taken.asked_by)
        return reply


def _check_rendering(reply: Reply, voice: Voice, asked_by: str) -> None:
    """Everything can be said in this language, and LINE takes it, with no label cut."""
    messages = render(reply, voice, asked_by)
    assert not messages or not limits.faults(messages)
    for tap in reply.taps:
        assert limits.graphemes(voice(tap.label)) <= limits.QUICK_LABEL
    for card in (one for one in reply.bubbles if isinstance(one, Card)):
        assert all(limits.graphemes(voice(tap.label)) <= limits.BUTTON_LABEL for tap in card.taps)


def _readable(part: Any) -> Sequence[str]:
    if isinstance(part, Mapping):
        own = [part[name] for name in ("text", "altText", "label") if isinstance(part.get(name), str)]
        return [*own, *(line for name, value in part.items() if name != "quickReply" for line in _readable(value))]
    if isinstance(part, Sequence) and not isinstance(part, str):
        return [line for value in part for line in _readable(value)]
    return []
