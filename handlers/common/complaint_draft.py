"""What was told of a problem so far: words, what was sent beside them, and what could be understood from both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from handlers.common import contents, unsending
from handlers.kit import Task, Turn
from itadomain import attaching
from itadomain.cases.case import LONGEST_DETAIL, Channel, Kind, Spot, story
from itadomain.cases.clues import kinds_in, landmark_in, village_in
from itadomain.cases.filing import Told
from itadomain.evidence import DRAFT, place
from itadomain.refusals import Refusal

#: What a question of a complaint takes beside words; what is taken back is taken out of it.
SENT = ("heard:image", "heard:video", "heard:audio", "heard:file", "heard:location", "event:unsend")
MOST_SENT = 20
#: So many letters are more than a sentence.
A_SENTENCE = 60
#: What was asked, so that it is not asked again where it was left open.
VILLAGE, LANDMARK, CONTACT, PERSON = "village", "landmark", "contact", "person"


@dataclass(frozen=True)
class Draft:
    """A problem as far as it was told.

    `parts` are bubbles: the message each came in, its words, and the category and landmark that it speaks of.
    """

    parts: Sequence[Sequence[str]] = ()
    sent: Sequence[str] = ()  # the ids of evidence
    kind: str = ""  # where it was said
    likely: str = ""  # where only the way in tells it
    channel: str = Channel.CHAT.value
    category: str = ""
    village: str = ""
    landmark: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""
    on_behalf_of: str = ""
    asked: Sequence[str] = ()
    done: bool = False  # whether all is told, so that what is missing is asked
    elsewhere: bool = False  # whether the place that the words name is not the one
    noticed: bool = False  # whether it was said what is kept and why
    warned: bool = False  # that words of corruption do not belong here
    page: int = -1  # of the whole list of categories; before it, only some are offered

    @property
    def told(self) -> bool:
        """Whether there is anything to send."""
        return bool(self.parts or self.sent)

    @property
    def much(self) -> bool:
        """Whether it is too much to be dropped unasked: more than a sentence, or anything that was sent."""
        return bool(self.sent) or len(self.parts) > 1 or len(self.story) > A_SENTENCE

    @property
    def story(self) -> str:
        """All bubbles as one."""
        return story([part[1] for part in self.parts])

    @property
    def heard(self) -> Sequence[str]:
        """The categories that the words spoke of."""
        return [part[2] for part in self.parts if part[2]]

    @property
    def of_kind(self) -> Kind | None:
        """What it is, None where that is not clear."""
        if self.kind:
            return Kind(self.kind)
        likely = {Kind.PROBLEM} if self.heard else {Kind(self.likely)} if self.likely else set()
        found = kinds_in(self.story) | likely
        return next(iter(found)) if len(found) == 1 else None

    @property
    def by_chat(self) -> bool:
        """Whether who tells it is who brings it, not an officer who writes it down."""
        return self.channel == Channel.CHAT

    @property
    def spot(self) -> Spot:
        """Where it is."""
        parts = () if self.elsewhere else self.parts
        village = self.village or next((found for part in parts if (found := village_in(part[1]))), "")
        landmark = self.landmark or next((part[3] for part in parts if part[3]), "")
        return Spot(village, landmark, self.latitude, self.longitude)

    @property
    def located(self) -> bool:
        """Whether a point on the map is known."""
        return self.latitude is not None

    @property
    def point(self) -> str:
        """The point in words, empty where none is known."""
        if self.latitude is None or self.longitude is None:
            return ""
        return place(self.landmark, "", self.latitude, self.longitude)

    def having_asked(self, what: str) -> Self:
        """The same, which does not ask for it again."""
        return replace(self, asked=[*self.asked, what])

    def asking_again(self, *what: str) -> Self:
        """The same, which asks for it again."""
        return replace(self, asked=[one for one in self.asked if one not in what])

    def to_file(self, kind: Kind) -> Told:
        """All of it, to be filed."""
        return Told(
            kind,
            tuple(part[1] for part in self.parts),
            tuple(self.sent),
            self.spot,
            self.category,
            self.contact,
            self.on_behalf_of,
            Channel(self.channel),
            tuple(part[0] for part in self.parts),
        )


def open_draft(turn: Turn) -> Draft | None:
    """What is being told just now, None where nothing is."""
    return Draft(**turn.draft) if turn.asked.startswith("complaint.") else None


def beside_words(turn: Turn) -> bool:
    """Whether something was sent, or taken back, and nothing said."""
    return not (turn.text or turn.chosen) and bool({"kind", "message"} & turn.values.keys())


def with_words(turn: Turn, draft: Draft) -> Draft:
    """The draft with one more bubble, and what it tells by itself."""
    said = turn.text.strip()
    if not said:
        raise Refusal("case.say_something")
    category, location = str(turn.values.get("category", "")), str(turn.values.get("location", ""))
    more = replace(draft, parts=[*draft.parts, [turn.message, said, category, landmark_in(location)]])
    story([part[1] for part in more.parts])  # no longer than it may be, and without a code that opens something
    return more


def detail(turn: Turn) -> str:
    """A short answer, as it was typed."""
    said = " ".join(turn.text.split())
    if not said:
        raise Refusal("complaint.answer_or_skip")
    if len(said) > LONGEST_DETAIL:
        raise Refusal("case.too_long", most=LONGEST_DETAIL)
    return said


def with_sent(turn: Turn, draft: Draft) -> tuple[Draft, Sequence[Task]]:
    """The draft with what was sent, or without what was taken back; and what is still to be done about it."""
    if "kind" not in turn.values:
        return _without(turn, draft)
    if turn.values["kind"] == contents.PLACE:
        return _at(turn, draft), ()
    if len(draft.sent) >= MOST_SENT:
        raise Refusal("complaint.too_many", most=MOST_SENT)
    one, tasks = contents.received(turn, DRAFT)
    turn.store.evidence.save(one)
    return replace(draft, sent=[*draft.sent, one.id]), tasks


def is_last(turn: Turn, draft: Draft) -> bool:
    """Whether all that was sent together is here; an older phone does not say how many, so there the first counts.

    What was sent just now is kept when its turn is over, so it is counted from the draft.
    """
    together, of_set = str(turn.values.get("set", "")), turn.number("of_set") or 0
    if not together:
        return True
    here = {*draft.sent[-1:], *(one.id for one in turn.store.evidence.sent_together(together, turn.who.id))}
    return len(here) >= of_set if of_set else len(here) == 1


def put_away(turn: Turn, draft: Draft) -> Sequence[Task]:
    """Forget what was sent for a draft that nobody wants any more; its words go with the question."""
    found = [turn.store.evidence.get(one) for one in draft.sent]
    copies = [attaching.take_back(turn.store, one, turn.who, turn.today) for one in found if one and one.live]
    return contents.removal(copies)


def _without(turn: Turn, draft: Draft) -> tuple[Draft, Sequence[Task]]:
    """A bubble of words leaves nothing behind; something else that was sent goes as it came."""
    message = str(turn.values["message"])
    sent = turn.store.evidence.of_message(message)
    left = [one for one in draft.sent if sent is None or one != sent.id]
    parts = [part for part in draft.parts if part[0] != message]
    return replace(draft, parts=parts, sent=left), contents.removal([unsending.take_back(turn)])


def _at(turn: Turn, draft: Draft) -> Draft:
    named = [str(turn.values[name]) for name in ("title", "address") if turn.values[name]]
    return replace(
        draft,
        latitude=float(turn.values["latitude"]),
        longitude=float(turn.values["longitude"]),
        landmark=draft.landmark or " ".join(named)[:LONGEST_DETAIL],
    )
