"""The book of accounts: who may sign in, who is signed in, which programs may ask. Kept beside the graph, never in it.

A SQLite file of the data directory that only its owner may read. Server and command line may have it open at the same
time; what one writes the other sees with the next request.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import Final

from graph.errors import PankenetzError, StoreUnwritable
from webapp import accountnames, passwords
from webapp.accountfile import AccountFile

ROLES: Final = ("reader", "editor", "admin")
RIGHTS: Final = ("query", "update")
IDLE, LONGEST = 2 * 3600.0, 12 * 3600.0
"""Seconds after which a session ends: unused, and in any case (a working day)."""
LINK_LASTS: Final = 3 * 24 * 3600.0
_NOTED: Final = 60.0
"""Seconds between two notes that a session is in use: a note costs a write to the disk."""


@dataclass(eq=False)
class AccountRefused(PankenetzError):  # noqa: N818  # as its siblings in graph.errors
    """Something about accounts that cannot be done.

    Attributes:
        reason: "name", "taken", "short", "long", "simple", "role", "unknown", "last admin", "link".
        name: of the account.
    """

    reason: str
    name: str = ""


@dataclass(frozen=True)
class Account:
    """One person who may sign in.

    Attributes:
        key: what tells accounts apart.
        name: as it is shown, and stands in the history.
        role: one of `ROLES`.
        has_password: False until the person has chosen one.
        seen: when the person last signed in (seconds since 1970), None for never.
    """

    key: str
    name: str
    role: str
    has_password: bool
    seen: float | None


@dataclass(frozen=True)
class Token:
    """A program that may ask in a person's name; `rights` is "query" or "update", `expires` in seconds since 1970."""

    id: int
    account: str
    rights: str
    expires: float | None


