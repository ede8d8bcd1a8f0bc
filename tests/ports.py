"""Ports for the servers that tests start."""

import itertools
import os
import socket

#: Below those that the system gives by itself: else another could be given one between the look and the server's start.
LEAST, MANY = 20_000, 12_000
_numbers = itertools.count(os.getpid() * 97)  # tests side by side look in places of their own


def free_port() -> int:
    """A port of this machine that nobody uses."""
    for number in itertools.islice(_numbers, MANY):
        port = LEAST + number % MANY
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise OSError("no port is free")
