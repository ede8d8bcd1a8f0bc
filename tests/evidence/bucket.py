"""A bucket on 127.0.0.1 that knows just enough: put, get, delete, head; and it can be told to fail."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAME = "copies"


class Bucket(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.kept = {}
        self.fails = ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.fine():
            self.server.kept[self.path] = body
            self.answer(200)

    def do_GET(self):
        if not self.fine():
            return
        if self.path in self.server.kept:
            self.answer(200, self.server.kept[self.path])
        else:
            self.error(404, "NoSuchKey")

    def do_DELETE(self):
        if self.fine():
            self.server.kept.pop(self.path, None)
            self.answer(204)

    def do_HEAD(self):
        known = self.path.strip("/") == NAME and not self.server.fails
        self.answer(200 if known else 404)

    def fine(self):
        if self.server.fails:
            self.error(503, self.server.fails)
        return not self.server.fails

    def error(self, status, code):
        self.answer(status, f"<Error><Code>{code}</Code></Error>".encode())

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_said):
        pass


@contextmanager
def a_bucket():
    bucket = Bucket()
    thread = threading.Thread(target=bucket.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield bucket
    finally:
        bucket.shutdown()
        thread.join()
        bucket.server_close()
