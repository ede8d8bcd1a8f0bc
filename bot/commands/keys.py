"""The keys of the installation: keys new."""

import argparse

from bot.commands.kit import Table, command, group
from bot.settings import Settings
from bot.storage.sealing import new_key


def add_to(table: Table) -> None:
    """Add these commands."""
    keys = group(table, "keys", "keys of the installation")
    command(keys, "new", _new_key, "print a fresh key for ITABOT_KEYS")


def _new_key(_asked: argparse.Namespace, _settings: Settings) -> int:
    print(new_key())
    return 0
