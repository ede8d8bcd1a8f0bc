"""Telling many people: who may, whom it reaches, what it costs, who has to agree, and when it goes out.

Citizens hear nothing that only one person wanted: another agrees, or where there is nobody else a day passes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from itadomain import second_person
from itadomain.allowance import Allowance
from itadomain.broadcasts import audiences, composing
from itadomain.broadcasts.audiences import may_make, on_trial
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reachable, Stage
from itadomain.broadcasts.hours import by_day, by_day_only, to_citizens
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys import inviting

FURTHEST = timedelta(days=60)
#: So long it may be that another sends the same just now.
JUST_NOW = timedelta(hours=1)
LONGEST_REASON = 200
#: The newest, among which all that is being sent is looked for.
MOST_UNDER_WAY = 200
#: Nothing of it was sent yet.
AHEAD = frozenset({Stage.PROPOSED, Stage.SCHEDULED})


@dataclass(frozen=True)
class Cost:
    """What a broadcast takes: whom it reaches, and what is left of the month's messages."""

    reach: Reachable
    allowance: Allowance | None

    @property
    def people(self) -> int:
        """How many it reaches, which is how many messages it takes."""
        return self.reach.people

    @property
    def left(self) -> int | None:
        """Messages left before it, None where nobody knows or there is no limit."""
        return self.allowance.left if self.allowance else None

    @property
    def left_after(self) -> int | None:
        """Messages left after it."""
        return None if self.left is None else max(0, self.left - self.people)


@dataclass(frozen=True)
class Wish:
    """A broadcast as somebody composed it; `told` is how many people they were shown as its cost."""

    audience: Audience
    content: Content
    told: int
    send_at: datetime | None = None  # None for at once
    about: str = ""


@dataclass(frozen=True)
class Made:
    """What became of it: who is asked to agree; where nobody else is there, it waits."""

    broadcast: Broadcast
    asked: Sequence[Person] = ()
    alone: bool = False


def cost(store: Store, audience: Audience, today: date, *, trial: bool, on: date | None = None) -> Cost:
    """What it takes, of the month of the day `on` which it goes out; on trial it reaches the administrators only."""
    admins = store.people.with_role(Role.ADMIN, today) if trial else []
    tried = Reachable(sum(not one.away for one in admins), sum(one.away for one in admins))
    reach = tried if trial else store.broadcasts.reachable(audience, today)
    return Cost(reach, _allowance(store, today, on or today))


def affordable(found: Cost) -> None:
    """Refusal where nobody would hear it, or the month's messages do not suffice."""
    if not found.people:
        key = "broadcast.nobody_there" if found.reach.away or found.reach.muted else "broadcast.nobody_yet"
        facts = {"away": found.reach.away, "muted": found.reach.muted} if key == "broadcast.nobody_there" else {}
        raise Refusal(key, **facts)
    if found.left is not None and found.people > found.left:
        raise Refusal("broadcast.too_few_messages", cost=found.people, left=found.left)


def grew(told: int, people: int) -> bool:
    """Whether it reaches a tenth more people than was told."""
    return people * 10 > told * 11


def same_just_now(store: Store, content: Content, person: Person, now: datetime) -> Broadcast | None:
    """The newest that another made within the hour and that says the same; None where there is none."""
    recent = store.broadcasts.made_since(now - JUST_NOW)
    return next((one for one in recent if _says(one.content) == _says(content) and _counts(one, person)), None)


def at(store: Store, audience: Audience, day: date, hour: time, now: datetime) -> datetime:
    """When it goes out, as it was asked for; Refusal for what is past, too far, or at night for citizens."""
    moment = datetime.combine(day, hour, now.tzinfo)
    if moment <= now:
        raise Refusal("broadcast.in_the_past")
    day_ahead(day, now.date())
    if audience.citizens and not on_trial(store) and not by_day(moment):
        raise Refusal("broadcast.at_night")
    return moment


