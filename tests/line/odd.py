"""Bodies by hand, for the tests of what may be posted."""

import json

from bot.storage.queue import State

WORKED_OFF = {State.DONE, State.IGNORED}


def body_of(*events):
    return json.dumps({"destination": "U0", "events": events}).encode()


def nested(depth):
    return b"[" * depth + b"]" * depth
