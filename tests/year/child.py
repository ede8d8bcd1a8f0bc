"""`python -m tests.year.child FOLDER URL SLUG,…`: lives on from where the last one was killed, moment by moment.

Where it stands is a line in a file, written after each moment: whoever is killed between the two lives it again.
"""

import sys
from pathlib import Path

from tests.year.living import Life, moments
from tests.year.world import FIRST, LAST, World


def main() -> None:
    folder, url, slugs = sys.argv[1:]
    world, stands = World.at(Path(folder), slugs.split(","), url), Path(folder) / "stands"
    done = int(stands.read_text()) if stands.exists() else 0
    life = Life(world)
    print("ready", flush=True)
    for number, at in enumerate(moments(FIRST, LAST)):
        if number >= done:
            life.step(at)
            _write(stands, number + 1)
    world.close()


def _write(stands: Path, done: int) -> None:
    """All of it or nothing."""
    new = stands.with_suffix(".new")
    new.write_text(str(done))
    new.replace(stands)


if __name__ == "__main__":
    main()
