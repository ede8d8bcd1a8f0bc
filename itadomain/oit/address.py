"""Addresses on the web as people type them: what a page of an agency may be, before anybody opens it."""

import re
from dataclasses import dataclass

from itadomain.refusals import Refusal

LONGEST = 1000
LONGEST_HOST, LONGEST_LABEL = 253, 63
PORTS = {"http": 80, "https": 443}
ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#\s]*)(?P<rest>\S*)", re.IGNORECASE)
LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
#: The last part of a name: a number there (127.1, 0x7f000001, 2130706433) makes a figure of it, no name.
LAST = re.compile(r"(?!0x)[^\W\d_](?:[^\W_]|-)*", re.IGNORECASE)
THAI_MARKS = re.compile("[ัิ-ฺ็-๎]")  # vowels and tones over and under letters are no letters to `re`


@dataclass(frozen=True)
class Address:
    """A web address taken apart: the host as it was typed, in small letters, and everything after it."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def address(said: str) -> Address:
    """The address that a text consists of; Refusal where it is none, or none that everybody may open.

    Nobody's name or password stands in it, it goes to one of the web's own two ports, and to a name, not to figures.
    """
    text = said.strip()
    if "." in text and "://" not in text:  # as it stands on letterheads
        text = f"https://{text}"
    found = ADDRESS.fullmatch(text)
    if found is None or len(text) > LONGEST or any(ord(letter) < ord(" ") or letter == "\\" for letter in text):
        raise Refusal("oit.no_address")
    scheme, (host, port) = found["scheme"].lower(), _host_and_port(found["host"], found["scheme"].lower())
    rest = found["rest"].partition("#")[0]
    return Address(scheme, host, port, rest if rest.startswith("/") else f"/{rest}")


def _host_and_port(said: str, scheme: str) -> tuple[str, int]:
    if "@" in said:
        raise Refusal("oit.no_names_in_address")
    host, _, port = said.partition(":")
    if port not in {"", *map(str, PORTS.values())}:
        raise Refusal("oit.no_such_port")
    return _host(host), int(port) if port else PORTS[scheme]


def _host(said: str) -> str:
    host = said.lower().removesuffix(".")
    parts = host.split(".")
    fits = len(parts) > 1 and len(host) <= LONGEST_HOST and all(map(_is_label, parts))
    if not fits or LAST.fullmatch(THAI_MARKS.sub("", parts[-1])) is None:
        raise Refusal("oit.no_host")
    return host


def _is_label(part: str) -> bool:
    return len(part) <= LONGEST_LABEL and LABEL.fullmatch(THAI_MARKS.sub("", part)) is not None
