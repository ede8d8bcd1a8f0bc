"""The menu under the chat follows the posts: insiders have their own, everyone else that of the public.

         (00.10, the day after an officer's last day)
bot      (says nothing: under the officer's chat is the menu of everyone again)

What a menu offers is checked when it is tapped, so nothing depends on it.
"""

from collections.abc import Sequence
from datetime import timedelta

from handlers.kit import SILENCE, At, Feature, Notice, Task, Tick
from itadomain.people import Person

feature = Feature("own_menu")

SHOW, HIDE = Task("own_menu.show"), Task("own_menu.hide")


@feature.every(At(0, 10))
def follow(tick: Tick) -> Sequence[Notice]:
    """Whoever's last post ended yesterday, or whose first one begins today."""
    people, yesterday = tick.store.people, tick.today - timedelta(days=1)
    before = {one.id: one for one in people.insiders(yesterday)}
    now = {one.id: one for one in people.insiders(tick.today)}
    gone = [Notice(one, SILENCE.doing(HIDE)) for one in before.values() if one.id not in now]
    come = [Notice(one, SILENCE.doing(SHOW)) for one in now.values() if one.id not in before]
    return [*gone, *come]


def menu_of(before: Person, after: Person) -> Sequence[Task]:
    """What is done where somebody becomes an insider, or is one no longer."""
    if bool(before.roles) == bool(after.roles):
        return ()
    return (SHOW,) if after.roles else (HIDE,)
