"""What members and the clerk may type in the council room."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from ideas.core.fields import DayField, RadioField, SelectField, at_most, needed, options
from ideas.core.forms import Form
from ideas.council.models import Ending, Stand
from ideas.pipeline.forms import REASONS

NEW_PROGRAM = 0
STANDS = [
    (Stand.SUPPORT, _("Support")),
    (Stand.WITH_CONDITIONS, _("Support with conditions")),
    (Stand.OPPOSE, _("Oppose")),
    (Stand.ABSTAIN, _("Abstain")),
    (Stand.INTEREST, _("I declare an interest")),
]
ENDINGS = [
    (Ending.ADOPTED, _("Adopted: a program takes it up")),
    (Ending.DEFERRED, _("Deferred to a date")),
    (Ending.DECLINED, _("Declined")),
]


class PositionForm(Form):
    """Where a member stands on one idea."""

    stand = RadioField(_("Your position"), choices=options(STANDS))
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

    ending = RadioField(_("What was decided"), choices=options(ENDINGS))
    text = TextAreaField(
        _("The decision in words"), [needed(_("Write what was decided; it is the record.")), at_most(4000)]
    )
    program = SelectField(_("Program"), coerce=int, validate_choice=True, default=NEW_PROGRAM)
    title = StringField(_("Name of the new program"), [at_most(120)])
    department = SelectField(_("Department of the new program"), coerce=int)
    deferred_to = DayField(_("Deferred to"), [Optional()])
    reason = SelectField(_("Reason"), choices=options(REASONS.items()))
    reopen_if = StringField(_("The council would take it up again if …"), [at_most(500)])

    def offer(
        self, *, programs: Iterable[tuple[int, str]], departments: Iterable[tuple[int, str]]
    ) -> ResultForm:
        """The programs and departments to choose from."""
        self.program.choices = [(NEW_PROGRAM, _("Begin a new program")), *programs]
        self.department.choices = list(departments)
        return self
