"""Looks at an address of the web, within narrow bounds: what it is asked is whether a page opens, nothing else.

Only the head of the answer is read. No cookie, name or password is sent, no proxy of the environment is used, and what
leads on is looked at anew, from its name to its address.
"""

import io
import re
import socket
import ssl
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, parse_headers
from urllib.parse import quote, urljoin

from bot.publishing.outside import Outside, in_time
from bot.publishing.public import is_public
from itadomain.oit.address import PORTS, Address, address
from itadomain.oit.items import Check, Outcome
from itadomain.refusals import Refusal

CONNECT_S, WHOLE_S = 5.0, 15.0
MOST_BYTES, A_PIECE = 64 * 1024, 8 * 1024
MOST_TURNS, MOST_ADDRESSES = 5, 3
LEADS_ON = {301, 302, 303, 307, 308}
GONE, KEPT_OUT = {404, 410}, {401, 403, 407, 429, 451}
OK, NOT_OK, FAULTS = 200, 300, 500
HAS_EXPIRED = 10  # OpenSSL's number for it
WHO_ASKS = "Mozilla/5.0 (compatible; itabot; looks whether published pages open)"
#: What may stand in a path as it is; all else is escaped, so that nothing in it ends the line.
IN_A_PATH = "/%?:@!$&'()*+,;=-._~[]"
STATUS = re.compile(rb"HTTP/1\.[01] +(\d{3})(?: [^\r\n]*)?\r?\n")
END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Answer:
    """The head of what a site answered, and whether its certificate has expired."""

    status: int
    head: Message
    expired: bool = False


class _Ended(Exception):
    """There is no answer to go by, for the reason `outcome`."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


def look(said: str, today: date, zone: tzinfo, outside: Outside) -> Check:
    """What is found at an address; it takes WHOLE_S at most. NoNames where nothing can be looked at from here."""
    until, expired, seen = outside.clock() + WHOLE_S, False, said
    try:
        for _ in range(MOST_TURNS + 1):
            answer = _ask(_known(seen), outside, until)
            expired = expired or answer.expired
            onward = answer.head.get("Location", "") if answer.status in LEADS_ON else ""
            if not onward:
                return replace(_told(answer, today, zone), expired=expired)
            seen = _onward(seen, onward)
        return Check(today, Outcome.TOO_MANY_TURNS, expired=expired)
    except _Ended as ended:
        return Check(today, ended.outcome, expired=expired)


def _onward(seen: str, location: str) -> str:
    try:
        return urljoin(seen, _as_typed(location))
    except ValueError:  # it leads to no address at all
        raise _Ended(Outcome.ODD_ANSWER) from None


def _known(said: str) -> Address:
    """An address that may be looked at; what leads to a port or a network of somebody's own may not."""
    try:
        return address(said)
    except Refusal:
        raise _Ended(Outcome.NOT_PUBLIC) from None


