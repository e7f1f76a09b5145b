"""The door: a code or a password, the second factor, proving it again, joining, and leaving."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ideas.accounts import commands, queries, rules
from ideas.accounts.codes import digits_at
from ideas.accounts.forms import AgainForm, CodeForm, RegisterForm, SignInForm
from ideas.accounts.models import Person, Role
from ideas.accounts.queries import viewer
from ideas.config import Mode
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.errors import Invalid, Refused, TooLate
from ideas.core.forms import Form
from ideas.core.fragments import form_page, redirect_saying
from ideas.core.languages import gettext as _
from ideas.core.languages import locale_code
from ideas.core.limits import by_address, limiter
from ideas.core.security import before_second_factor, requires, safe_path
from ideas.core.sessions import begin_session, end_session, is_proven, refresh_session
from ideas.core.tokens import browser_id
from ideas.core.transactions import transaction

bp = Blueprint("accounts", __name__)

wrong_tries = limiter.shared_limit(
    "10 per 5 minutes",
    scope="sign-in",
    key_func=by_address,
    methods=["POST"],
    deduct_when=lambda _response: bool(g.get("wrong_try")),
)
asked_codes = limiter.shared_limit("30 per 5 minutes", scope="codes", key_func=by_address, methods=["POST"])


def wanted(otherwise: str = "") -> str:
    """Where the visitor was going, as long as it is a place of this site."""
    return safe_path(request.values.get("next"), otherwise=otherwise)


def refuse(form: Form, refused: Refused) -> None:
    """Show the sentence in its place, and count a wrong try against the address it came from."""
    g.wrong_try = True
    form.refuse(refused)


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(rules.anyone)
@wrong_tries
@asked_codes
def sign_in() -> AnyResponse:
    """Ask for a code, or come in with a password."""
    if request.method == "GET" and viewer().is_authenticated:
        return redirect(wanted("/"))
    form = SignInForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            if form.password.data or request.form.get("way") == "password":
                return _by_password(form.address, form.password.data or "")
            return _send_code(form.address)
        except (Invalid, TooLate) as refused:
            refuse(form, refused)
    return form_page("accounts/sign_in.html", form=form, to=wanted())


def _by_password(address: str, password: str) -> AnyResponse:
    if not password:
        raise Invalid(_("Type your password, or ask for a code."), field="password")
    with transaction():
        commands.spend_try(address, of="password")
    return _enter(commands.sign_in_with_password(address, password))


def _send_code(address: str, display_name: str = "") -> AnyResponse:
    commands.ask_for_code(address, browser=browser_id(), display_name=display_name, locale=locale_code())
    return redirect(url_for("accounts.code", next=wanted() or None), 303)


@bp.route("/register", methods=["GET", "POST"])
@requires(rules.anyone)
@asked_codes
def register() -> AnyResponse:
    """Join: a name and an address, which the code then proves."""
    if request.method == "GET" and viewer().is_authenticated:
        return redirect(wanted("/"))
    form = RegisterForm.from_request()
    form.old_enough.label.text = _("I am %(age)d or older", age=city().minimum_age)
    if request.method == "POST" and form.validate():
        return _send_code(form.address, form.display_name.data)
    return form_page("accounts/register.html", form=form, to=wanted())


@bp.route("/sign-in/code", methods=["GET", "POST"])
@requires(rules.anyone)
@wrong_tries
def code() -> AnyResponse:
    """Type the code that was mailed; five tries, in the browser that asked for it."""
    form = CodeForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            return _enter(_owner_of_code(form.code.data))
        except (Invalid, TooLate) as refused:
            refuse(form, refused)
    asked = queries.code_of_browser(browser_id())
    if asked is None:
        return redirect(url_for("accounts.sign_in", next=wanted() or None), 303)
    return form_page("accounts/code.html", form=form, to=wanted(), asked=asked, demo_mail=_demo_mail())


def _owner_of_code(typed: str) -> Person:
    with transaction():
        asked = commands.spend_code_try(browser=browser_id())
    return commands.confirm_code(asked, typed, browser=browser_id(), locale=locale_code())


@bp.post("/sign-in/code/new")
@requires(rules.anyone)
@asked_codes
def new_code() -> AnyResponse:
    """The same again: a new code to the same address."""
    asked = queries.code_of_browser(browser_id())
    if asked is None:
        return redirect(url_for("accounts.sign_in", next=wanted() or None), 303)
    return _send_code(asked.email, asked.display_name)


@bp.route("/sign-in/second-step", methods=["GET", "POST"])
@requires(rules.signed_in)
@before_second_factor
@wrong_tries
def second_step() -> AnyResponse:
    """Staff and council members: the app's digits or a printed code, after the first proof."""
    person = queries.me()
    if is_proven() or not _owes_second_factor(person):
        return redirect(wanted(_home_of(person)), 303)
    if person.totp_confirmed_at is None:
        return redirect(url_for("me.second_factor", next=wanted() or None), 303)
    form = CodeForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            return _prove(person, form.code.data)
        except (Invalid, TooLate) as refused:
            refuse(form, refused)
    return form_page("accounts/second_step.html", form=form, to=wanted(), demo_digits=_demo_digits(person))


