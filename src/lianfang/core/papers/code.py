"""The code on an issued paper: which paper it is, and a signature that nobody without the key can make."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two signs that nobody confuses: no I, L, O, U."""

LONGEST_ID = 20
SIGNATURE = 16
_KEY_ID = re.compile(rf"[{LETTERS}]{{1,4}}")
_MISREAD = str.maketrans("ILOabcdefghijklmnopqrstuvwxyz", "110ABCDEFGH1JK1MN0PQRSTUVWXYZ")
_GAPS = re.compile(r"[\s\u200b]+")


def sign_code(paper: str, key: bytes, key_id: str) -> str:
    """The code to print on a paper: key id, paper id and signature, at most 64 signs that also survive being typed.

    `paper` is 1 to 20 bytes of UTF-8, `key` at least 16 bytes, `key_id` 1 to 4 of `LETTERS`; else ValueError.
    """
    raw = paper.encode()
    if not 1 <= len(raw) <= LONGEST_ID:
        raise ValueError(
            f"文书编号 {len(raw)} 字节，允许 1–{LONGEST_ID} / paper id of {len(raw)} bytes, 1-{LONGEST_ID} allowed"
        )
    if len(key) < SIGNATURE:
        raise ValueError(
            f"密钥 {len(key)} 字节，至少 {SIGNATURE} / key of {len(key)} bytes, at least {SIGNATURE} needed"
        )
    if not _KEY_ID.fullmatch(key_id):
        raise ValueError(f"密钥编号“{key_id}”，允许 1–4 位 {LETTERS} / key id {key_id!r}, 1-4 of these allowed")
    return f"{key_id}-{_encode(raw)}-{_encode(_signature(raw, key, key_id))}"


def read_code(code: str, keys: Mapping[str, bytes]) -> str | None:
    """The id of the paper a code names, or None if the code was not made with one of the keys.

    `keys` is key id -> key, old keys included. Lower case, spaces and the usual misreadings (O for 0, I and L for 1)
    are put right. A wrong signature is found in constant time.
    """
    parts = _GAPS.sub("", code[:200]).translate(_MISREAD).split("-")
    if len(parts) != 3:
        return None
    key = keys.get(parts[0])
    raw, signature = _decode(parts[1]), _decode(parts[2])
    if not raw or len(raw) > LONGEST_ID or signature is None:
        return None
    # An unknown key takes as long as a known one.
    right = hmac.compare_digest(_signature(raw, key or bytes(SIGNATURE), parts[0]), signature)
    if key is None or not right:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _signature(raw: bytes, key: bytes, key_id: str) -> bytes:
    message = b"lianfang paper\0" + key_id.encode() + b"\0" + raw
    return hmac.new(key, message, hashlib.sha256).digest()[:SIGNATURE]


def _encode(raw: bytes) -> str:
    """Five bits a sign, the last filled with zeros."""
    signs = -(-len(raw) * 8 // 5)
    number = int.from_bytes(raw, "big") << (signs * 5 - len(raw) * 8)
    return "".join(LETTERS[number >> shift & 31] for shift in range(signs * 5 - 5, -1, -5))


def _decode(text: str) -> bytes | None:
    """The bytes of a text, None if it is not exactly what `_encode` makes of them."""
    number = 0
    for sign in text:
        place = LETTERS.find(sign)
        if place < 0:
            return None
        number = number << 5 | place
    spare = len(text) * 5 % 8
    raw = (number >> spare).to_bytes(len(text) * 5 // 8, "big")
    return raw if text and _encode(raw) == text else None
