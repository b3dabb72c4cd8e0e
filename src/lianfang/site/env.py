"""Settings come from the environment: a word, a number, yes or no, a secret. A wrong one stops the start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off", ""})


def envtext(name: str, default: str) -> str:
    """A setting as text; `NAME_FILE` names a file that holds it instead, as container secrets do."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise refused(f"{name}_FILE", file, "可以读的文件", "a file that can be read") from fault


def envbool(name: str, default: bool) -> bool:
    """A setting that is yes or no."""
    text = envtext(name, "yes" if default else "no").strip().lower()
    if text not in YES | NO:
        raise refused(name, text, "yes 或 no", "yes or no")
    return text in YES


def envint(name: str, default: int, least: int = 0) -> int:
    """A setting that is a whole number, at least `least`."""
    text = envtext(name, str(default)).strip()
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise refused(name, text, f"不小于 {least} 的整数", f"a whole number, {least} or more")
    return int(text)


def envlist(name: str, default: str) -> list[str]:
    """A setting that is a list of words, separated by commas."""
    return [word.strip() for word in envtext(name, default).split(",") if word.strip()]


def envsecret(name: str, kept_in: Path, lead: str = "") -> str:
    """A secret from the environment, else the one kept in a file that only the owner reads; made once.

    A made secret is `lead` and 48 random bytes in URL-safe base64.
    """
    if given := envtext(name, ""):
        return given
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        _keep(kept_in, lead + secrets.token_urlsafe(48))
    return kept_in.read_text(encoding="ascii").strip()


def _keep(file: Path, secret: str) -> None:
    """Write the secret; a second process that comes at the same moment keeps the first one's."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(secret)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def refused(name: str, found: str, allowed_zh: str, allowed_en: str) -> ImproperlyConfigured:
    """The error about one setting: where, what was found, what is allowed, what to do."""
    return ImproperlyConfigured(
        f"环境变量 {name}：值是“{found}”，应为{allowed_zh}。请改正后再启动。\n"
        f"Environment variable {name}: found {found!r}, allowed is {allowed_en}. Correct it and start again."
    )
