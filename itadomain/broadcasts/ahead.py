"""What is proposed before a window of the assessment: to whom, so many days before; sent by itself only where agreed.

An invitation to answer leads nobody to an answer: it says that the survey is open, how long, and that it is anonymous.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from itadomain import second_person
from itadomain.assessment import calendar
from itadomain.assessment.windows import Phase, Window
from itadomain.broadcasts import composing
from itadomain.broadcasts.broadcast import Audience, Reach
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal

#: So many days before its first day.
BEFORE = (14, 3)
AUDIENCES: Mapping[Phase, Audience] = {
    Phase.IIT: Audience(Reach.STAFF),
    Phase.EIT: Audience(Reach.FRIENDS),
    Phase.OIT: Audience(Reach.STAFF),
}
ON, OFF, ASKED = "on", "off", "asked:"


@dataclass(frozen=True)
class Proposal:
    """A broadcast that is due to be proposed, or to go by itself, before a window."""

    window: Window
    by_itself: bool

    @property
    def about(self) -> str:
        """How a broadcast remembers what it was made for."""
        return f"window:{self.window.fiscal_year}:{self.window.phase}"


def due(store: Store, today: date) -> Sequence[Proposal]:
    """What is to be proposed today, each once for each of its days even where the clock stood still on the day."""
    found = []
    for window in calendar.upcoming(store, today):
        step = _step(window, today)
        if step and store.settings.get(_told(window)) != f"{window.first}:{step}":
            store.settings.put(_told(window), f"{window.first}:{step}")
            by_itself = step == min(BEFORE) and goes_by_itself(store, window.phase) and _first_time(store, window)
            found.append(Proposal(window, by_itself))
    return found


def goes_by_itself(store: Store, phase: Phase) -> bool:
    """Whether the agency said that what is told before such a window goes without being asked for."""
    return store.settings.get(_choice(phase)) == ON


def asked_by(store: Store, phase: Phase) -> str:
    """The id of the person who wants it to go by itself, where another has to agree still; else empty."""
    said = store.settings.get(_choice(phase))
    return said.removeprefix(ASKED) if said.startswith(ASKED) else ""


def text_of(store: Store, phase: Phase) -> str:
    """The words that were agreed to."""
    return store.settings.get(_words(phase))


def let_go(store: Store, phase: Phase, text: str, person: Person, today: date) -> Sequence[Person]:
    """Let `text` go by itself from now on; who has to agree first, where citizens hear it."""
    if phase not in AUDIENCES:
        raise Refusal("announcing.which_phase")
    same, words = text_of(store, phase) == composing.text(text), composing.text(text)
    store.settings.put(_words(phase), words)
    if not AUDIENCES[phase].citizens:
        store.settings.put(_choice(phase), ON)
        return ()
    first = asked_by(store, phase)
    if first and first != person.id and same:  # two agree to the same words, else to nothing
        maker = store.people.get(first, today) or Person(first)
        if any(one.id == person.id for one in second_person.others(store, maker, today)):
            store.settings.put(_choice(phase), ON)
            return ()
    others = second_person.others(store, person, today)
    if not others:
        raise Refusal("announcing.needs_two")
    store.settings.put(_choice(phase), f"{ASKED}{person.id}")
    return others


def hold(store: Store, phase: Phase) -> None:
    """Let nothing go by itself before such a window."""
    if phase not in AUDIENCES:
        raise Refusal("announcing.which_phase")
    store.settings.put(_choice(phase), OFF)


def _step(window: Window, today: date) -> int | None:
    """The nearest of the days that has come; None where there is none, or nobody is sure of the window."""
    if window.phase not in AUDIENCES or window.first is None or not (window.own or window.confidence.confirmed):
        return None
    return min((days for days in BEFORE if today < window.first <= today + timedelta(days=days)), default=None)


def _first_time(store: Store, window: Window) -> bool:
    """Whether nothing went by itself for it yet: who moves a window moves no messages, that is proposed to them."""
    went = f"broadcast:went:{window.fiscal_year}:{window.phase}"
    if store.settings.get(went):
        return False
    store.settings.put(went, ON)
    return True


def _choice(phase: Phase) -> str:
    return f"broadcast:by_itself:{phase}"


def _words(phase: Phase) -> str:
    return f"broadcast:words:{phase}"


def _told(window: Window) -> str:
    return f"broadcast:proposed:{window.fiscal_year}:{window.phase}"
