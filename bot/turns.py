"""Takes one turn: finds the step, checks the role, runs it, and keeps where the conversation stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import Any, Protocol

from bot.line.events import Heard, Kind
from bot.line.limits import QUICK_REPLIES
from bot.papers.handing.dressing import digest_now
from bot.riding import ridden
from bot.speaker import OF_THE_KNOWN, speaker
from bot.storage.places import Place
from bot.storage.store import AgencyStore
from bot.texts import Texts, fold
from handlers.kit import LEAVING, Answer, Card, Day, Entry, Features, Go, Map, Reply, Tap, Turn, pack, say, words
from itadomain.evidence import link
from itadomain.people import Person
from itadomain.refusals import Refusal
from itadomain.surveys.said_steps import heard_as

#: From here on a reading is sure enough to leave a question that could not take it as an answer.
SURE = 0.6
#: So sure it must be that somebody wants to leave a question that gathers what they tell: a problem has such words too.
SURE_TO_LEAVE = 0.9
#: What happened to a message that no turn is taken of.
MISHAP, TOO_MUCH = "event:mishap", "event:too_much"
#: Where a draft names this, what is sent meanwhile (a photo, a link) belongs to it.
ABOUT = "duty"
ALWAYS_HEARD = {"cancel", "help"}  # these end an open question whatever it asks
#: Taps that open something to pick from, by the name under which a place remembers them.
PICKERS: Mapping[str, type[Day] | type[Map]] = {"day": Day, "map": Map}


class Reading(Protocol):
    """What words were understood as."""

    @property
    def intent(self) -> str:
        """What is wanted."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The year, indicator and so on."""

    @property
    def confidence(self) -> float:
        """From 0 to 1."""


class Understands(Protocol):
    """From words to an intent and its values."""

    def read(self, text: str, today: date) -> Reading:
        """What `text` says on the day `today`."""


@dataclass(frozen=True)
class Moment:
    """When a turn takes place: the day in the agency's zone, and milliseconds."""

    today: date
    now: int
    zone: tzinfo = UTC

    @property
    def at(self) -> datetime:
        """The same, to the minute on the agency's wall."""
        return datetime.fromtimestamp(self.now / 1000, self.zone)


@dataclass(frozen=True)
class Taken:
    """What a turn came to: the reply, who hears it in which language, and the step that hears an answer."""

    reply: Reply
    language: str
    asked_by: str = ""
    who: str = ""  # the id of a person, empty in front of others


@dataclass(frozen=True)
class _Found:
    """A step to run, with what it is given."""

    entry: Entry
    values: Mapping[str, Any]
    chosen: str = ""
    meant: str = ""  # the intent that was read in the words
    answers: bool = False  # it continues the open question
    else_wished: "_Found | None" = None  # what the same words wish for, should they be no answer


