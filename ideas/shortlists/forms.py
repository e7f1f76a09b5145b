"""What the clerk may type about a shortlist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from ideas.core.fields import MoneyField, SelectField, at_most, given, needed
from ideas.core.forms import Form


def public_text(label: Any) -> Any:
    """A text that stands in the case file of each idea it is about."""
    return TextAreaField(label, [needed(_("Say it in a sentence or two; it is public.")), at_most(2000)])


class BudgetForm(Form):
    """How much there is."""

    budget = MoneyField(_("Budget"), [given(_("Say how much there is."))])


class OpenForm(BudgetForm):
    """Open a shortlist for a call."""

    call = SelectField(_("Call"), coerce=int)


class IdeaForm(Form):
    """Put an idea on the list, or take it off."""

    idea = SelectField(_("Idea"), coerce=int)
    text = public_text(_("What the case file says"))

    def offer(self, ideas: Iterable[tuple[int, str]]) -> IdeaForm:
        """The ideas to choose from."""
        self.idea.choices = list(ideas)
        return self


class SendForm(Form):
    """Lay the list before the council."""

    text = public_text(_("What the case file of each idea says"))
