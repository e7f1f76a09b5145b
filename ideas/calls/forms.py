"""What an administrator may type about a call and its phases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import DateTimeLocalInput

from ideas.accounts.models import Level
from ideas.calls.models import Phase
from ideas.core.city import city
from ideas.core.errors import Refused
from ideas.core.fields import FIRST_YEAR, LAST_YEAR, MoneyField, RadioField, at_most, options
from ideas.core.forms import Form
from ideas.core.languages import gettext as _

MOST_PHASES = 8
MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(StringField):
    """A day and a time in the city's zone; `data` is in UTC, None where nothing was typed."""

    widget = DateTimeLocalInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what the browser's own field sends, with or without seconds."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data: Any = None
        if text:
            self.data = _moment(text).replace(tzinfo=city().zoneinfo).astimezone(UTC)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(city().zoneinfo).strftime(MOMENT) if self.data else ""


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(_("Write day and time, such as 2027-02-15 09:00."))
    return moment


class CallForm(Form):
    """A call's words, money and who counts in it."""

    title = StringField(
        _l("Title"), validators=[Length(4, 80, message=_l("A title has 4 to 80 characters."))]
    )
    summary = StringField(_l("In one sentence"), validators=[at_most(240)])
    body = TextAreaField(_l("What it is about"), validators=[at_most(8000)])
    budget = MoneyField(_l("Budget"))
    counts = RadioField(
        _l("Whose support counts"),
        choices=options(
            [
                (Level.VERIFIED, _l("Verified residents")),
                (Level.ATTESTED, _l("Everybody who says where they live and confirmed it")),
            ]
        ),
        default=Level.VERIFIED.value,
    )


class PhasesForm(Form):
    """Up to eight phases in their order; a row without a name is left out."""

    def plans(self) -> list[dict[str, Any]]:
        """The rows that have a name, as PhasePlan takes them."""
        keys = ("name", "accepts_ideas", "accepts_support", "opens_at", "closes_at")
        fields = ("name", "ideas", "support", "opens", "closes")
        return [
            {key: self[f"{field}_{row}"].data for key, field in zip(keys, fields, strict=True)}
            for row in self.named_rows()
        ]

    def named_rows(self) -> list[int]:
        """The numbers of the rows in use."""
        return [row for row in range(1, MOST_PHASES + 1) if self[f"name_{row}"].data]

    def shown_rows(self) -> list[int]:
        """The rows in use and one to spare."""
        used = max([*self.named_rows(), 1])
        return list(range(1, min(used + 1, MOST_PHASES) + 1))

    def refuse(self, refused: Refused) -> None:
        """A command counts the phases; here each stands in its row."""
        field, _sign, place = (refused.field or "").rpartition("_")
        if field and place.isdecimal() and int(place) <= len(self.named_rows()):
            refused.field = f"{field}_{self.named_rows()[int(place) - 1]}"
        super().refuse(refused)

    @staticmethod
    def typed(phases: list[Phase]) -> dict[str, Any]:
        """What the form holds for phases that are there."""
        held: dict[str, Any] = {}
        for row, phase in enumerate(phases, 1):
            held |= {
                f"name_{row}": phase.name,
                f"ideas_{row}": phase.accepts_ideas,
                f"support_{row}": phase.accepts_support,
                f"opens_{row}": phase.opens_at,
                f"closes_{row}": phase.closes_at,
            }
        return held


for _row in range(1, MOST_PHASES + 1):
    setattr(
        PhasesForm,
        f"name_{_row}",
        StringField(_l("Name of phase %(row)s", row=_row), validators=[at_most(40)]),
    )
    setattr(PhasesForm, f"opens_{_row}", MomentField(_l("Opens")))
    setattr(PhasesForm, f"closes_{_row}", MomentField(_l("Closes")))
    setattr(PhasesForm, f"ideas_{_row}", BooleanField(_l("Takes ideas")))
    setattr(PhasesForm, f"support_{_row}", BooleanField(_l("Takes support")))


class NewCallForm(CallForm, PhasesForm):
    """A call and its phases on one page."""
