"""What holds for every suite."""

import os

from hypothesis import settings

from bot.storage import sqlite

# A property holds or does not; how long one example takes says only how busy the machine is. New examples are looked
# for wherever somebody can look at what they found; what decides whether a change lands is the same each time.
settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("patient")

# Tests end processes and pull no plug: what is committed here need not wait for the disk. Processes of their own do wait.
sqlite.PRAGMAS = ("synchronous=OFF", *(one for one in sqlite.PRAGMAS if not one.startswith("synchronous=")))
