"""The web worker with short waits: a request may take a moment, a file a few."""

from bot.web_worker import WebWorker


class SlowWorker(WebWorker):
    request_s = 2.0
    file_s = 10.0
