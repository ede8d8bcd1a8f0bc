"""What people want of us: broadcasts or none, the village they live in, and that they have left or come back."""

from dataclasses import replace
from datetime import date

from itadomain import villages
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal


def mute(store: Store, person: Person) -> Person:
    """They hear no broadcasts to citizens any more; what concerns their own cases still comes."""
    return _keep(store, person, replace(person, muted=True))


def unmute(store: Store, person: Person) -> Person:
    """They hear broadcasts again."""
    return _keep(store, person, replace(person, muted=False))


def live_in(store: Store, person: Person, said: str) -> Person:
    """They told which village they live in, by its number; Refusal where it is none, or one the agency has not."""
    number = villages.number_said(said)
    if not number:
        raise Refusal("wishes.which_village")
    if not villages.exists(store.settings, number):
        raise Refusal("wishes.no_such_village", most=villages.count(store.settings))
    return _keep(store, person, replace(person, village=number))


def live_nowhere(store: Store, person: Person) -> Person:
    """It is not to be known any more where they live."""
    return _keep(store, person, replace(person, village=""))


def leave(store: Store, person: Person, today: date) -> Person:
    """They left the account: nothing reaches them."""
    return _keep(store, person, person if person.away else replace(person, away_since=today))


def come_back(store: Store, person: Person) -> Person:
    """They are here: they came back, or wrote."""
    return _keep(store, person, replace(person, away_since=None))


def _keep(store: Store, before: Person, after: Person) -> Person:
    if after != before:
        store.people.save(after)
    return after