class Turns:
    """Everything a turn needs beside the agency's store."""

    def __init__(self, features: Features, understanding: Understands, texts: Texts) -> None:
        self._features = features
        self._understanding = understanding
        self._tell, self._digest = texts.tell, partial(digest_now, texts.tell)
        self._commands = texts.commands()

    def take(self, store: AgencyStore, heard: Heard, moment: Moment) -> Taken | None:
        """Run the step that `heard` calls for; None where nothing listens for it."""
        if heard.group_id:
            return self._in_group(store, heard, moment)
        return self._in_private(store, heard, moment) if heard.user_id else None

    def tell(self, trigger: str, store: AgencyStore, heard: Heard, moment: Moment) -> Taken:
        """What is said about `trigger` where no turn is taken: one was given up, or there are too many."""
        who = (not heard.group_id and store.people.by_line_id(heard.user_id, moment.today)) or Person(id="")
        told = self._features.triggers[trigger].run(Turn(who, moment.today, store))
        return Taken(_in_public(told) if heard.group_id else told, who.language)

    def _in_private(self, store: AgencyStore, heard: Heard, moment: Moment) -> Taken | None:
        who = speaker(store, heard, moment.today)
        taken = self._take_alone(store, heard, moment, who)
        return replace(taken, who=who.id) if taken else None

    def _take_alone(self, store: AgencyStore, heard: Heard, moment: Moment, who: Person) -> Taken | None:
        """Alone with the bot: everything that this person may do, one question at a time."""
        place = self._still_open(store.places.of(who.id, moment.now))
        found = self._find(heard, place, moment.today, who)
        if found is None:
            return None
        asked, draft = (place.step, place.draft) if place else ("", {})
        said = (heard.text, found.chosen, found.values, asked, draft, moment.at, heard.message, found.meant)
        tells = (partial(self._tell, particle=store.office.particle), partial(self._digest, store, moment.today))
        turn = Turn(who, moment.today, store, *said, *tells)
        before, rides = store.mark(), bool(heard.reply_token)
        try:
            reply = self._run(found, turn, place)
        except Refusal as refusal:
            store.back_to(before)
            if found.else_wished is None:
                return self._stay(self._refused(refusal, turn, found), who.language, place, found)
            found, rides = found.else_wished, False  # it may be a no too
            reply = self._start(found, replace(turn, chosen="", values=found.values), store)
        language = reply.language or who.language
        if reply.then is not None:
            return self._ask(store, who, reply, language, moment.now)
        if place and found.entry.aside:
            return Taken(_still_offering(reply, place), language, place.step)
        if place and self._outlives(place, found):
            return Taken(_still_offering(reply, place, reply.taps), language, place.step)
        if place:
            store.places.clear(who.id)
        return Taken(ridden(self._features, reply, turn, found.entry) if rides else reply, language)

    def _gathers(self, place: Place) -> bool:
        """Whether its question takes more than words: then much may have been told already, and nothing is lost."""
        return bool(self._features.steps[place.step].hears)

    def _outlives(self, place: Place, found: _Found) -> bool:
        """Whether the open question stays open beside something else that was started."""
        ends = found.answers or found.entry is self._features.triggers[LEAVING]
        return self._gathers(place) and not ends

    @staticmethod
    def _stay(said: Reply, language: str, place: Place | None, found: _Found) -> Taken:
        """The domain's no; an open question that it answers stays open, with its answers under it."""
        if place is None or not found.answers:
            return Taken(said, language)
        return Taken(_still_offering(said, place), language, place.step)

    def _in_group(self, store: AgencyStore, heard: Heard, moment: Moment) -> Taken | None:
        """In front of others: only when spoken to, public facts only, and no questions."""
        who = Person(id="")
        found = self._find(heard, None, moment.today, who) if heard.mentioned else None
        if found is None:
            return None
        entry = found.entry if found.entry.in_groups else self._features.triggers["event:too_public"]
        turn = Turn(who, moment.today, store, heard.text, found.chosen, found.values)
        reply = self._start(replace(found, entry=entry), turn, store)
        if reply.then is not None:
            reply = self._features.triggers["event:too_public"].run(turn)
        return Taken(_in_public(reply), who.language)

    def _find(self, heard: Heard, place: Place | None, today: date, who: Person) -> _Found | None:
        match heard.kind:
            case Kind.TEXT if trigger := self._sent_as(heard.text, place):
                return self._find_for_contents(replace(heard, trigger=trigger), place, who)
            case Kind.TEXT:
                return self._find_for_text(heard.text, place, today)
            case Kind.ANSWER if place and place.step == heard.step:
                return _Found(self._features.steps[place.step], heard.values, heard.chosen, answers=True)
            case Kind.GO if heard.step in self._features.steps and self._features.steps[heard.step].starts:
                return self._asked_first(place, _Found(self._features.steps[heard.step], heard.values))
            case Kind.ANSWER | Kind.GO:
                return _Found(self._features.triggers["event:stale_tap"], {})
        return self._find_for_contents(heard, place, who)

    def _sent_as(self, text: str, place: Place | None) -> str:
        """As what a text is heard that is more than words: an address, or what its question hears whatever it means."""
        if link(text) and (place is None or place.draft.get(ABOUT)):
            return "heard:link"
        return heard_as(text, self._features.steps[place.step].hears) if place else ""

    def _find_for_contents(self, heard: Heard, place: Place | None, who: Person) -> _Found | None:
        """A photo, a place, a sticker: the open question's where it takes such an answer, else a trigger."""
        asking = self._features.steps[place.step] if place else None
        if asking and heard.trigger in asking.hears:
            return _Found(asking, heard.values, answers=True)
        unheard = not who.id and heard.trigger in OF_THE_KNOWN
        entry = None if unheard else self._features.waiting_for(heard.trigger, who)
        return _Found(entry, heard.values) if entry else None

    def _find_for_text(self, text: str, place: Place | None, today: date) -> _Found:
        said = fold(text)
        answers = {fold(label): value for label, value in place.answers.items()} if place else {}
        chosen, command = answers.get(said, ""), self._commands.get(said)
        if command and said not in answers:  # what answers the open question goes before what the same word starts
            return _Found(self._features.steps[command], {})
        reading = self._understanding.read(text, today)
        triggers = self._features.triggers
        wished = _Found(triggers.get(f"intent:{reading.intent}") or triggers["intent:out_of_scope"], reading.values)
        if place is None or self._leaves(place, reading):
            return self._asked_first(place, wished)
        clear = reading.intent != "out_of_scope" and reading.confidence >= SURE
        step, meant = self._features.steps[place.step], reading.intent
        return _Found(step, reading.values, chosen, meant, answers=True, else_wished=wished if clear else None)

    def _leaves(self, place: Place, reading: Reading) -> bool:
        """Whether words end the open question whatever it asks."""
        enough = SURE_TO_LEAVE if self._gathers(place) else 0
        return reading.intent in ALWAYS_HEARD and reading.confidence >= enough

    def _asked_first(self, place: Place | None, wished: _Found) -> _Found:
        """What was wished for; an open question that wants to be asked before it is left hears of that instead."""
        asking = self._features.steps[place.step] if place else None
        if asking and LEAVING in asking.hears and wished.entry is self._features.triggers[LEAVING]:
            return _Found(asking, {}, LEAVING, answers=True)
        return wished

    def _still_open(self, place: Place | None) -> Place | None:
        """The open question, unless it is one of an older release that nobody hears the answer to."""
        entry = self._features.steps.get(place.step) if place else None
        expected = {one.name for one in fields(entry.draft)} if entry and entry.draft else set()
        return place if place and entry and place.draft.keys() == expected else None

    def _start(self, found: _Found, turn: Turn, store: AgencyStore) -> Reply:
        """Run a step that nobody asked a question before; its no is an answer too."""
        before = store.mark()
        try:
            return self._run(found, turn, None)
        except Refusal as refusal:
            store.back_to(before)
            return self._refused(refusal, turn, found)

    def _refused(self, refusal: Refusal, turn: Turn, found: _Found) -> Reply:
        """The domain's no, and a way on: out of the question, or to the menu."""
        said = say(refusal.key, **refusal.facts)
        if found.answers:
            return said.offering(Go(words("help.tap_cancel"), "help.cancel"))
        return said.offering(*self._features.triggers["intent:help"].run(turn).taps)

    def _run(self, found: _Found, turn: Turn, place: Place | None) -> Reply:
        entry = found.entry
        if not turn.who.may(entry.roles):
            return self._features.triggers["event:not_allowed"].run(turn)
        if entry.draft is None:
            return entry.run(turn)
        return entry.run(turn, entry.draft(**(place.draft if place else {})))

    def _ask(self, store: AgencyStore, who: Person, reply: Reply, language: str, now: int) -> Taken:
        """Remember what is asked, and which words are its answers: a computer shows no buttons to tap."""
        asked_by = self._features.name_of(reply.then) if reply.then else ""
        tell = partial(self._tell, language=language, particle=store.office.particle)
        reply = replace(reply, taps=_told_apart(reply.taps, tell))
        answers = {tell(tap.label): tap.value for tap in reply.taps if isinstance(tap, Answer)}
        opens = {tell(tap.label): kind for tap in reply.taps for kind, one in PICKERS.items() if isinstance(tap, one)}
        store.places.put(who.id, Place(asked_by, pack(reply.draft), answers, opens), now)
        return Taken(reply.offering(Go(words("help.tap_cancel"), "help.cancel")), language, asked_by)


