"""What a department types about its programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from ideas.accounts.models import Department
from ideas.core.fields import (
    DayField,
    MoneyField,
    NumberField,
    SelectField,
    YearField,
    at_most,
    given,
    needed,
    options,
)
from ideas.core.forms import Form
from ideas.places.models import District
from ideas.programs.models import ProgramStatus

TITLE, SUMMARY, TEXT, UPDATE = 120, 600, 2_000, 6_000
ELSEWHERE = "0"
STATUSES = {
    ProgramStatus.PLANNED: _l("Planned"),
    ProgramStatus.IN_DELIVERY: _l("In delivery: the work has begun"),
    ProgramStatus.DELIVERED: _l("Delivered: the city says it is done"),
    ProgramStatus.STOPPED: _l("Stopped"),
}


class ProgramForm(Form):
    """The words of a program."""

    title = StringField(_l("Title"), [needed(_l("Give it a title.")), at_most(TITLE)])
    summary = TextAreaField(
        _l("What it does, in two sentences"), [needed(_l("Say what it does.")), at_most(SUMMARY)]
    )
    district_id = SelectField(_l("District"))
    place = StringField(_l("Place"), [at_most(TITLE)])

    @classmethod
    def offering(cls, districts: Iterable[District], sent: Any = None, **now: Any) -> Any:
        """With the districts of the city."""
        form = cls(sent, data={"district_id": ELSEWHERE, **now})
        form.district_id.choices = options(
            [(ELSEWHERE, _l("The whole city")), *((row.id, row.name) for row in districts)]
        )
        return form


class NewProgramForm(ProgramForm):
    """A new one also names the department that runs it."""

    department_id = SelectField(_l("Department"))

    @classmethod
    def of(cls, departments: Iterable[Department], districts: Iterable[District], sent: Any) -> Any:
        """With the departments this person may begin one for."""
        form = cls.offering(districts, sent)
        form.department_id.choices = options((row.id, row.name) for row in departments)
        return form


class MilestoneForm(Form):
    """A step and its day."""

    title = StringField(
        _l("What will be done"), [needed(_l("Say what will be done.")), at_most(TITLE)], id="milestone-title"
    )
    planned_on = DayField(
        _l("Planned for"), [given(_l("Say for which day it is planned."))], id="milestone-planned-on"
    )


class SlipForm(Form):
    """A day that moves."""

    to = DayField(_l("New date"), [given(_l("Say the new date."))])
    reason = StringField(
        _l("Why it moves"), [needed(_l("Say why: the reason stays beside the date.")), at_most(300)]
    )


class DoneForm(Form):
    """A step that is done."""

    done_on = DayField(_l("Done on"), [given(_l("Say on which day it was done."))])
    evidence = TextAreaField(
        _l("How anybody can see it"),
        [needed(_l("Say how anybody can see it: a photo, minutes, a place to look.")), at_most(TEXT)],
    )


class UpdateForm(Form):
    """News for everybody."""

    title = StringField(
        _l("Headline"), [needed(_l("Give it a headline.")), at_most(TITLE)], id="update-title"
    )
    body = TextAreaField(
        _l("What happened"), [needed(_l("Say what happened.")), at_most(UPDATE)], id="update-body"
    )


class BudgetForm(Form):
    """The money of one year."""

    year = YearField(_l("Year"), [given(_l("Write the year as four digits."))])
    planned = MoneyField(_l("Planned"), [given(_l("Say what is planned, 0 if nothing is."))])
    spent = MoneyField(_l("Spent until now"))


class OutcomeForm(Form):
    """What the program is measured by."""

    indicator = StringField(_l("What is measured"), [needed(_l("Say what is measured.")), at_most(TITLE)])
    baseline = NumberField(_l("Before"), [given(_l("Say how it was before."))])
    target = NumberField(_l("Goal"), [given(_l("Say what the goal is."))])
    value = NumberField(_l("Now"))


class StatusForm(Form):
    """How far the program is."""

    to = SelectField(_l("New status"), id="status-to")
    text = TextAreaField(
        _l("What everybody will read"), [needed(_l("Say what this means.")), at_most(TEXT)], id="status-text"
    )

    @classmethod
    def offering(cls, now: ProgramStatus, sent: Any = None) -> Any:
        """With every status but the present one."""
        form = cls(sent)
        form.to.choices = options((key, words) for key, words in STATUSES.items() if key is not now)
        return form
