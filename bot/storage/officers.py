"""The receivers' pairs of keys, and the ring that their private halves are derived from.

A private half is never kept: it is derived from a key of ITABOT_SEALED_KEYS, which only the worker knows. What is
wrapped for a receiver says which key of the ring that was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.storage.sealing import KEY_BYTES, KeyRing, SealBroken, UnknownKey, decode, encode, kid_of, raw_key

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class Half:
    """The public half of a receiver, and the key of the ring that its private one comes from."""

    person: str
    kid: str
    public: str


@dataclass(frozen=True)
class Wrap:
    """A disclosure's key, wrapped for one receiver."""

    person: str
    kid: str
    wrapped: str


class Officers:
    """The ring of ITABOT_SEALED_KEYS: the first key makes new pairs, all open what was wrapped."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.drafts = KeyRing(keys)  # seals what is being told, while it is told
        self._keys = {kid_of(raw): raw for raw in map(raw_key, keys)}
        self.first = next(iter(self._keys))

    def has(self, kid: str) -> bool:
        """Whether a key of the ring is at hand."""
        return kid in self._keys

    def half(self, agency: int, person: str) -> Half:
        """The public half of a receiver under the first key."""
        public = self._private(self.first, agency, person).public_key()
        return Half(person, self.first, encode(public.public_bytes_raw()))

    def unwrap(self, wrap: Wrap, agency: int, disclosure: str) -> bytes:
        """The key that was wrapped; UnknownKey where the ring has not that key, SealBroken where it does not fit."""
        if wrap.kid not in self._keys:
            raise UnknownKey("a key was wrapped under a ring that is not at hand")
        private = self._private(wrap.kid, agency, wrap.person)
        try:
            return SUITE.decrypt(decode(wrap.wrapped), private, _where(agency, disclosure, wrap.person))
        except (ValueError, InvalidTag) as broken:
            raise SealBroken("a wrapped key does not open") from broken

    def _private(self, kid: str, agency: int, person: str) -> X25519PrivateKey:
        info = f"officer|{agency}|{person}".encode()
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self._keys[kid])
        return X25519PrivateKey.from_private_bytes(derived)


def wrap(key: bytes, half: Half, agency: int, disclosure: str) -> Wrap:
    """Wrap a disclosure's key for a receiver: whoever wraps need not be able to open."""
    public = X25519PublicKey.from_public_bytes(decode(half.public))
    wrapped = SUITE.encrypt(key, public, _where(agency, disclosure, half.person))
    return Wrap(half.person, half.kid, encode(wrapped))


def _where(agency: int, disclosure: str, person: str) -> bytes:
    return f"{agency}|{disclosure}|{person}".encode()
