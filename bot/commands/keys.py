"""The keys of the installation: keys new, keys rotate."""

import argparse

from bot.commands.kit import Table, command, group
from bot.settings import Settings
from bot.storage.sealing import new_key


def add_to(table: Table) -> None:
    """Add these commands."""
    keys = group(table, "keys", "keys of the installation")
    command(keys, "new", _new, "print a fresh key for ITABOT_KEYS or ITABOT_SEALED_KEYS")
    command(keys, "rotate", _rotate, "seal everything anew under the first key of each ring")


def _new(_asked: argparse.Namespace, _settings: Settings) -> int:
    print(new_key())
    return 0


def _rotate(_asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.rotating import rotate  # noqa: PLC0415 - a new key needs no database and its libraries

    return rotate(settings)
