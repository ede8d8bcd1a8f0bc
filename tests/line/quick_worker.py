"""The web worker with short waits, and an app that reads what it is sent."""

from bot.web_worker import WebWorker

#: More than the system keeps for a client that does not read.
LARGE = 20_000_000


class QuickWorker(WebWorker):
    first_byte_s = 1.0
    request_s = 1.0


def app(environ, start_response):
    large = environ["PATH_INFO"] == "/large"
    answer = b"x" * LARGE if large else environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
