"""Passwords: which are good enough, how they are kept, and the secrets we make up ourselves."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 500
"""Beyond it a password is a way to keep the server busy."""

_hasher = PasswordHasher()
_turns = threading.Semaphore(2)
"""Each takes 64 MB and a processor; more at a time would only make all of them slower."""


def flaw(password: str, name: str) -> str:
    """What is wrong with a new password: "short", "long", "simple" (the name, one sign, a row of signs); "" if nothing.

    Length is what counts; rules about signs only lead to "Passwort1!".
    Source: NIST SP 800-63B, 5.1.1.2.
    """
    text = _same(password)
    if len(text) < SHORTEST:
        return "short"
    if len(text) > LONGEST:
        return "long"
    plain = text.casefold()
    words = {name.casefold(), "pankenetz", "pankstrasse", "quartiersmanagement", "passwort", "password"} - {""}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    steps = {ord(two) - ord(one) for one, two in itertools.pairwise(plain)}
    is_row = len(steps) == 1 and steps <= {-1, 0, 1}
    return "simple" if len(rest) < 4 or len(set(plain)) < 4 or is_row or plain in "1234567890" * 3 else ""


def hashed(password: str) -> str:
    """As argon2id keeps it."""
    with _turns:
        return _hasher.hash(_same(password))


@cache
def _nobodys() -> str:
    """A password nobody has. Made when it is first needed: every start and every command would wait for it."""
    return _hasher.hash(secrets.token_hex())


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long for an account that is not there or has none yet (None)."""
    if len(password) > LONGEST:
        return False
    with _turns:
        nobodys = _nobodys()  # also where it is not needed: the first to come must not tell either
        try:
            return _hasher.verify(kept or nobodys, _same(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether it was kept in a way that is too weak by now."""
    return _hasher.check_needs_rehash(kept)


def secret() -> str:
    """A secret nobody can guess, for a session, a link or a program."""
    return secrets.token_urlsafe(32)


def fingerprint(made_up: str) -> str:
    """How one of our own secrets is kept: it has 256 bits of chance, so a plain hash is enough."""
    return hashlib.sha256(made_up.encode()).hexdigest()


def _same(password: str) -> str:
    """One Unicode form: keyboards of telephones and of desks differ in it."""
    return unicodedata.normalize("NFKC", password)