def _prove(person: Person, typed: str) -> AnyResponse:
    with transaction():
        commands.spend_try(str(person.id), of="second factor")
    commands.check_second_factor(person, typed)
    begin_session(person.id, proven=True)
    return _welcome(person)


@bp.route("/sign-in/again", methods=["GET", "POST"])
@requires(rules.signed_in)
@wrong_tries
@asked_codes
def again() -> AnyResponse:
    """Prove once more who you are, before something that weighs much."""
    person, way = queries.me(), request.form.get("way")
    password, typed = AgainForm.from_request(), CodeForm.from_request()
    form: Form = password if way == "password" else typed
    try:
        if way == "send":
            commands.ask_for_code(person.email or "", browser=browser_id(), locale=person.locale)
            return redirect(url_for("accounts.again", next=wanted() or None, sent="yes"), 303)
        if request.method == "POST" and form.validate():
            _prove_again(person, password=password.data.get("password"), code=typed.data.get("code"), way=way)
            return redirect(wanted("/me"), 303)
    except (Invalid, TooLate) as refused:
        refuse(form, refused)
    is_sent = "sent" in request.args or way == "code"
    return form_page(
        "accounts/again.html",
        form=form if request.method == "POST" else None,
        password=password if person.password_hash else None,
        code=typed if is_sent else None,
        to=wanted(),
        demo_mail=_demo_mail() if is_sent else "",
    )


def _prove_again(person: Person, *, password: str, code: str, way: str | None) -> None:
    if way == "password":
        with transaction():
            commands.spend_try(person.email or "", of="password")
        proved = commands.sign_in_with_password(person.email or "", password)
    else:
        proved = _owner_of_code(code)
    if proved.id != person.id:
        raise Invalid(_("This belongs to another account."))
    refresh_session()


@bp.post("/sign-out")
@requires(rules.anyone)
@before_second_factor
def sign_out() -> AnyResponse:
    """Leave; the session is gone on the server too."""
    end_session()
    return redirect_saying("/", _("You are signed out."))


def _enter(person: Person) -> AnyResponse:
    """Begin the session; those who work for the city go on to their second factor."""
    owes = _owes_second_factor(person)
    if owes and person.totp_secret is None:
        commands.prepare_second_factor(person)
    begin_session(person.id)
    if owes:
        return redirect(url_for("accounts.second_step", next=wanted() or None), 303)
    return _welcome(person)


def _welcome(person: Person) -> Response:
    words = _("You are signed in as %(name)s.", name=person.display_name)
    return redirect_saying(wanted(_home_of(person)), words)


def _owes_second_factor(person: Person) -> bool:
    return current_app.config["SETTINGS"].staff_second_factor and person.needs_second_factor


def _home_of(person: Person) -> str:
    if person.role is Role.COUNCIL_MEMBER:
        return "/council-room"
    return "/desk" if person.is_staff else "/"


def _is_demo_without_mail() -> bool:
    settings = current_app.config["SETTINGS"]
    return settings.mode is Mode.DEMO and not settings.smtp_url


def _demo_digits(person: Person) -> str:
    """What the app on a phone would show: in a demo nobody has that phone."""
    if not _is_demo_without_mail() or person.totp_secret is None:
        return ""
    return digits_at(person.totp_secret, at=town_now().timestamp())


def _demo_mail() -> str:
    """A demo that sends no mail shows it, so that its visitors can come in."""
    if not _is_demo_without_mail():
        return ""
    asked = queries.code_of_browser(browser_id())
    return queries.demo_mail(asked) if asked is not None else ""
