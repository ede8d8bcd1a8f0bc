"""Identifiers in the shapes LINE gives them."""

from __future__ import annotations

import itertools
import re
import secrets
import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
USER_ID = re.compile(r"U[0-9a-f]{32}")
_numbers = itertools.count(580_000_000_000_000_000 + secrets.randbelow(10**15))


def ulid(ms: int) -> str:
    """A ULID: 48 bits of time, 80 of chance, in Crockford's base32."""
    number = (ms << 80) | secrets.randbits(80)
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def message_id() -> str:
    """A number of 18 digits, rising."""
    return str(next(_numbers))


def token(length: int = 32) -> str:
    """An opaque token: reply, quote or read."""
    return secrets.token_hex(length // 2)


def request_id() -> str:
    """What `x-line-request-id` carries."""
    return str(uuid.uuid4())


def is_retry_key(text: str) -> bool:
    """Whether a retry key is a UUID in hexadecimal with hyphens, as LINE demands."""
    return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None
