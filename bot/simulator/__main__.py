"""Start the desk: `python -m bot.simulator --config FILE --port N`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from bot.simulator.config import load
from bot.simulator.server import DeskServer


def main() -> int:
    """Serve until told to stop."""
    asked = _arguments()
    try:
        server = DeskServer(load(asked.config), asked.host, asked.port)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sys.stderr.write(f"simulator: {type(fault).__name__}: {fault}\n")
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server.start()
    stop.wait()
    server.close()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description="A small LINE on your desk.")
    parser.add_argument("--config", type=Path, required=True, help="JSON file: record and agencies")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
