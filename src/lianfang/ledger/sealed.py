"""Numbers, phones and addresses encrypted at rest, and a keyed index that finds an exact number without opening any."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MARKER = "•"
"""What stands for a sealed text where only its presence matters."""
NONCE, TAG = 12, 16
SHORTEST_SECRET = 32
AES, SM4 = "aes-gcm", "sm4-gcm"
_CODES: Mapping[str, int] = {AES: 1, SM4: 2}


class SealFault(ValueError):
    """A sealed text cannot be opened: its key is not known any more, or it was changed."""


class _Suite(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Sm4:
    """SM4 in GCM mode with the calls of AESGCM."""

    key: bytes

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        decryptor = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, data[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys: `first` seals, all open. A sealed text begins with its suite and the id of its key."""

    first: bytes
    suites: Mapping[bytes, _Suite]


def seal(text: str) -> bytes:
    """The text encrypted: without the key nobody reads it or changes it unnoticed; it never looks the same twice."""
    ring = _ring()
    nonce = os.urandom(NONCE)
    return ring.first + nonce + ring.suites[ring.first].encrypt(nonce, text.encode(), ring.first)


def unseal(sealed: bytes) -> str:
    """The text of a sealed one. SealFault when its key is missing from the settings or the bytes were changed."""
    sealed = bytes(sealed)
    head = _head(sealed)
    suite = _ring().suites.get(head)
    if suite is None:
        raise SealFault(
            f"密钥 {_key_id(head)!r} 不在 LIANFANG_SEAL_KEYS 中；请把旧密钥放回列表末尾"
            f" / key {_key_id(head)!r} is not in LIANFANG_SEAL_KEYS; put the old key back at the end of the list"
        )
    body = sealed[len(head) :]
    try:
        return suite.decrypt(body[:NONCE], body[NONCE:], head).decode()
    except (InvalidTag, ValueError) as fault:
        raise SealFault("密文被改动或密钥不符 / the sealed text was changed, or its key is another one") from fault


def newest_key() -> bytes:
    """What every text begins with that is sealed with the key and the suite that seal today."""
    return _ring().first


def lookup_key(text: str) -> bytes:
    """A keyed digest of a normalised text (16 bytes): the same for the same text, and without the key it says nothing.

    It has a key of its own (LIANFANG_LOOKUP_KEY), so that the index survives a change of the sealing key.
    """
    secret = _secret("LIANFANG_LOOKUP_KEY", str(settings.LIANFANG_LOOKUP_KEY))
    digest = HMAC(_derived("lookup", secret), SM3() if _suite_name() == SM4 else SHA256())
    digest.update(text.encode())
    return digest.finalize()[:16]


def _head(sealed: bytes) -> bytes:
    return sealed[: 2 + sealed[1]] if len(sealed) > 2 else b""


def _key_id(head: bytes) -> str:
    return head[2:].decode("ascii", "replace")


def _ring() -> Ring:
    return _made_ring(tuple(settings.LIANFANG_SEAL_KEYS), _suite_name())


@lru_cache(maxsize=8)
def _made_ring(keys: tuple[str, ...], suite: str) -> Ring:
    """Every key in both suites, each written `id:secret`: a change of suite leaves what was sealed before readable."""
    pairs = [_parted(key.strip()) for key in keys if key.strip()]
    if not pairs or len({id for id, _ in pairs}) < len(pairs):
        raise _refused("LIANFANG_SEAL_KEYS", f"{len(pairs)} keys", "不重名的 编号:密钥", "id:secret, each id once")
    suites: dict[bytes, _Suite] = {}
    for id, secret in pairs:
        key = _derived("seal", secret)
        suites[_named(AES, id)] = AESGCM(key)
        suites[_named(SM4, id)] = _Sm4(_derived("seal sm4", secret)[:16])
    return Ring(_named(suite, pairs[0][0]), suites)


def _named(suite: str, id: str) -> bytes:
    return bytes((_CODES[suite], len(id))) + id.encode("ascii")


def _parted(key: str) -> tuple[str, str]:
    """A key as the settings write it, `id:secret`."""
    id, _, secret = key.partition(":")
    if not (id.isascii() and id.isalnum() and len(id) <= 20):
        raise _refused("LIANFANG_SEAL_KEYS", id, "20 个以内的字母数字作编号", "an id of up to 20 letters and digits")
    return id, _secret("LIANFANG_SEAL_KEYS", secret)


def _secret(name: str, secret: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        length, least = len(secret), SHORTEST_SECRET
        raise _refused(name, f"{length}", f"至少 {least} 个字符的密钥", f"a secret of at least {least} characters")
    return secret


def _suite_name() -> str:
    suite = str(settings.LIANFANG_SEAL_SUITE)
    if suite not in _CODES:
        raise _refused("LIANFANG_SEAL_SUITE", suite, f"{AES} 或 {SM4}", f"{AES} or {SM4}")
    return suite


def _derived(purpose: str, secret: str) -> bytes:
    return sha256(f"lianfang {purpose}\x00{secret}".encode()).digest()


def _refused(name: str, found: str, zh: str, en: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name}:看到 {found!r},应为{zh}。请改正。/ {name}: found {found!r}, allowed: {en}. Correct it."
    )


def seal_columns(values: Mapping[str, str]) -> bytes:
    """The sealed columns of one fact together: column -> text."""
    return seal(json.dumps(values, ensure_ascii=False))


def unseal_columns(sealed: bytes | None) -> dict[str, str]:
    """The sealed columns of one fact; none when it has no sealed ones."""
    if sealed is None:
        return {}
    return {str(name): str(text) for name, text in json.loads(unseal(sealed)).items()}
