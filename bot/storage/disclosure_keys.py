"""The key of one disclosure: it seals all its words, and is itself kept only wrapped: for its receivers, and its code.

What it seals is filled up to whole kilobytes, so that a length tells little of what was written.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage import officers
from bot.storage.officers import Half, Officers, Wrap
from bot.storage.sealing import KEY_BYTES, NONCE_BYTES, SealBroken, decode, encode

#: Before what a disclosure's own key seals; envelopes of the service's ring begin otherwise.
OWN, OF_CODE = "d1", "c1"
FULL = 1024


@dataclass(frozen=True)
class OwnKey:
    """The key of a disclosure, opened."""

    raw: bytes
    agency: int
    disclosure: str

    @classmethod
    def new(cls, agency: int, disclosure: str) -> Self:
        """A fresh one."""
        return cls(os.urandom(KEY_BYTES), agency, disclosure)

    @classmethod
    def by_code(cls, envelope: str, code: str, agency: int, disclosure: str) -> Self:
        """The one that is kept under a receipt code; SealBroken where it is another's."""
        where = _where(agency, disclosure, "by_code")
        return cls(_open(envelope, OF_CODE, _of_code(code, agency, disclosure), where), agency, disclosure)

    @classmethod
    def by_reader(cls, ring: Officers, wrap: Wrap, agency: int, disclosure: str) -> Self:
        """The one that is wrapped for a receiver."""
        return cls(ring.unwrap(wrap, agency, disclosure), agency, disclosure)

    def under_code(self, code: str) -> str:
        """The key, to be kept under a receipt code."""
        where = _where(self.agency, self.disclosure, "by_code")
        return _seal(self.raw, OF_CODE, _of_code(code, self.agency, self.disclosure), where)

    def for_reader(self, half: Half) -> Wrap:
        """The key, to be kept for a receiver."""
        return officers.wrap(self.raw, half, self.agency, self.disclosure)

    def of_file(self, file_id: str) -> str:
        """The key of a file that came with it, as keys are written."""
        return encode(_derived(self.raw, f"file|{self.agency}|{self.disclosure}|{file_id}"))

    def seal(self, words: str, *where: str) -> str:
        """An envelope that opens only for the same place in this disclosure."""
        plain = words.encode()
        filled = plain + b" " * (-len(plain) % FULL)  # JSON, so blanks behind it are nothing
        return _seal(filled, OWN, self.raw, _where(self.agency, self.disclosure, *where))

    def open(self, envelope: str, *where: str) -> str:
        """What is inside; SealBroken where it is not of this place."""
        return _open(envelope, OWN, self.raw, _where(self.agency, self.disclosure, *where)).decode()


@dataclass(frozen=True)
class Lookups:
    """By what one code is found: where a disclosure is kept, and in the box, and neither tells the other."""

    kept: str
    box: str

    @classmethod
    def of(cls, pepper: bytes, code: str) -> Self:
        """Those of a code."""
        return cls(*(hmac.new(pepper, f"{label}|{code}".encode(), hashlib.sha256).hexdigest() for label in _LABELS))


_LABELS = ("disclosure", "box")


def _of_code(code: str, agency: int, disclosure: str) -> bytes:
    """80 random bits need no slow derivation."""
    return _derived(code.encode(), f"code|{agency}|{disclosure}")


def _derived(secret: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info.encode()).derive(secret)


def _seal(plain: bytes, kind: str, key: bytes, where: bytes) -> str:
    nonce = os.urandom(NONCE_BYTES)
    return f"{kind}.{encode(nonce)}.{encode(AESGCM(key).encrypt(nonce, plain, where))}"


def _open(envelope: str, kind: str, key: bytes, where: bytes) -> bytes:
    try:
        found, nonce, sealed = envelope.split(".")
        if found != kind:
            raise SealBroken("another kind of envelope")
        return AESGCM(key).decrypt(decode(nonce), decode(sealed), where)
    except (ValueError, InvalidTag) as broken:
        raise SealBroken("an envelope does not open with this disclosure's key") from broken


def _where(agency: int, disclosure: str, *where: str) -> bytes:
    return "|".join((str(agency), disclosure, *where)).encode()
