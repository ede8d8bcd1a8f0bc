"""What was told of corruption so far: about whom, part by part, and in which message each came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from handlers.common import contents
from handlers.common.complaint_draft import A_SENTENCE
from handlers.kit import Turn
from itadomain.evidence import place
from itadomain.integrity.clues import means_somebody, tells
from itadomain.integrity.coach import answered
from itadomain.integrity.disclosure import LONGEST_ANSWER, LONGEST_NAME, NOBODY, Accused, Draft, Identity, Part, Way
from itadomain.refusals import Refusal

#: Questions beside those for the parts.
DOOR, WATCHED, BACK, ABOUT, READERS = "door", "watched", "back", "about", "readers"
NAME, CONTACT, REVIEW, MEND = "name", "contact", "review", "mend"

#: What may be more of the story, where a question waits for a tap.
TELLING = {"out_of_scope", "report_corruption"}
#: What a story is taken for that speaks of permits or of roads, too.
TAKEN_FOR = {"ask_service_info", "file_complaint"}


@dataclass(frozen=True)
class Telling:
    """A disclosure as far as it was told, and the question that is open.

    `first` are the bubbles that came before a way was chosen; `messages` say which message told what.
    """

    asking: str = DOOR
    first: Sequence[Sequence[str]] = ()
    way: str = ""
    units: Sequence[str] = ()
    executives: bool = False
    about: str = ""  # as it was typed
    told: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    contact: str = ""
    asked: Sequence[str] = ()
    messages: Mapping[str, str] = field(default_factory=dict)
    page: int = 0  # of the list of units
    code: str = ""  # from the review on: what is sent twice is one

    @property
    def story(self) -> str:
        """What was typed at the door, as one."""
        return "\n".join(words for _, words in self.first)

    @property
    def parts(self) -> Mapping[Part, str]:
        """What was told, by its parts."""
        return {part: self.told[part] for part in Part if self.told.get(part)}

    @property
    def accused(self) -> Accused:
        """About whom it is."""
        return Accused(frozenset(self.units), self.executives, self.about)

    @property
    def aimed(self) -> bool:
        """Whether it was said about whom it is."""
        return bool(self.units or self.executives or self.about)

    @property
    def next(self) -> str:
        """The first question that was not asked; the review where there is none."""
        named = (NAME, CONTACT) if self.way == Way.NAMED else ()
        return next((one for one in (ABOUT, *Part, *named) if one not in self.asked), REVIEW)

    @property
    def much(self) -> bool:
        """Whether it is too much to be dropped unasked."""
        return len(self.told) > 1 or len(self.story) + sum(map(len, self.told.values())) > A_SENTENCE

    def to_seal(self, who: str) -> Draft:
        """All of it. A name and a link to `who` are only there where they were wanted."""
        way = Way(self.way)
        if way is Way.NAMED and not (self.name or self.contact):
            way = Way.NOTICE
        linked = way in {Way.NOTICE, Way.NAMED}
        return Draft(way, self.parts, self.accused, Identity(self.name, self.contact, who) if linked else NOBODY)

    def having_asked(self, what: str) -> Self:
        """The same, which goes on to what was not asked yet."""
        made = replace(self, asked=[*self.asked, what])
        return replace(made, asking=made.next)

    def asking_again(self, what: str) -> Self:
        """The same, which asks for something again."""
        return replace(self, asked=[one for one in self.asked if one != what], asking=what)

    def of_message(self, message: str, key: str) -> Self:
        """The same, which knows in which message something was told."""
        others = {one: told for one, told in self.messages.items() if told != key or key == ABOUT}
        return replace(self, messages={**others, message: key} if message else others)


def is_story(turn: Turn) -> bool:
    """Whether words at the door belong to what is about to be told."""
    of_somebody = turn.meant in TAKEN_FOR and means_somebody(turn.text)
    return (turn.meant in TELLING or of_somebody) and tells(turn.text)


def with_first(turn: Turn, draft: Telling) -> Telling:
    """The draft with one more bubble from before a way was chosen."""
    more = replace(draft, first=[*draft.first, [turn.message, turn.text.strip()]])
    answered(more.story)
    return more


def with_part(turn: Turn, draft: Telling, part: str, said: str) -> Telling:
    """The draft with what was told of a part."""
    told = {**draft.told, part: answered(said)}
    return replace(draft, told=told).of_message(turn.message, part).having_asked(part)


def with_place(turn: Turn, draft: Telling) -> Telling:
    """The draft with a place that was sent, in words; nothing else is taken here, since LINE keeps it."""
    if turn.values["kind"] != contents.PLACE:
        raise no_files(turn)
    made = with_part(turn, draft, Part.WHERE, place_said(turn))
    return made if draft.asking == Part.WHERE else replace(made, asking=draft.asking)


def no_files(turn: Turn) -> Refusal:
    """Photos and files are taken outside LINE, where there is such a way."""
    form = turn.store.office.form
    return Refusal("disclosure.files_on_the_web", form=form) if form else Refusal("disclosure.no_files_here")


def place_said(turn: Turn) -> str:
    """A place that was sent, in words."""
    named = [str(turn.values[name]) for name in ("title", "address") if turn.values[name]]
    point = {name: float(turn.values[name]) for name in ("latitude", "longitude")}
    return (" ".join(named) or place("", "", **point))[:LONGEST_ANSWER]


def short(turn: Turn) -> str:
    """A name, or a way to reach somebody; Refusal where it is none."""
    said = " ".join(turn.text.split())
    if not said:
        raise Refusal("integrity.say_something")
    if len(said) > LONGEST_NAME:
        raise Refusal("integrity.too_long", most=LONGEST_NAME)
    return said


def without(draft: Telling, message: str) -> Telling:
    """The draft without what a message told. Where it told whom it is about, that is asked again."""
    key, left = draft.messages.get(message), _without_first(draft, message)
    if key is None:
        return left
    left = replace(left, messages={one: told for one, told in draft.messages.items() if one != message})
    if key == ABOUT:
        told = {part: words for part, words in left.told.items() if part != Part.WHO}
        return replace(left, about="", units=(), executives=False, told=told, code="").asking_again(ABOUT)
    if key in {NAME, CONTACT}:
        return replace(left, **{key: ""})  # type: ignore[arg-type]
    return replace(left, told={part: words for part, words in left.told.items() if part != key})


def _without_first(draft: Telling, message: str) -> Telling:
    """What was typed at the door may be what happened already."""
    left = replace(draft, first=[one for one in draft.first if one[0] != message])
    if left.first == draft.first or draft.told.get(Part.WHAT) != draft.story:
        return left
    others = {part: words for part, words in draft.told.items() if part != Part.WHAT}
    return replace(left, told={**others, Part.WHAT: left.story} if left.first else others)
