"""What an administrator may type about the city, its departments, topics and people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from ideas.accounts.forms import AddressForm, name_field
from ideas.accounts.models import Grant, Role
from ideas.core.fields import (
    DayField,
    RadioField,
    SelectField,
    SelectMultipleField,
    at_most,
    given,
    needed,
    options,
)
from ideas.core.forms import Form

ROLES = {
    Role.MEMBER: _l("Member"),
    Role.MODERATOR: _l("Moderator"),
    Role.OFFICER: _l("Officer"),
    Role.COUNCIL_MEMBER: _l("Council member"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
GRANTS = {
    Grant.FRONT_DESK: _l("Front desk: verifies residents"),
    Grant.CLERK: _l("Clerk: opens shortlists and records meetings"),
    Grant.SECOND: _l("Second: approves what needs two people"),
}
MOST_PEOPLE = 50_000_000


def _number(words: str, least: int, most: int) -> IntegerField:
    sentence = _l("Write a whole number from %(least)s to %(most)s.", least=f"{least:,}", most=f"{most:,}")
    return IntegerField(words, validators=[InputRequired(sentence), NumberRange(least, most, sentence)])


class DepartmentForm(AddressForm):
    """A department's name, address and matters."""

    name = StringField(_l("Name"), validators=[Length(2, 80, _l("A name has 2 to 80 characters."))])
    email = EmailField(
        _l("E-mail address"), validators=[needed(_l("Write the address its reminders go to."))]
    )
    remit = TextAreaField(_l("What it is there for"), validators=[at_most(400)])


class SignedDepartmentForm(DepartmentForm):
    """The same, with who signs its answers off."""

    signer = SelectField(_l("Who signs its answers off"))


class TopicForm(Form):
    """A topic's name, sentence and department."""

    name = StringField(_l("Name"), validators=[Length(2, 40, _l("A name has 2 to 40 characters."))])
    sentence = StringField(_l("In one sentence"), validators=[at_most(160)])
    department = SelectField(_l("Department"))


class CityForm(Form):
    """What the city says about itself, and the few numbers it decides on."""

    name = StringField(
        _l("Name of the city"), validators=[Length(2, 80, _l("A name has 2 to 80 characters."))]
    )
    zone = StringField(_l("Time zone"), validators=[needed(_l("Write a zone like Europe/Lisbon."))])
    currency = StringField(_l("Currency"), validators=[needed(_l("Write three letters like EUR."))])
    languages = StringField(_l("Languages"), validators=[needed(_l("Write codes like en, fr."))])
    population = _number(_l("People who live in the city"), 0, MOST_PEOPLE)
    house_rules = RadioField(
        _l("House rules"),
        choices=options([("eu", _l("European Union")), ("us", _l("United States"))]),
    )
    answer_days = _number(_l("Days until an answer is due"), 1, 365)
    moderation_hours = _number(_l("Working hours until a moderator has looked"), 1, 240)
    appeal_days = _number(_l("Days to appeal"), 1, 366)
    minimum_age = _number(_l("Minimum age"), 6, 21)
    eligible_months = _number(_l("Months until residents confirm again"), 1, 120)
    imprint = TextAreaField(_l("Imprint"), validators=[at_most(2000)])


class PersonForm(AddressForm):
    """Somebody who has not come yet."""

    display_name = name_field(_l("Name that others see"))


class RoleForm(Form):
    """What somebody is to the city."""

    role = SelectField(_l("Role"), choices=options(ROLES.items()))
    department = SelectField(_l("Department"))


class GrantsForm(Form):
    """What somebody may do beside their role."""

    grants = SelectMultipleField(_l("May also do"), choices=options(GRANTS.items()))


class ScopesForm(Form):
    """What a moderator is limited to."""

    topics = SelectMultipleField(_l("Topics"), coerce=int)
    districts = SelectMultipleField(_l("Districts"), coerce=int)


class SuspendForm(Form):
    """Until when somebody may only read."""

    until = DayField(_l("Last day"), validators=[given(_l("Choose the last day."))])