def _as_typed(location: str) -> str:
    """Where it leads: heads are read letter by letter, and sites write Thai into them."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _told(answer: Answer, today: date, zone: tzinfo) -> Check:
    status = answer.status
    if OK <= status < NOT_OK:
        return Check(today, Outcome.OPENS, status, changed_on=_changed(answer.head, today, zone))
    if status in GONE:
        return Check(today, Outcome.NOT_FOUND, status)
    if status in KEPT_OUT:
        return Check(today, Outcome.KEPT_OUT, status)
    return Check(today, Outcome.SITE_FAULT if status >= FAULTS else Outcome.ODD_ANSWER, status)


def _changed(head: Message, today: date, zone: tzinfo) -> date | None:
    """The day on which the page was changed, as the site tells it."""
    try:
        told = parsedate_to_datetime(str(head.get("Last-Modified", ""))).astimezone(zone).date()
    except (ValueError, OverflowError):
        return None
    return told if told <= today else None


def _ask(where: Address, outside: Outside, until: float) -> Answer:
    """Ask a site for a page; once more where only the time of its certificate is over."""
    try:
        host = where.host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _Ended(Outcome.NO_SUCH_SITE) from None
    addresses = _addresses(host, where.port, outside, until)
    try:
        return _answer(host, where, addresses, outside, until, expired=False)
    except ssl.SSLCertVerificationError as error:
        if error.verify_code != HAS_EXPIRED:
            raise _Ended(Outcome.BAD_CERTIFICATE) from None
    except ssl.SSLError:
        raise _Ended(Outcome.BAD_CERTIFICATE) from None
    try:
        return _answer(host, where, addresses, outside, until, expired=True)
    except ssl.SSLError:
        raise _Ended(Outcome.BAD_CERTIFICATE) from None


def _addresses(host: str, port: int, outside: Outside, until: float) -> list[str]:
    """The addresses of a name; refused where a single one of them is not everybody's."""
    try:
        found = in_time(lambda: outside.resolve(host, port), until - outside.clock())
    except TimeoutError:
        raise _Ended(Outcome.SILENT) from None
    if not found:
        raise _Ended(Outcome.NO_SUCH_SITE)
    if not all(map(is_public, found)):
        raise _Ended(Outcome.NOT_PUBLIC)
    return list(found[:MOST_ADDRESSES])


def _answer(
    host: str, where: Address, addresses: list[str], outside: Outside, until: float, *, expired: bool
) -> Answer:
    """The head of the answer of the first of the addresses that takes a connection."""
    try:
        with _connected(addresses, where.port, outside, until) as bare:
            bare.settimeout(_left(outside, until))
            with _sealed(bare, host, outside, expired=expired) if where.scheme == "https" else bare as line:
                line.settimeout(_left(outside, until))
                line.sendall(_question(host, where))
                return replace(_head(line, outside, until), expired=expired)
    except ssl.SSLError:
        raise
    except TimeoutError:
        raise _Ended(Outcome.SILENT) from None
    except OSError:
        raise _Ended(Outcome.UNREACHABLE) from None


def _connected(addresses: list[str], port: int, outside: Outside, until: float) -> socket.socket:
    *others, last = addresses
    for one in others:
        try:
            return outside.connect(one, port, min(CONNECT_S, _left(outside, until)))
        except OSError:
            continue  # the next may take it
    return outside.connect(last, port, min(CONNECT_S, _left(outside, until)))


def _sealed(bare: socket.socket, host: str, outside: Outside, *, expired: bool) -> ssl.SSLSocket:
    return outside.trusted(expired_too=expired).wrap_socket(bare, server_hostname=host)


def _question(host: str, where: Address) -> bytes:
    named = host if where.port == PORTS[where.scheme] else f"{host}:{where.port}"
    lines = (
        f"GET {quote(where.path, safe=IN_A_PATH)} HTTP/1.1",
        f"Host: {named}",
        f"User-Agent: {WHO_ASKS}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _head(line: socket.socket, outside: Outside, until: float) -> Answer:
    """The head of the answer, however slowly it comes, as long as there is time and it is not too long."""
    read = b""
    while len(read) < MOST_BYTES:
        line.settimeout(_left(outside, until))
        piece = line.recv(min(A_PIECE, MOST_BYTES - len(read)))
        read += piece
        while end := END.search(read):
            answer = _parsed(read[: end.end()])
            if answer.status >= OK:
                return answer
            read = read[end.end() :]  # «go on» comes before the answer itself
        if not piece:
            break
    raise _Ended(Outcome.ODD_ANSWER)


def _parsed(head: bytes) -> Answer:
    status = STATUS.match(head)
    if status is None:
        raise _Ended(Outcome.ODD_ANSWER)
    try:
        return Answer(int(status[1]), parse_headers(io.BytesIO(head[status.end() :])))
    except HTTPException:
        raise _Ended(Outcome.ODD_ANSWER) from None


def _left(outside: Outside, until: float) -> float:
    """The seconds that are left; TimeoutError where none are."""
    left = until - outside.clock()
    if left <= 0:
        raise TimeoutError
    return left
