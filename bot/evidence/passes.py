"""In how many passes a JPEG was written.

Most are written in one, and drawn line by line. One of several passes (a progressive one, or one colour after the
other) is kept in memory as a whole until the last, six to eight bytes a dot, and each pass goes through all of it: a
file of 10 MB can hold a hundred thousand.
"""

import re

_START_OF_FRAME, _PROGRESSIVE = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA}), frozenset({0xC2, 0xCA})
_START_OF_SCAN = 0xDA
#: Marks that stand alone; behind every other stands how long it is.
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_MARK = re.compile(rb"\xff([^\xff\0])")


def passes(contents: bytes) -> int:
    """How many there may be, those of pictures within the picture too; 1 where the first one has it all."""
    in_all, progressive, at = 0, False, 2
    while found := _MARK.search(contents, at):
        mark, at = found[1][0], found.end()
        if mark == _START_OF_SCAN:
            whole = not progressive and contents[at + 2 : at + 3] == bytes([in_all])
            return 1 if whole else contents.count(b"\xff\xda", at - 2)
        if mark in _START_OF_FRAME:
            in_all, progressive = int.from_bytes(contents[at + 7 : at + 8]), mark in _PROGRESSIVE
        if mark not in _ALONE:
            at += int.from_bytes(contents[at : at + 2])
    return 1
