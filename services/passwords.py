"""Passwords: what is accepted as one, and their argon2id hashes."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.errors import InvalidEntry
from services.i18n import _

SHORTEST = 10
LONGEST = 200

_HASHER = PasswordHasher()
# Each hash takes 64 MiB and one core for a moment: a flood of sign-ins must not take them all.
_TURNS = BoundedSemaphore(4)


def check_rules(password: str, username: str) -> None:
    """InvalidEntry (field "password") unless it may be this person's password."""
    if len(password) < SHORTEST:
        raise InvalidEntry(
            _("密码太短，至少需要{count}个字符。").format(count=SHORTEST), "password"
        )
    if len(password) > LONGEST:
        raise InvalidEntry(_("密码太长，最多{count}个字符。").format(count=LONGEST), "password")
    if _typed(password).casefold() == username.casefold():
        raise InvalidEntry(_("密码不能与用户名相同，请换一个密码。"), "password")
    if len(set(password)) < 4:
        raise InvalidEntry(_("密码过于简单，请使用更多不同的字符。"), "password")


def hashed(password: str) -> str:
    """The argon2id hash to keep, with its salt and parameters (RFC 9106)."""
    with _TURNS:
        return _HASHER.hash(_typed(password))


def matches(password: str, kept: str) -> bool:
    """Whether the password has this hash; "" (nobody, or no password) takes as long and fails."""
    with _TURNS:
        try:
            return _HASHER.verify(kept or _dummy(), _typed(password)[:LONGEST]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def _typed(password: str) -> str:
    """Full-width letters of a Chinese input method count as the plain ones."""
    return unicodedata.normalize("NFKC", password)


@cache
def _dummy() -> str:
    return _HASHER.hash("nobody has this password")
