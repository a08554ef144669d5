"""Signing in and out, choosing passwords, and the page where an admin looks after the accounts."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import accountnames, accountwords, current, rights, urls
from webapp.accountbook import RIGHTS, ROLES, AccountRefused
from webapp.brake import Brake

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response as AnyResponse

    from webapp.accountbook import Account

blueprint = Blueprint("accounts", __name__)

DEVICE_COOKIE = "known"
"""Holds a name of chance for a browser that signed in to an account before; see `webapp.brake`."""
_A_YEAR = 365 * 24 * 3600


@blueprint.record
def prepare(state: BlueprintSetupState) -> None:
    """Each app has a brake of its own."""
    state.app.extensions["brake"] = Brake()


# signing in and out


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> AnyResponse:
    """Who are you? With a brake on guessing."""
    if request.method == "GET":
        if rights.asker().via in ("session", "machine"):
            return redirect(urls.inside(request.args.get("next")), 303)
        return make_response(_login_page())
    name, password = request.form.get("name", "")[:200], request.form.get("password", "")
    key, address, device = accountnames.key(name), request.remote_addr or "", _device(name)
    brake: Brake = current_app.extensions["brake"]
    if seconds := brake.wait(key, address, device):
        words = ngettext("Bitte warten Sie %(num)s Sekunde.", "Bitte warten Sie %(num)s Sekunden.", seconds)
        answer = make_response(_login_page(_("Das waren zu viele Versuche.") + " " + words, name), 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    account = rights.accounts().check(name, password)
    if account is None:
        brake.note(key, address, device)
        return make_response(_login_page(_("Name und Passwort passen nicht zusammen."), name), 403)
    brake.forgive(key, address, device)
    return _signed_in(account, urls.inside(request.form.get("next")))


@blueprint.route("/logout", methods=["GET", "POST"])
def logout() -> AnyResponse:
    """Sign out; an address that is only looked at asks first."""
    if request.method == "GET":
        if rights.asker().via != "session":
            return redirect(url_for("accounts.login"), 303)
        return make_response(render_template("accounts/logout.html"))
    rights.accounts().end(request.cookies.get(rights.SESSION_COOKIE, ""))
    session.clear()
    flash(_("Sie sind abgemeldet."), "message")
    answer = redirect(url_for("accounts.login"), 303)
    answer.delete_cookie(rights.SESSION_COOKIE)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.route("/login/<secret>", methods=["GET", "POST"])
def link(secret: str) -> AnyResponse:
    """Choose a password by a one-time link; opening it uses nothing up, only choosing does."""
    account, problem = rights.accounts().of_link(secret), ""
    if request.method == "POST":
        try:
            rights.accounts().set_password(account.name, request.form.get("password", ""))
        except AccountRefused as error:
            problem = str(accountwords.REFUSALS[error.reason])
        else:
            current_app.extensions["brake"].forgive(account.key, request.remote_addr or "")
            flash(_("Willkommen, %(name)s! Ihr Passwort ist gespeichert.", name=account.name), "message")
            return _signed_in(rights.accounts().find(account.name), url_for("start.page"))
    page = render_template("accounts/choose.html", account=account, problem=problem, roles=accountwords.ROLES)
    return make_response(page, 422 if problem else 200)


def _login_page(problem: str = "", name: str = "") -> str:
    target = request.values.get("next", "")
    return render_template("accounts/login.html", problem=problem, name=name, target=target)


def _signed_in(account: Account, target: str) -> AnyResponse:
    """A new session, under a secret nobody can have planted."""
    old = request.cookies.get(rights.SESSION_COOKIE)
    if old:
        rights.accounts().end(old)
    notices = session.get("_flashes", [])
    session.clear()
    session["_flashes"] = notices
    answer = redirect(target, 303)
    secret = rights.accounts().begin(account)
    answer.set_cookie(rights.SESSION_COOKIE, secret, httponly=True, samesite="Lax", secure=request.is_secure)
    if not _device(account.name):
        _remember_device(answer, account)
    return answer


def _remember_device(answer: AnyResponse, account: Account) -> None:
    chance = secrets.token_hex(16)
    value = f"{chance}.{_mark(chance, account.key)}"
    answer.set_cookie(
        DEVICE_COOKIE, value, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure, path="/login"
    )


def _device(name: str) -> str:
    """The name of chance of this browser if it signed in to that account before; else ""."""
    chance, _dot, mark = request.cookies.get(DEVICE_COOKIE, "").partition(".")
    return (
        chance if chance and hmac.compare_digest(mark.encode(), _mark(chance, accountnames.key(name)).encode()) else ""
    )


def _mark(chance: str, key: str) -> str:
    secret = current_app.config["SECRET_KEY"]
    key_bytes = secret if isinstance(secret, bytes) else str(secret).encode()
    return hmac.new(key_bytes, f"{chance}.{key}".encode(), "sha256").hexdigest()


# one's own account


@blueprint.route("/account", methods=["GET", "POST"])
def own() -> AnyResponse:
    """Who I am here, and another password."""
    one = rights.asker()
    if one.via != "session":
        return redirect(url_for("accounts.page"), 303)
    problem = ""
    if request.method == "POST":
        problem = _changed_password(one.name)
        if not problem:
            flash(_("Ihr neues Passwort gilt ab sofort; überall sonst sind Sie abgemeldet."), "message")
            return _signed_in(rights.accounts().find(one.name), url_for("accounts.own"))
    page = render_template("accounts/own.html", name=one.name, role=accountwords.ROLES[one.level], problem=problem)
    return make_response(page, 422 if problem else 200)


def _changed_password(name: str) -> str:
    """Change it if the old one fits; what is wrong, or ""."""
    brake: Brake = current_app.extensions["brake"]
    key, address = accountnames.key(name), request.remote_addr or ""
    if brake.wait(key, address, _device(name)):
        return str(_("Das waren zu viele Versuche.")) + " " + str(_("Bitte warten Sie eine Minute."))
    if rights.accounts().check(name, request.form.get("old", "")) is None:
        brake.note(key, address, _device(name))
        return str(_("Das bisherige Passwort stimmt nicht."))
    try:
        rights.accounts().set_password(name, request.form.get("password", ""))
    except AccountRefused as error:
        return str(accountwords.REFUSALS[error.reason])
    return ""


# looking after the accounts


@blueprint.get("/accounts")
def page() -> str:
    """Who may sign in, and as what."""
    return _accounts_page()


@blueprint.post("/accounts")
def change() -> AnyResponse:
    """Do what a button of that page says, and go back to it."""
    steps: dict[str, Callable[[str], AnyResponse | None]] = {
        "add": _add, "role": _give_role, "link": _give_link, "remove": _remove, "token": _give_token, "revoke": _revoke,
    }  # fmt: skip
    step = steps.get(request.form.get("do", "")) or abort(400)
    try:
        answer = step(request.form.get("name", "")[:200])
    except AccountRefused as error:
        return make_response(_accounts_page(problem=str(accountwords.REFUSALS[error.reason])), 422)
    return answer or redirect(url_for("accounts.page"), 303)


def _accounts_page(*, problem: str = "", shown: tuple[str, str] | None = None, token: str = "") -> str:
    """The page; `shown` is a name and a link that is told this once, `token` a secret likewise."""
    book = rights.accounts()
    return render_template(
        "accounts/page.html",
        accounts=book.accounts(),
        tokens=book.tokens(),
        has_admin=book.has_admin(),
        roles=accountwords.ROLES,
        token_rights=accountwords.RIGHTS,
        me=rights.asker(),
        problem=problem,
        shown=shown,
        token=token,
        typed=request.form.get("name", "") if problem and request.form.get("do") == "add" else "",
        in_a_year=current.today() + dt.timedelta(days=365),
        moment=dt.datetime.fromtimestamp,
    )


def _add(name: str) -> Response | None:
    """A new account. The first one belongs to whoever makes it, so they choose their password at once."""
    book = rights.accounts()
    is_first = not book.has_admin()
    if is_first:
        book.choose("secret", secrets.token_hex(32))
    account = book.add(name, "admin" if is_first else request.form.get("role", "reader"))
    if is_first:
        return redirect(url_for("accounts.link", secret=book.make_link(account.name)), 303)  # type: ignore[return-value]  # of werkzeug
    return _link_told(account.name)


def _give_link(name: str) -> Response:
    return _link_told(rights.accounts().find(name).name)


def _link_told(name: str) -> Response:
    address = url_for("accounts.link", secret=rights.accounts().make_link(name), _external=True)
    return make_response(_accounts_page(shown=(name, address)))


def _give_role(name: str) -> None:
    book = rights.accounts()
    role = request.form.get("role", "")
    book.set_role(name, role)
    flash(
        _("%(name)s %(does)s ab jetzt und muss sich neu anmelden.", name=name, does=accountwords.ROLES[role][0]),
        "message",
    )


def _remove(name: str) -> None:
    rights.accounts().remove(name)
    flash(_("Das Konto %(name)s ist entfernt.", name=name), "message")


def _give_token(name: str) -> Response:
    asked, day = request.form.get("rights", ""), request.form.get("expires", "")
    if asked not in RIGHTS:
        abort(400)
    try:
        expires = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max).timestamp()
    except (ValueError, OverflowError):
        return make_response(_accounts_page(problem=_("Bitte einen Tag angeben, an dem der Schlüssel endet.")), 422)
    return make_response(_accounts_page(token=rights.accounts().make_token(name, asked, expires)))


def _revoke(number: str) -> None:
    if number.isdecimal() and len(number) < 10:
        rights.accounts().revoke(int(number))
    flash(_("Der Schlüssel gilt nicht mehr."), "message")


@blueprint.app_context_processor
def signed_in() -> dict[str, object]:
    """Who is signed in, for the head of every page; the roles for its words."""
    return {"me": rights.asker(), "role_words": {role: accountwords.ROLES[role][0] for role in ROLES}}
