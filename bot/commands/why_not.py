"""What is said of an error that ended a command, where the person who gave it can do something about it."""

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from bot.enrol import Unknown
from bot.storage.people import Changed
from bot.storage.schema import NewerDatabase
from bot.storage.sealing import SealBroken
from bot.texts import Texts
from handlers.kit import Words
from itadomain.refusals import Refusal

CHANGED = "somebody changed the same thing at this moment: nothing was kept; give the command again"
SEALED = (
    "the database was sealed with another key than those in ITABOT_KEYS: "
    "look for the key that was put away on the first day"
)


def why_not(error: Exception) -> str | None:  # noqa: PLR0911 - one line a way to say no
    """One sentence; None for an error that is a fault of ours, or that nobody is left to hear of."""
    match error:
        case Unknown() | NewerDatabase():
            return str(error)
        case Refusal(key=key, facts=facts):
            return Texts().tell(Words(key, facts), "th", "")
        case SealBroken():
            return SEALED
        case Changed() | StaleDataError():
            return CHANGED
        case SQLAlchemyError():
            return f"the database cannot be used: {str(error).splitlines()[0]}"
        case BrokenPipeError():  # whoever read what we say has gone
            return None
        case OSError():
            return f"{error.filename or 'the machine'}: {error.strerror}"
        case _:
            return None
