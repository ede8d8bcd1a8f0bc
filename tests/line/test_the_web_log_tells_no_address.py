"""An address may open a file: gunicorn and Flask would write it down where a page fails, and ours do not."""

import logging

from bot.pages import App
from bot.web_log import WebLog

TOKEN = "/evidence/s/v1.secret"


def a_log():
    made = WebLog.__new__(WebLog)
    made.error_log = logging.getLogger("gunicorn.error.of a test")
    return made


def test_of_a_request_that_fails_the_log_tells_the_fault_alone(caplog):
    with caplog.at_level(logging.DEBUG):
        try:
            int("a word")
        except ValueError:
            a_log().exception("Error handling request %s %s", "GET", TOKEN)
        a_log().debug("%s %s", "GET", TOKEN)
        a_log().warning("Invalid request from " + TOKEN)
    assert [one.getMessage() for one in caplog.records] == ["a request failed", "GET", "what came was no request"]
    assert caplog.records[0].exc_info


def test_other_lines_are_as_they_were(caplog):
    with caplog.at_level(logging.DEBUG):
        a_log().exception("Socket error %s", 5)
        a_log().debug("Closing %s", "connection")
    assert [one.getMessage() for one in caplog.records] == ["Socket error 5", "Closing connection"]


def test_of_a_page_that_fails_too(caplog):
    app = App("test")

    @app.get("/evidence/s/<token>")
    def fails(token):
        raise OSError(token)

    assert app.test_client().get(TOKEN).status_code == 500
    assert "a page failed: OSError" in caplog.text
    assert "secret" not in caplog.text