class Book(AccountFile):
    """Accounts, sessions, one-time links and tokens. Threads may share it.

    Args:
        folder: the data directory; None keeps all in memory. The file is made with the first account.
        clock: seconds since 1970.

    Raises:
        StoreDamaged: the file is there and not readable.
    """

    # accounts

    def accounts(self) -> list[Account]:
        """All of them, by name."""
        rows = self.rows("SELECT key, name, role, password IS NOT NULL, seen FROM account ORDER BY key")
        return [Account(key, name, role, bool(has), seen) for key, name, role, has, seen in rows]

    def find(self, name: str) -> Account:
        """The account of that name, however it is typed.

        Raises:
            AccountRefused: there is none ("unknown").
        """
        key = accountnames.key(name)
        for account in self.accounts():
            if account.key == key:
                return account
        raise AccountRefused("unknown", name)

    def mark(self, name: str) -> str:
        """What stands for an account in the lines of the server, whose readers need no names; "" if there is none."""
        rows = self.rows("SELECT key, created FROM account WHERE key = ?", accountnames.key(name))
        return f"account {passwords.fingerprint(f'{rows[0][1]} {rows[0][0]}')[:6]}" if rows else ""

    def has_admin(self) -> bool:
        """Whether somebody can sign in who may do everything."""
        return bool(self.rows("SELECT 1 FROM account WHERE role = 'admin' AND password IS NOT NULL LIMIT 1"))

    def add(self, name: str, role: str) -> Account:
        """A new account, without a password yet.

        Raises:
            AccountRefused: "name", "taken" (also by one that looks alike), "role".
        """
        shown = accountnames.written(name)
        if not shown:
            raise AccountRefused("name", name)
        _require_role(role)
        with self.writing() as book:
            try:
                values = (accountnames.key(shown), shown, role, self.clock())
                book.execute("INSERT INTO account (key, name, role, created) VALUES (?, ?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise AccountRefused("taken", shown) from error
        return self.find(shown)

    def set_role(self, name: str, role: str) -> None:
        """Another role, at once: the person must sign in again. The last admin stays one."""
        _require_role(role)
        account = self.find(name)
        with self.writing() as book:
            if role != "admin":
                self._keep_an_admin(account)
            book.execute("UPDATE account SET role = ? WHERE key = ?", (role, account.key))
            book.execute("DELETE FROM session WHERE key = ?", (account.key,))

    def remove(self, name: str) -> None:
        """Take an account away with its sessions, links and tokens, at once. What it did stays in the history."""
        account = self.find(name)
        with self.writing() as book:
            self._keep_an_admin(account)
            book.execute("DELETE FROM account WHERE key = ?", (account.key,))

    def set_password(self, name: str, password: str) -> None:
        """Keep a new password; all sessions and links of the account end.

        Raises:
            AccountRefused: "short", "long" or "simple".
        """
        account = self.find(name)
        if flaw := passwords.flaw(password, account.name):
            raise AccountRefused(flaw, account.name)
        kept = passwords.hashed(password)
        with self.writing() as book:
            book.execute("UPDATE account SET password = ? WHERE key = ?", (kept, account.key))
            for table in ("session", "link"):
                book.execute(f"DELETE FROM {table} WHERE key = ?", (account.key,))  # noqa: S608  # two names of ours

    def check(self, name: str, password: str) -> Account | None:
        """The account if name and password fit; None, after the same time, for whatever does not."""
        rows = self.rows("SELECT password, name FROM account WHERE key = ?", accountnames.key(name))
        kept = rows[0][0] if rows else None
        if not passwords.fits(kept, password) or kept is None:
            return None
        if passwords.is_outdated(kept):
            with self.writing() as book:
                again = (passwords.hashed(password), accountnames.key(name))
                book.execute("UPDATE account SET password = ? WHERE key = ?", again)
        return self.find(rows[0][1])

    # sessions

    def begin(self, account: Account) -> str:
        """Sign somebody in: the secret for their browser."""
        secret, now = passwords.secret(), self.clock()
        with self.writing() as book:
            book.execute("DELETE FROM session WHERE seen < ? OR begun < ?", (now - IDLE, now - LONGEST))
            values = (passwords.fingerprint(secret), account.key, now, now)
            book.execute("INSERT INTO session (hash, key, begun, seen) VALUES (?, ?, ?, ?)", values)
            book.execute("UPDATE account SET seen = ? WHERE key = ?", (now, account.key))
        return secret

    def of_session(self, secret: str) -> Account | None:
        """Who is signed in with that secret; None if it is none, or over."""
        found = self.rows(
            "SELECT account.name, account.role, begun, session.seen, account.key FROM session "
            "JOIN account USING (key) WHERE hash = ?",
            passwords.fingerprint(secret),
        )
        if not found:
            return None
        name, role, begun, seen, key = found[0]
        now = self.clock()
        if abs(now - seen) > IDLE or abs(now - begun) > LONGEST:  # a clock that went back must not lengthen it
            return None
        if abs(now - seen) > _NOTED:
            # A disk that is full must not keep people from reading; the session ends a little early then.
            with contextlib.suppress(StoreUnwritable), self.writing() as book:
                book.execute("UPDATE session SET seen = ? WHERE hash = ?", (now, passwords.fingerprint(secret)))
        return Account(key, name, role, has_password=True, seen=seen)

    def end(self, secret: str) -> None:
        """Sign out."""
        with self.writing() as book:
            book.execute("DELETE FROM session WHERE hash = ?", (passwords.fingerprint(secret),))

    # one-time links

    def make_link(self, name: str) -> str:
        """The secret of a link by which the person chooses a password, once; an earlier link is void."""
        account, secret = self.find(name), passwords.secret()
        with self.writing() as book:
            book.execute("DELETE FROM link WHERE key = ? OR expires < ?", (account.key, self.clock()))
            values = (passwords.fingerprint(secret), account.key, self.clock() + LINK_LASTS)
            book.execute("INSERT INTO link (hash, key, expires) VALUES (?, ?, ?)", values)
        return secret

    def of_link(self, secret: str) -> Account:
        """Whose link it is.

        Raises:
            AccountRefused: used, too old, or none of ours ("link").
        """
        query = "SELECT account.name FROM link JOIN account USING (key) WHERE hash = ? AND expires > ?"
        rows = self.rows(query, passwords.fingerprint(secret), self.clock())
        if not rows:
            raise AccountRefused("link")
        return self.find(rows[0][0])

    # tokens

    def make_token(self, name: str, rights: str, expires: float | None) -> str:
        """The secret of a new token, shown this once."""
        account, secret = self.find(name), passwords.secret()
        with self.writing() as book:
            values = (passwords.fingerprint(secret), account.key, rights, expires, self.clock())
            book.execute("INSERT INTO token (hash, key, rights, expires, created) VALUES (?, ?, ?, ?, ?)", values)
        return secret

    def tokens(self) -> list[Token]:
        """All of them that are still good, by account."""
        query = (
            "SELECT id, account.name, rights, expires FROM token JOIN account USING (key) "
            "WHERE expires IS NULL OR expires > ? ORDER BY account.key, id"
        )
        return [Token(*row) for row in self.rows(query, self.clock())]

    def of_token(self, secret: str) -> tuple[Account, str] | None:
        """The account a program asks for, and its rights; None if the token is none, or over."""
        query = (
            "SELECT account.name, rights FROM token JOIN account USING (key) "
            "WHERE hash = ? AND (expires IS NULL OR expires > ?)"
        )
        rows = self.rows(query, passwords.fingerprint(secret), self.clock())
        return (self.find(rows[0][0]), rows[0][1]) if rows else None

    def revoke(self, token: int) -> None:
        """End a token at once."""
        with self.writing() as book:
            book.execute("DELETE FROM token WHERE id = ?", (token,))

    # settings

    def setting(self, name: str, default: str = "") -> str:
        """What the admin chose."""
        rows = self.rows("SELECT value FROM setting WHERE name = ?", name)
        return str(rows[0][0]) if rows else default

    def choose(self, name: str, value: str) -> None:
        """Keep what the admin chose."""
        with self.writing() as book:
            book.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))

    def _keep_an_admin(self, account: Account) -> None:
        others = "SELECT 1 FROM account WHERE role = 'admin' AND password IS NOT NULL AND key != ? LIMIT 1"
        if account.role == "admin" and account.has_password and not self.rows(others, account.key):
            raise AccountRefused("last admin", account.name)


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise AccountRefused("role", role)