def day_ahead(day: date, today: date) -> None:
    """Refusal for a day that is over, or too far ahead."""
    if day < today:
        raise Refusal("broadcast.in_the_past")
    if day - today > FURTHEST:
        raise Refusal("broadcast.too_far", most=FURTHEST.days)


def make(store: Store, wish: Wish, person: Person, now: datetime) -> Made:
    """Keep a broadcast that was composed: it goes out at its time, once another agrees where citizens hear it."""
    today, trial = now.date(), on_trial(store)
    may_make(store, person, wish.audience, today)
    content = composing.whole(store, wish.content)
    inviting.fits(store, wish.audience, content, wish.about, today)
    two = wish.audience.citizens and not trial
    moment = max(wish.send_at or now, now)
    if two and wish.send_at is None and not by_day(now):
        raise Refusal("broadcast.at_night")
    others = second_person.others(store, person, today) if two else ()
    stage = Stage.PROPOSED if others else Stage.SCHEDULED
    if two and not others:
        moment = by_day_only(max(moment, now + second_person.ALONE))
    found = cost(store, wish.audience, today, trial=trial, on=moment.date())
    affordable(found)
    made = Broadcast(
        store.new_id(), wish.audience, content, person.id, now, stage, moment, found.people,
        trial=trial, about=wish.about,
    )  # fmt: skip
    store.broadcasts.save(made)
    inviting.made(store, made, today)
    if content.picture:
        photo = composing.picture(store, content.picture)
        store.evidence.save(photo.of(f"broadcast:{made.id}"))  # else it would be forgotten as what nobody used
    return Made(made, others, alone=two and not others)


def may_confirm(store: Store, one: Broadcast, person: Person, today: date) -> bool:
    """Whether a person may agree to what another made."""
    maker = store.people.get(one.made_by, today) or Person(one.made_by)
    return person.id != one.made_by and any(who.id == person.id for who in second_person.others(store, maker, today))


def confirm(store: Store, one: Broadcast, person: Person, told: int, now: datetime) -> Broadcast:
    """Agree to it; Refusal where it is not theirs, was decided on, or costs more than they were `told`."""
    _waits(one)
    if not may_confirm(store, one, person, now.date()):
        raise Refusal("broadcast.another_confirms")
    _not_on_trial(store, one)
    composing.whole(store, one.content)
    moment = by_day_only(max(one.send_at.astimezone(now.tzinfo), now))
    found = cost(store, one.audience, now.date(), trial=one.trial, on=moment.date())
    affordable(found)
    if grew(told, found.people):
        raise Refusal("broadcast.cost_grew", before=told, now=found.people)
    agreed = replace(
        one, stage=Stage.SCHEDULED, send_at=moment, told=found.people, confirmed_by=person.id, confirmed_at=now
    )
    store.broadcasts.save(agreed)
    return agreed


def decline(store: Store, one: Broadcast, person: Person, reason: str, now: datetime) -> tuple[Broadcast, str]:
    """Do not agree, with a reason, which is told to its maker and kept nowhere."""
    _waits(one)
    if not may_confirm(store, one, person, now.date()):
        raise Refusal("broadcast.another_confirms")
    why = " ".join(reason.split())
    if not why:
        raise Refusal("broadcast.why_not")
    if len(why) > LONGEST_REASON:
        raise Refusal("case.too_long", most=LONGEST_REASON)
    declined = replace(one, stage=Stage.CANCELLED, stopped_by=person.id)
    store.broadcasts.save(declined)
    return declined, why


def cancel(store: Store, one: Broadcast, person: Person, today: date) -> Broadcast:
    """Take it back before anything was sent."""
    must_lead(store, one, person, today)
    if one.stage not in AHEAD:
        raise Refusal("broadcast.too_late_to_cancel")
    cancelled = replace(one, stage=Stage.CANCELLED, stopped_by=person.id)
    store.broadcasts.save(cancelled)
    return cancelled


def stop(store: Store, one: Broadcast, person: Person, today: date) -> Broadcast:
    """Stop it in the middle: at most the request that is under way still goes out."""
    must_lead(store, one, person, today)
    if one.stage is not Stage.SENDING:
        raise Refusal("broadcast.nothing_to_stop")
    stopped = replace(one, stage=Stage.STOPPED, stopped_by=person.id)
    store.broadcasts.save(stopped)
    store.broadcasts.stop(one.id)
    return stopped


