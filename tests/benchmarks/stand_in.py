"""A stand-in of LINE's API over TLS: takes replies and pushes, and notes through a pipe when each arrived.

    python -m tests.benchmarks.stand_in CERTIFICATE KEY PIPE     prints its port

Every event of a run has a key of 32 characters, which is the end of its reply token and of its user id.
"""

import json
import os
import socket
import ssl
import struct
import sys
import threading
import time

KEY_LENGTH = 32
#: The key, when its answer arrived (monotonic, the same for all processes), how many messages it held.
RECORD = struct.Struct("<32sqq")
BODY = b'{"sentMessages":[{"id":"1","quoteToken":"q"}]}'
ACCEPTED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


def main(certificate: str, key: str, pipe: int) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    print(listener.getsockname()[1], flush=True)
    while True:
        raw, _ = listener.accept()
        threading.Thread(target=_serve, args=(raw, context, pipe), daemon=True).start()


def _serve(raw: socket.socket, context: ssl.SSLContext, pipe: int) -> None:
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        with context.wrap_socket(raw, server_side=True) as connection:
            _answer_all(connection, pipe)
    except OSError:
        raw.close()  # the client went away


def _answer_all(connection: ssl.SSLSocket, pipe: int) -> None:
    got = b""
    while True:
        while (end := got.find(b"\r\n\r\n")) < 0:
            if not (more := connection.recv(65536)):
                return
            got += more
        total = end + 4 + _content_length(got[:end])
        while len(got) < total:
            got += connection.recv(65536)
        arrived = time.monotonic_ns()
        _note(json.loads(got[end + 4 : total]), arrived, pipe)
        got = got[total:]
        connection.sendall(ACCEPTED)


def _content_length(head: bytes) -> int:
    place = head.lower().find(b"content-length:") + len(b"content-length:")
    return int(head[place:].split(b"\r\n", 1)[0])


def _note(body: dict, arrived: int, pipe: int) -> None:
    key = (body.get("replyToken") or body["to"])[-KEY_LENGTH:].encode()
    os.write(pipe, RECORD.pack(key, arrived, len(body["messages"])))  # below PIPE_BUF: records never mix


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
