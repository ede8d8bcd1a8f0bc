"""The commands. Exit 0, 1 where something was refused, 2 for wrong use or settings; never a traceback.

What a command needs is imported when it is asked for: a new key waits for no database's libraries.
"""

import argparse
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from bot import closed, logs
from bot.commands.kit import REFUSED, WRONG_USE, Command, log_no, say_no
from bot.settings import BadSettings, Settings, log_form

#: The commands of each module of `bot/commands`, as the program's own help tells them.
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "service": {
        "demo": "the five sample agencies, the service and the desk simulator",
        "serve": "bring the database up to date, then web and worker in one",
        "web": "take webhooks in and serve pages",
        "worker": "take turns and send",
        "migrate": "bring the database up to date",
        "understand": "one message a line in, one reading a line out",
        "tick": "run the clock once and print what it queued; the worker sends it",
    },
    "enrolment": {
        "agency": "agencies",
        "member": "people with a role",
        "menu": "put the menus under the chat; again after enrolling someone",
    },
    "answers": {"answers": "what the agency answers to citizens, from a table: .xlsx, .csv, .docx"},
    "imports": {"import": "bring in an agency's own document: .docx, .xlsx, .csv, .txt, .pdf"},
    "calendar": {"calendar": "the windows of the assessment, to look at and to enter"},
    "plan": {"plan": "the whole year of an agency as a calendar, with every reminder"},
    "survey": {"survey": "surveys: a list, posters of service points, results as a file"},
    "paper": {"paper": "the papers of an agency as Word, Excel or PDF files: the plan, the report and others"},
    "measures": {"measure": "the measures of a plan, and changing them without a new file"},
    "keys": {"keys": "keys of the installation"},
    "dead": {"dead": "events, messages and tasks that were given up"},
    "backup": {
        "backup": "copy the database to a file while the service runs",
        "restore": "put a copy in the database's place; stop the service first",
    },
    "audit": {"audit": "who looked at or changed what, in a log that shows where it was tampered with"},
    "doctor": {"doctor": "look at everything and say what is wrong; exit 1 where something fails"},
    "periods": {"period": "one printed period or follow-up a line in, its days out"},
}
#: They run on and on: what they write to standard error is collected.
LASTING = ("serve", "web", "worker")


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit status."""
    asked = asked_by(arguments)
    command: Command = asked.command
    form = log_form()
    logs.set_up(form)
    closed.close()
    refuse = log_no if form == "json" and _name(arguments) in LASTING else say_no
    try:
        return command(asked, Settings.read())
    except BadSettings as bad:
        return refuse(WRONG_USE, *bad.faults)
    except Exception as error:
        why = _load("why_not").why_not(error)
        if why is None:
            raise
        return refuse(REFUSED, why)


def asked_by(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for, with the `command` that does it; of all modules, only that command's is imported."""
    parser = argparse.ArgumentParser("itabot", description="The integrity office of an agency, as a LINE account.")
    table = parser.add_subparsers(required=True, metavar="command")
    for module, commands in COMMANDS.items():
        if _name(arguments) in commands:
            _load(module).add_to(table)
        else:
            for name, text in commands.items():
                table.add_parser(name, help=text)
    return parser.parse_args(arguments)


def _name(arguments: Sequence[str]) -> str:
    """The word that names the command: the program itself has no option with a value."""
    return next((one for one in arguments if not one.startswith("-")), "")


def _load(module: str) -> Any:
    return importlib.import_module(f"bot.commands.{module}")
