"""Whether people of the agency read in LINE what is typed to its account: LINE calls that its chat.

It is read from LINE from time to time (`bot/chat_mode.py`). Where LINE never told, it counts as off.
"""

from itadomain.ports import Settings

SETTING = "line.chat_mode"
READ_BY_STAFF = "chat"


def read_by_staff(settings: Settings) -> bool:
    """Whether the account's chat is switched on."""
    return settings.get(SETTING) == READ_BY_STAFF