def try_out(store: Store, person: Person, today: date, *, on: bool) -> Sequence[Broadcast]:
    """Let all go to the administrators only, or to everybody again; what was on its way to others is stopped."""
    audiences.try_out(store, on=on)
    recent = store.broadcasts.recent(MOST_UNDER_WAY) if on else ()
    return [stop(store, one, person, today) for one in recent if one.stage is Stage.SENDING and not one.trial]


def again(store: Store, one: Broadcast, person: Person, now: datetime) -> int:
    """Let what failed be sent again, and nothing else; how many people that are."""
    today = now.date()
    must_lead(store, one, person, today)
    came = store.broadcasts.results(one.id)
    if one.stage not in {Stage.STOPPED, Stage.DONE} or not came.failed_requests:
        raise Refusal("broadcast.nothing_failed")
    _not_on_trial(store, one)
    if to_citizens(one):
        _still_wanted(store, one, person, now)
    affordable(Cost(Reachable(came.unsent), store.allowance(today)))
    if one.stopped_by:
        store.broadcasts.save(replace(one, stopped_by=""))
    store.broadcasts.again(one.id, now)
    return came.unsent


def may_see(store: Store, one: Broadcast, person: Person, today: date) -> bool:
    """Whether a person may look at it: who leads it, or is asked to agree."""
    return leads(store, one, person, today) or (one.audience.citizens and may_confirm(store, one, person, today))


def leads(store: Store, one: Broadcast, person: Person, today: date) -> bool:
    """Whether it is a person's to cancel and stop: the one who made it, as long as they may make such ones."""
    try:
        may_make(store, person, one.audience, today)
    except Refusal:
        return False
    return True


def must_lead(store: Store, one: Broadcast, person: Person, today: date) -> None:
    """Refusal where it is not theirs to cancel and stop."""
    if not leads(store, one, person, today):
        raise Refusal("broadcast.not_yours")


def must_fit_now(store: Store, one: Broadcast, today: date) -> None:
    """Asked right before it goes out: Refusal where nobody hears it, it costs more, or a part of it is gone."""
    _not_on_trial(store, one)
    inviting.still(store, one.audience, one.about, today)
    if one.content.picture:
        composing.picture(store, one.content.picture)
    found = cost(store, one.audience, today, trial=one.trial)
    affordable(found)
    if grew(one.told, found.people):
        raise Refusal("broadcast.cost_grew", before=one.told, now=found.people)


def _allowance(store: Store, today: date, on: date) -> Allowance | None:
    """The messages of the month of a day; a month to come has all of them still."""
    known = store.allowance(today)
    same = (on.year, on.month) == (today.year, today.month)
    return known if same or known is None else Allowance(known.most, 0)


def _still_wanted(store: Store, one: Broadcast, person: Person, now: datetime) -> None:
    """Refusal for what another stopped: two wanted it, and one does not any more. And at night."""
    stopper = store.people.get(one.stopped_by, now.date()) if one.stopped_by else None
    if stopper and stopper.id != person.id and leads(store, one, stopper, now.date()):
        raise Refusal("broadcast.another_stopped")
    if not by_day(now):
        raise Refusal("broadcast.again_by_day")


def _waits(one: Broadcast) -> None:
    if one.stage is not Stage.PROPOSED:
        raise Refusal("broadcast.decided_already")


def _not_on_trial(store: Store, one: Broadcast) -> None:
    """Refusal for what was made for real people before the trial began: it says that they hear nothing."""
    if on_trial(store) and not one.trial:
        raise Refusal("broadcast.trial_is_on")


def _says(content: Content) -> tuple[str, str, str]:
    return " ".join(content.text.split()), content.title, content.link


def _counts(one: Broadcast, person: Person) -> bool:
    return one.made_by != person.id and one.stage is not Stage.CANCELLED and not one.trial
