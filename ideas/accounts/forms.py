"""What people type to come in, and about themselves."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from ideas.accounts.passwords import LONGEST, why_weak
from ideas.core.fields import SelectField
from ideas.core.forms import Form

EMAIL_LONGEST = 254


def folded_address(text: str) -> str:
    """An address as the house keeps it; ValueError with a sentence if it is none."""
    is_test = not current_app.config["SETTINGS"].is_production
    try:
        return validate_email(
            text, check_deliverability=False, test_environment=is_test
        ).normalized.casefold()
    except EmailNotValidError:
        raise ValueError("not an address") from None


class AddressForm(Form):
    """A form with one e-mail address; `address` is its folded form once it was validated."""

    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Type your e-mail address."))],
        render_kw={"autocomplete": "username"},
    )
    address = ""

    def validate_email(self, field: EmailField) -> None:
        """A whole address, of a length that mail servers take."""
        try:
            self.address = folded_address(field.data or "")
        except ValueError:
            raise ValidationError(_("Type the whole address, such as name@example.org.")) from None
        if len(self.address) > EMAIL_LONGEST:
            raise ValidationError(_("This address is too long for a mail server."))


class SignInForm(AddressForm):
    """An address, and a password if the person has set one."""

    password = PasswordField(
        _("Password"),
        [Length(max=LONGEST, message=_("A password has at most 128 characters."))],
        render_kw={"autocomplete": "current-password"},
    )


def _readable(_form: Form, field: StringField) -> None:
    """Nobody is called by marks and signs alone, which nobody can say or search for."""
    if not any(sign.isalnum() for sign in field.data or ""):
        raise ValidationError(_("A name has a letter or a number."))


def name_field(label: Any, **more: Any) -> StringField:
    """What somebody is called here: 2 to 60 characters."""
    asked = [
        InputRequired(_("Type the name that others will see.")),
        Length(2, 60, _("A name has 2 to 60 characters.")),
        _readable,
    ]
    return StringField(label, asked, **more)


class RegisterForm(AddressForm):
    """Who joins."""

    display_name = name_field(_("Name"), render_kw={"autocomplete": "nickname"})
    old_enough = BooleanField(_("I am old enough"), [InputRequired(_("Tick this to join."))])


class CodeForm(Form):
    """Six digits, or for the second factor a printed code; spaces are forgiven."""

    code = StringField(
        _("Code"),
        [InputRequired(_("Type the code.")), Length(max=40, message=_("A code is shorter than this."))],
        filters=[lambda typed: typed.replace(" ", "") if typed else typed],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class AgainForm(Form):
    """The password once more, before something that weighs much."""

    password = PasswordField(
        _("Password"),
        [
            InputRequired(_("Type your password.")),
            Length(max=LONGEST, message=_("A password has at most 128 characters.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """A new password; `about` are words it must not hold."""

    email = HiddenField(render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("New password"),
        [InputRequired(_("Type a new password."))],
        render_kw={"autocomplete": "new-password"},
    )
    about: tuple[str, ...] = ()

    def validate_password(self, field: PasswordField) -> None:
        """Long enough, not too long, and not what everybody tries first."""
        weak = why_weak(field.data or "", about=self.about)
        if weak:
            raise ValidationError(weak)


class ProfileForm(Form):
    """What I am called, and in which language the city writes to me."""

    display_name = name_field(_("Name"), render_kw={"autocomplete": "nickname"})
    locale = SelectField(_("Language of pages and mails"))