def _told_apart(taps: Sequence[Tap], tell: Callable[[Any], str]) -> Sequence[Tap]:
    """The same taps; answers that share a label have their number before it, so that no typed word means two."""
    labels = [fold(tell(tap.label)) if isinstance(tap, Answer) else "" for tap in taps]
    return [
        replace(tap, label=f"{no}. {tell(tap.label)}") if isinstance(tap, Answer) and labels.count(label) > 1 else tap
        for no, (tap, label) in enumerate(zip(taps, labels, strict=True), 1)
    ]


def _still_offering(reply: Reply, place: Place, besides: Sequence[Tap] = ()) -> Reply:
    """What is said in passing, with the answers of the open question under it: LINE shows those of the last message."""
    if not reply.bubbles:
        return reply
    cancel = Go(words("help.tap_cancel"), "help.cancel")
    answers: list[Tap] = [Answer(label, value) for label, value in place.answers.items()]
    answers += [PICKERS[kind](label) for label, kind in place.opens.items()]
    more = [tap for tap in besides if tap != cancel][: max(0, QUICK_REPLIES - 1 - len(answers))]
    return replace(reply, taps=(*answers, *more, cancel))


def _in_public(reply: Reply) -> Reply:
    """A reply in front of others: to be read, not tapped."""
    bubbles = [replace(one, taps=()) if isinstance(one, Card) else one for one in reply.bubbles]
    return replace(reply, bubbles=bubbles, taps=())
