"""The commands. Exit 0, 1 where something was refused, 2 for wrong use or settings; never a traceback."""

import argparse
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from bot import enrol, logs
from bot.commands import backup, dead, doctor, enrolment, imports, keys, measures, periods, service
from bot.commands.kit import REFUSED, WRONG_USE, Command, log_no, say_no
from bot.settings import BadSettings, Settings, log_form
from bot.storage.people import Changed
from bot.storage.schema import NewerDatabase
from bot.storage.sealing import SealBroken
from itadomain.refusals import Refusal

COMMANDS = (service, enrolment, imports, measures, keys, dead, backup, doctor, periods)
CHANGED = "somebody changed the same thing at this moment: nothing was kept; give the command again"
SEALED = (
    "the database was sealed with another key than those in ITABOT_KEYS: "
    "look for the key that was put away on the first day"
)


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - one line a way to say no
    """Run one command; gives its exit status."""
    asked = _parser().parse_args(arguments)
    command: Command = asked.command
    form = log_form()
    logs.set_up(form)
    refuse = log_no if form == "json" and command in service.LASTING else say_no
    try:
        return command(asked, Settings.read())
    except BadSettings as bad:
        return refuse(WRONG_USE, *bad.faults)
    except enrol.Unknown as unknown:
        return refuse(REFUSED, str(unknown))
    except Refusal as refusal:
        return refuse(REFUSED, _in_thai(refusal))
    except SealBroken:
        return refuse(REFUSED, SEALED)
    except NewerDatabase as newer:
        return refuse(REFUSED, str(newer))
    except (Changed, StaleDataError):
        return refuse(REFUSED, CHANGED)
    except SQLAlchemyError as error:
        return refuse(REFUSED, f"the database cannot be used: {str(error).splitlines()[0]}")
    except BrokenPipeError:
        raise  # whoever read what we say has gone: there is nobody to tell
    except OSError as error:
        return refuse(REFUSED, f"{error.filename or 'the machine'}: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("itabot", description="The integrity office of an agency, as a LINE account.")
    table = parser.add_subparsers(required=True, metavar="command")
    for module in COMMANDS:
        module.add_to(table)
    return parser


def _in_thai(refusal: Refusal) -> str:
    from bot.texts import Texts  # noqa: PLC0415 - only a refusal needs it
    from handlers.kit import Words  # noqa: PLC0415

    return Texts().tell(Words(refusal.key, refusal.facts), "th", "")
