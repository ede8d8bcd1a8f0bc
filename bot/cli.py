"""The commands. Exit 0, 1 where something was refused, 2 for wrong use or settings; never a traceback."""

import argparse
import logging
import sys
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot import enrol
from bot.commands import enrolment, keys, service
from bot.commands.kit import REFUSED, WRONG_USE, Command, say_no
from bot.settings import BadSettings, Settings
from bot.storage.sealing import SealBroken
from itadomain.refusals import Refusal

COMMANDS = (service, enrolment, keys)


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - one line a way to say no
    """Run one command; gives its exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    asked = _parser().parse_args(arguments)
    try:
        command: Command = asked.command
        return command(asked, Settings.read())
    except BadSettings as bad:
        return say_no(WRONG_USE, *bad.faults)
    except enrol.Unknown as unknown:
        return say_no(REFUSED, str(unknown))
    except Refusal as refusal:
        return say_no(REFUSED, _in_thai(refusal))
    except SealBroken:
        return say_no(REFUSED, "the database was sealed with another key than those in ITABOT_KEYS")
    except SQLAlchemyError as error:
        return say_no(REFUSED, f"the database cannot be used: {str(error).splitlines()[0]}")
    except OSError as error:
        return say_no(REFUSED, f"{error.filename or 'the machine'}: {error.strerror}")


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
