"""My page: who I am to the city, what I did here, and how I come in."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ideas.accounts import commands, passwords, queries, rules
from ideas.accounts.codes import app_address
from ideas.accounts.forms import CodeForm, PasswordForm, ProfileForm
from ideas.accounts.models import Person
from ideas.accounts.pictures import qr_code
from ideas.accounts.views.sign_in import refuse, wanted, wrong_tries
from ideas.core.city import city
from ideas.core.errors import Invalid, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.languages import names_of_languages
from ideas.core.security import before_second_factor, fresh, requires
from ideas.core.sessions import begin_session, is_proven, presented_id
from ideas.core.transactions import reading, transaction

bp = Blueprint("me", __name__, url_prefix="/me")


@bp.get("")
@requires(rules.signed_in)
def show() -> AnyResponse:
    """Everything of mine on one page."""
    person = queries.me()
    return render_page(
        "accounts/me.html",
        residency=queries.residency_of(person),
        department=queries.department_of(person),
        ideas=queries.ideas_of(person),
        supported=queries.supported_by(person),
        comments=queries.comments_of(person),
        sessions=queries.sessions_of(person, here=presented_id()),
        languages=names_of_languages(),
    )


@bp.route("/profile", methods=["GET", "POST"])
@requires(rules.members)
def profile() -> AnyResponse:
    """My name and my language."""
    person = queries.me()
    form = ProfileForm.from_request(display_name=person.display_name, locale=person.locale)
    form.locale.choices = list(names_of_languages().items())
    if request.method == "POST" and form.validate():
        commands.change_profile(person, display_name=form.display_name.data, locale=form.locale.data)
        return redirect_saying(url_for("me.show"), _("Changed."))
    return form_page("accounts/profile.html", form=form)


@bp.route("/password", methods=["GET", "POST"])
@requires(rules.signed_in)
@fresh
def password() -> AnyResponse:
    """Set a password, or another one; every other browser is signed out."""
    with reading():
        person = queries.me()
    form = PasswordForm.from_request(email=person.email)
    form.about = _own_words(person)
    if request.method == "POST" and form.validate():
        hashed = passwords.hashed(form.password.data)
        commands.set_password(person, password_hash=hashed, here=presented_id())
        return redirect_saying(url_for("me.show"), _("Your password is set. Other browsers were signed out."))
    return form_page("accounts/password.html", form=form)


def _own_words(person: Person) -> tuple[str, ...]:
    """What a password of this person must not hold."""
    return (*person.display_name.split(), *(person.email or "").split("@")[:1])


@bp.post("/sessions/end")
@requires(rules.signed_in)
def end_sessions() -> AnyResponse:
    """Sign out everywhere but here."""
    commands.sign_out_elsewhere(queries.me(), here=presented_id())
    return redirect_saying(url_for("me.show"), _("You are signed out everywhere else."))


@bp.route("/second-factor", methods=["GET", "POST"])
@requires(rules.second_factor_people)
@before_second_factor
@wrong_tries
def second_factor() -> AnyResponse:
    """Scan, type the first digits, and get the printed codes once; later, how it stands."""
    person = queries.me()
    if person.totp_confirmed_at is not None:
        return _how_it_stands(person)
    form = CodeForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            return _confirm(person, form.code.data)
        except (Invalid, TooLate) as refused:
            refuse(form, refused)
    secret = person.totp_secret or ""
    return form_page(
        "accounts/second_factor.html",
        form=form,
        secret=secret,
        picture=_picture(person) if secret else "",
        to=wanted(),
    )


def _picture(person: Person) -> str:
    """What the app scans, once there is a secret to be scanned."""
    address = app_address(person.totp_secret or "", email=person.email or "", city=city().name)
    return qr_code(address)


def _how_it_stands(person: Person) -> AnyResponse:
    if not is_proven():
        return redirect(url_for("accounts.second_step", next=wanted() or None), 303)
    left = queries.recovery_codes_left(person)
    return render_page("accounts/second_factor_set.html", since=person.totp_confirmed_at, left=left)


def _confirm(person: Person, typed: str) -> AnyResponse:
    with transaction():
        commands.spend_try(str(person.id), of="second factor")
    codes = commands.confirm_second_factor(person, typed)
    begin_session(person.id, proven=True)
    return render_page("accounts/recovery_codes.html", codes=codes, to=wanted("/me"))


@bp.post("/second-factor/begin")
@requires(rules.second_factor_people)
@before_second_factor
def begin_second_factor() -> AnyResponse:
    """Make the secret to scan, for those who have none yet."""
    person = queries.me()
    if person.totp_confirmed_at is None:
        commands.prepare_second_factor(person)
    return redirect(url_for("me.second_factor", next=wanted() or None), 303)


@bp.post("/second-factor/renew")
@requires(rules.second_factor_people)
@fresh
def renew_second_factor() -> AnyResponse:
    """Another phone: a new secret to scan."""
    commands.prepare_second_factor(queries.me())
    return redirect(url_for("me.second_factor"), 303)


@bp.post("/recovery-codes")
@requires(rules.second_factor_people)
@fresh
def recovery_codes() -> AnyResponse:
    """Eight new printed codes, shown once; the old ones are dead."""
    codes = commands.renew_recovery_codes(queries.me())
    return render_page("accounts/recovery_codes.html", codes=codes, to="/me")
