"""Who speaks: somebody who is known, who is there again, or who is met just now."""

from datetime import date

from bot.line.events import RESULT, Heard
from bot.storage.store import AgencyStore
from itadomain.broadcasts.wishes import come_back
from itadomain.people import Person

#: These say something only of people who are known: whoever was forgotten may still leave, or take words back.
OF_THE_KNOWN = {"event:unfollow", "event:unsend"}


def speaker(store: AgencyStore, heard: Heard, today: date) -> Person:
    """Whoever says something is there, whatever was noted before.

    Somebody new is met when they say something, not when they leave or what they left behind comes to its end.
    """
    who = store.people.by_line_id(heard.user_id, today)
    if heard.trigger in OF_THE_KNOWN or heard.trigger.startswith(f"{RESULT}:"):
        return who or Person(id="")
    return come_back(store, who) if who else store.people.meet(heard.user_id)
