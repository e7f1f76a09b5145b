"""What members and the clerk may type in the council room."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, StringField, TextAreaField  # type: ignore[attr-defined]
from wtforms.validators import Optional

from ideas.core.fields import DayField, RadioField, SelectField, at_most, needed
from ideas.core.forms import Form
from ideas.council.models import Ending, Stand

NEW_PROGRAM = 0
STANDS = [
    SelectChoice(Stand.SUPPORT.value, _("Support")),
    SelectChoice(Stand.WITH_CONDITIONS.value, _("Support with conditions")),
    SelectChoice(Stand.OPPOSE.value, _("Oppose")),
    SelectChoice(Stand.ABSTAIN.value, _("Abstain")),
    SelectChoice(Stand.INTEREST.value, _("I declare an interest")),
]
ENDINGS = [
    SelectChoice(Ending.ADOPTED.value, _("Adopted: a program takes it up")),
    SelectChoice(Ending.DEFERRED.value, _("Deferred to a date")),
    SelectChoice(Ending.DECLINED.value, _("Declined")),
]
REASONS = [
    SelectChoice("not_feasible", _("It cannot be done")),
    SelectChoice("already_planned", _("It is planned already")),
    SelectChoice("not_city_competence", _("It is not for the city to do")),
    SelectChoice("too_costly", _("It costs too much")),
    SelectChoice("law", _("A law stands against it")),
]


class PositionForm(Form):
    """Where a member stands on one idea."""

    stand = RadioField(_("Your position"), choices=STANDS)
    conditions = TextAreaField(_("Conditions, or the interest"), [at_most(2000)])


class NoteForm(Form):
    """A note that only its author reads."""

    text = TextAreaField(_("Your note"), [at_most(8000)])


class MeetingForm(Form):
    """Call a meeting."""

    title = StringField(_("Name of the meeting"), [needed(_("Give the meeting a name.")), at_most(120)])
    held_on = DayField(_("Day"), [needed(_("Say on which day."))])


class ResultForm(Form):
    """What the meeting decided on one idea."""

    ending = RadioField(_("What was decided"), choices=ENDINGS)
    text = TextAreaField(
        _("The decision in words"), [needed(_("Write what was decided; it is the record.")), at_most(4000)]
    )
    program = SelectField(_("Program"), coerce=int, validate_choice=True, default=NEW_PROGRAM)
    title = StringField(_("Name of the new program"), [at_most(120)])
    department = SelectField(_("Department of the new program"), coerce=int)
    deferred_to = DayField(_("Deferred to"), [Optional()])
    reason = SelectField(_("Reason"), choices=REASONS)
    reopen_if = StringField(_("The council would take it up again if …"), [at_most(500)])

    def offer(
        self, *, programs: Iterable[tuple[int, str]], departments: Iterable[tuple[int, str]]
    ) -> ResultForm:
        """The programs and departments to choose from."""
        self.program.choices = [(NEW_PROGRAM, _("Begin a new program")), *programs]
        self.department.choices = list(departments)
        return self
