"""Loads every command once and runs each that is asked for in a child of its own, as `python -m bot` would.

A line of JSON in: arguments, environment and the files of the three standard streams; its exit status out.
"""

import importlib
import json
import os
import pkgutil
import sys
import threading

from bot import commands
from bot.__main__ import main

#: What commands import when they run: without it each child would.
LATE = ("bot.storage.schema", "bot.wiring", "bot.doctor", "bot.line.client", "bot.line.menu_client",
        "bot.imports.applying", "bot.imports.telling", "bot.letters", "alembic.command", "segno")  # fmt: skip


def load():
    for name in (*(f"bot.commands.{one.name}" for one in pkgutil.iter_modules(commands.__path__)), *LATE):
        importlib.import_module(name)


def become(arguments, environment, files):
    """Be that command from here to the end."""
    for number, (name, flags) in enumerate(zip(files, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        os.dup2(os.open(name, flags), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
        for number, mode in enumerate("rww")
    )
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["itabot", *arguments]
    main()


def status_of(asked):
    try:
        become(**asked)
    except SystemExit as left:
        return left.code
    except BaseException:  # noqa: BLE001 - it is told as Python tells it
        sys.excepthook(*sys.exc_info())
    return 1


def join_threads():
    """As Python itself does at its end: a thread that goes on holds the command up, and the test sees it."""
    for one in threading.enumerate():
        if not one.daemon and one is not threading.main_thread():
            one.join()


if __name__ == "__main__":
    load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            status = status_of(json.loads(line))
            join_threads()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
