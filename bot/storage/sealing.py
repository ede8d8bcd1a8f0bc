"""Seals what a copy of the database must not tell: AES-256-GCM under a ring of keys.

An envelope is `v1.kid.nonce.ciphertext`, each part base64url, `kid` the first 8 hex digits of the key's SHA-256. The
first key of the ring seals, every key opens. The associated data says where the envelope belongs, so that one moved to
another row does not open.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from bot.storage.officers import Officers

KEY_BYTES = 32
NONCE_BYTES = 12
ENVELOPE = re.compile(r"v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22,}", re.ASCII)


class SealBroken(Exception):
    """An envelope does not open: another key ring, another row, or tampering."""


class UnknownKey(SealBroken):
    """An envelope was sealed under a key that is not in the ring: it may open where that key is."""


class BadKey(ValueError):
    """A key is not 32 bytes in base64url."""


def new_key() -> str:
    """A fresh key as it is written in the environment."""
    return encode(os.urandom(KEY_BYTES))


class KeyRing:
    """Keys in order: the first writes, all read.

    `officers` is the ring of those who receive disclosures, in a process that knows it.
    """

    def __init__(self, keys: Sequence[str], officers: "Officers | None" = None) -> None:
        if not keys:
            raise BadKey("a key ring needs at least one key")
        raw = [raw_key(text) for text in keys]
        self.officers = officers
        self._ciphers = {kid_of(key): AESGCM(key) for key in raw}
        self._first = kid_of(raw[0])
        self._lookups = [
            HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"lookup").derive(key) for key in raw
        ]
        self._lasting = min(self._lookups)

    def seal(self, plain: bytes, *where: object) -> str:
        """An envelope of `plain` that opens only for the same `where` (agency, table, column, row)."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, plain, _where(where))
        return f"v1.{self._first}.{encode(nonce)}.{encode(sealed)}"

    def open(self, envelope: str, *where: object) -> bytes:
        """What is inside `envelope`; SealBroken where it does not belong or no key fits."""
        try:
            version, kid, nonce, sealed = envelope.split(".")
            if version != "v1":
                raise SealBroken(f"unknown envelope version {version[:8]}")
            if kid not in self._ciphers:
                raise UnknownKey("an envelope was sealed with a key that is not in the ring")
            return self._ciphers[kid].decrypt(decode(nonce), decode(sealed), _where(where))
        except (ValueError, InvalidTag) as broken:
            raise SealBroken("an envelope does not open with these keys") from broken

    def seal_text(self, plain: str, *where: object) -> str:
        """Seal a text."""
        return self.seal(plain.encode(), *where)

    def open_text(self, envelope: str, *where: object) -> str:
        """Open a sealed text."""
        return self.open(envelope, *where).decode()

    def keep_text(self, plain: str, *where: object) -> str:
        """What a column holds that may be empty: an empty text stays so, all else is sealed."""
        return self.seal_text(plain, *where) if plain else plain

    def read_text(self, kept: str, *where: object) -> str:
        """What `keep_text` kept. Rows of releases that did not seal the column yet are read as they are."""
        return self.open_text(kept, *where) if ENVELOPE.fullmatch(kept) else kept

    def lookup(self, *parts: object) -> str:
        """A keyed hash under which a sealed value can be found again."""
        return self.lookups(*parts)[0]

    def lasting_lookup(self, *parts: object) -> str:
        """A keyed hash that hangs on which keys there are, not on their order.

        So it changes once while a new key takes an old one's place: when the one comes, or when the other goes.
        """
        return hmac.new(self._lasting, _where(parts), hashlib.sha256).hexdigest()

    def knows(self, envelope: str) -> bool:
        """Whether the key that `envelope` was sealed under is in the ring."""
        return any(envelope.startswith(f"v1.{kid}.") for kid in self._ciphers)

    def is_newest(self, envelope: str) -> bool:
        """Whether `envelope` was sealed under the first key."""
        return envelope.startswith(f"v1.{self._first}.")

    def lookups(self, *parts: object) -> list[str]:
        """The keyed hashes of every key: a value may have been kept before the newest one."""
        return [hmac.new(key, _where(parts), hashlib.sha256).hexdigest() for key in self._lookups]


def raw_key(text: str) -> bytes:
    """The 32 bytes of a key as it is written; BadKey where it is none."""
    try:
        key = _bytes(text.strip())
    except ValueError as bad:
        raise BadKey(f"a key is not base64url of {KEY_BYTES} bytes") from bad
    if len(key) != KEY_BYTES:
        raise BadKey(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def kid_of(key: bytes) -> str:
    """What tells one key from another, and nothing of the key."""
    return hashlib.sha256(key).hexdigest()[:8]


def _where(parts: Sequence[object]) -> bytes:
    return "|".join(map(str, parts)).encode()


def encode(raw: bytes) -> str:
    """Base64url without the signs that only fill up."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes that `encode` wrote so; ValueError for any other text, so that nothing opens under two names."""
    raw = _bytes(text)
    if encode(raw) != text:
        raise ValueError("base64url, but not as it was written")
    return raw


def _bytes(text: str) -> bytes:
    return binascii.a2b_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))
