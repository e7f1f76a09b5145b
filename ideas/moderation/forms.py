"""What somebody types to report, and a moderator to decide."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from ideas.core.forms import Form
from ideas.core.languages import gettext as _
from ideas.moderation.house_rules import EU, NUMBERS
from ideas.moderation.models import Verdict

LONGEST_TEXT, LONGEST_REPORT = 2000, 1000
DECISIONS = [Verdict.PUBLISHED, Verdict.KEPT, Verdict.HIDDEN]


def _rule_choices() -> dict[str, str]:
    return {
        rule.number: _("%(title)s · rule %(number)s", title=rule.title, number=rule.number) for rule in EU
    }


def _too_long(most: int) -> Length:
    return Length(max=most, message=f"At most {most:,} characters. Shorten it, please.")


class ReportForm(Form):
    """Which rule is broken, and words if somebody likes."""

    rule = RadioField(
        lazy_gettext("Which rule is broken?"),
        choices=_rule_choices,
        validators=[InputRequired("Choose the rule that is broken.")],
    )
    words = TextAreaField(
        lazy_gettext("What should the moderator know?"), validators=[_too_long(LONGEST_REPORT)]
    )


class DecideForm(Form):
    """A verdict; hiding names a rule and has words for the author."""

    verdict = HiddenField(validators=[AnyOf(DECISIONS, message="Press one of the buttons.")])
    rule = RadioField(lazy_gettext("Rule"), choices=_rule_choices, validators=[Optional()])
    text = TextAreaField(lazy_gettext("What the author will read"), validators=[_too_long(LONGEST_TEXT)])

    @property
    def chosen(self) -> dict[str, Any]:
        """The verdict with the rule and the words that go with it."""
        rule = self.rule.data if self.rule.data in NUMBERS else ""
        return {"verdict": Verdict(self.verdict.data or ""), "rule": rule, "text": self.text.data or ""}


class RestoreForm(Form):
    """Why something is put back."""

    text = TextAreaField(
        lazy_gettext("Why it is put back"),
        validators=[InputRequired("Write why it is put back; its author reads it."), _too_long(LONGEST_TEXT)],
    )


class NoteForm(Form):
    """Words for colleagues."""

    note = TextAreaField(lazy_gettext("Note for colleagues"), validators=[_too_long(LONGEST_TEXT)])
