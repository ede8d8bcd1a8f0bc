"""A sender whose LINE answers as it is told, for the tests of sending."""

from bot.letters import Letters
from bot.line.client import Outcome
from bot.quota import QuotaWatch
from bot.sender import Manners, SendLoop
from bot.storage.queue import Outgoing, Rate, State
from bot.texts import Texts

FRESH = 50_000
LEASE = 30_000
MANY = 10_000_000
TEXTS = Texts()
RATE = Rate(calls=10, burst=3)  # one in 100 ms


class ScriptedLines:
    """Stands where LINE's client stands: answers as it is told and remembers what it was asked."""

    def __init__(self):
        self.outcomes = []
        self.calls = []
        self.known_quota = None
        self.asked_for_quota = 0

    def quota(self, agency):
        self.asked_for_quota += 1
        return self.known_quota

    def reply(self, agency, reply_token, messages):
        return self._next("reply", agency.access_token, reply_token, messages, "")

    def push(self, agency, to, messages, retry_key):
        return self._next("push", agency.access_token, to, messages, retry_key)

    def multicast(self, agency, to, messages, retry_key):
        return self._next("multicast", agency.access_token, to, messages, retry_key)

    def _next(self, *call):
        self.calls.append(call)
        return self.outcomes.pop(0) if self.outcomes else Outcome.ACCEPTED

    @property
    def ways(self):
        return [call[0] for call in self.calls]

    @property
    def said(self):
        return [call[3][0]["text"] for call in self.calls]


class Desk:
    """A sender with its outbox."""

    def __init__(self, house, slug="north"):
        self.house = house
        self.lines = ScriptedLines()
        self.agency = house.add_agency(slug)
        self.loop = SendLoop(
            house.ledger, self.lines, Letters(TEXTS, house.core.channels), Manners(LEASE, FRESH, RATE),
            QuotaWatch(house.ledger, self.lines),
        )  # fmt: skip

    def post(self, text="สวัสดี", lane="x", token="token", *, needed=False):
        letter = Outgoing("U1", [{"type": "text", "text": text}], token, self.house.clock(), needed)
        self.house.queue("post", self.agency, lane, [letter], self.house.clock())

    def send(self, *outcomes):
        """Send one message; False where none may be sent now."""
        self.lines.outcomes = list(outcomes)
        letter = self.loop.claim("a")
        if letter is not None:
            self.loop.work(letter, "a")
        return letter is not None

    def state(self):
        return [
            (State(state), outcome)
            for state, outcome in self.house.rows("SELECT state, outcome FROM outbox ORDER BY id")
        ]

    def later(self, ms=MANY):
        self.house.clock.pass_ms(ms)
