"""What was said of a broadcast so far: for whom, its words bubble by bubble, and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Self

from handlers.common import contents, unsending
from handlers.kit import Task, Turn
from itadomain import attaching
from itadomain.broadcasts import composing
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach
from itadomain.evidence import DRAFT
from itadomain.refusals import Refusal

#: What its question takes beside words.
SENT = ("heard:image", "heard:video", "heard:audio", "heard:file", "heard:location", "event:unsend")


@dataclass(frozen=True)
class Draft:
    """A broadcast as far as it was composed; `parts` are the message each bubble came in, and its words."""

    reach: str = ""
    of: str = ""
    parts: Sequence[Sequence[str]] = ()
    title: str = ""
    picture: str = ""  # the id of a piece of evidence
    button: str = ""
    link: str = ""
    day: str = ""  # on which it is sent, empty for at once
    hour: str = ""
    told: int = -1  # how many people its cost named
    trial: bool = False  # whether it was seen as one that goes to the administrators only
    about: str = ""  # what it was proposed for
    twice: bool = False  # whether it was told that another makes the same

    @property
    def text(self) -> str:
        """All bubbles as one."""
        return "\n".join(part[1] for part in self.parts)

    @property
    def audience(self) -> Audience:
        """For whom it is; Refusal where that was not said."""
        if self.reach not in set(Reach):
            raise Refusal("broadcast.which_audience")
        return Audience(Reach(self.reach), self.of)

    @property
    def content(self) -> Content:
        """What is said."""
        return Content(self.text, self.title, self.picture, self.button, self.link)

    @property
    def send_at(self) -> tuple[date, time] | None:
        """When it is sent, None for at once."""
        return (date.fromisoformat(self.day), time.fromisoformat(self.hour)) if self.hour else None

    @property
    def much(self) -> bool:
        """Whether it is too much to be dropped unasked: anything but for whom it is."""
        return bool(self.parts or self.picture or self.title or self.button)

    def saying(self, turn: Turn) -> Self:
        """The same with one more bubble; Refusal where it is none, or all together are too long."""
        more = replace(self, parts=[*self.parts, [turn.message, composing.text(turn.text)]])
        composing.text(more.text)
        return more

    def at_once(self) -> Self:
        """The same, not for a later time."""
        return replace(self, day="", hour="")


def with_sent(turn: Turn, draft: Draft) -> tuple[Draft, Sequence[Task]]:
    """The draft with a photo that was sent, in the place of the one before; or without what was taken back."""
    if "kind" not in turn.values:
        return _without(turn, draft), contents.removal([unsending.take_back(turn)])
    if turn.values["kind"] != "image":
        raise Refusal("broadcast.only_photos")
    one, tasks = contents.received(turn, DRAFT)
    turn.store.evidence.save(one)
    return replace(draft, picture=one.id), (*tasks, *put_away(turn, draft))


def of_broadcast(one: Broadcast) -> Draft:
    """A draft that says what a broadcast said, to the same people; before a window it is proposed once."""
    said, audience = one.content, one.audience
    about = "" if one.about.startswith("window:") else one.about
    parts = [["", said.text]]
    return Draft(audience.reach, audience.of, parts, said.title, said.picture, said.button, said.link, about=about)


def put_away(turn: Turn, draft: Draft) -> Sequence[Task]:
    """Forget the photo that was sent for a draft that nobody wants any more; its words go with the question."""
    found = turn.store.evidence.get(draft.picture) if draft.picture else None
    if found is None or not found.live or found.in_a_case or found.by != turn.who.id:
        return ()
    return contents.removal([attaching.take_back(turn.store, found, turn.who, turn.today)])


def _without(turn: Turn, draft: Draft) -> Draft:
    """Without the bubble or the photo of a message that its sender took back."""
    message = str(turn.values["message"])
    photo = turn.store.evidence.get(draft.picture) if draft.picture else None
    kept = [part for part in draft.parts if part[0] != message]
    return replace(draft, parts=kept, picture="" if photo and photo.message == message else draft.picture)
