"""`itabot`, also as `python -m bot`."""

import io
import os
import sys

from bot.cli import run

UNHEARD = 1  # nobody reads on: `itabot doctor | head -1`


def main() -> None:
    """Run the command line and leave with its answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may have no Thai letters
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left must not be complained of
        status = UNHEARD
    sys.exit(status)


if __name__ == "__main__":
    main()
