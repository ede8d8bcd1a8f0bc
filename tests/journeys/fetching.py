"""A file of the service as a person fetches it: looks at its page until the button is there, and presses it."""

import time
from urllib.request import Request, urlopen

TAKES_S, AGAIN_S = 60, 0.5


def fetched(address: str) -> bytes:
    end = time.monotonic() + TAKES_S
    while "<form" not in (page := _opened(Request(address)).decode()):
        assert time.monotonic() < end, page
        time.sleep(AGAIN_S)
    return _opened(Request(address, data=b""))


def _opened(asked: Request) -> bytes:
    with urlopen(asked, timeout=TAKES_S) as answer:
        return answer.read()
