"""A worker that is ended by the machine while it makes a paper: «python -m tests.papers.ended FOLDER KEY CLOCK»."""

import os
import signal
import sys
from pathlib import Path

from bot.papers.handing.making import Step
from bot.papers.handing.task import MakePaper
from tests.papers.conftest import at_hand
from tests.storage.conftest import Clock, make_core


class Ended(MakePaper):
    """Ends its process, once all is read and the file is to be written."""

    def _teller(self, _asked):
        def tell(step, _done, _whole):
            if step is Step.WRITING:
                os.kill(os.getpid(), signal.SIGKILL)

        return tell


if __name__ == "__main__":
    folder, key, clock = sys.argv[1:]
    served = at_hand(make_core(Path(folder), key), Clock(int(clock)))
    served.work(Ended(served.orders, served.shelf))
