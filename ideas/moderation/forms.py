"""What somebody types to report, and a moderator to decide."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Optional

from ideas.core.fields import RadioField, at_most, needed
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


class ReportForm(Form):
    """Which rule is broken, and words if somebody likes."""

    rule = RadioField(
        _l("Which rule is broken?"),
        choices=_rule_choices,
        validators=[needed(_l("Choose the rule that is broken."))],
    )
    words = TextAreaField(_l("What should the moderator know?"), validators=[at_most(LONGEST_REPORT)])


class DecideForm(Form):
    """A verdict; hiding names a rule and has words for the author."""

    verdict = HiddenField(validators=[AnyOf(DECISIONS, message=_l("Press one of the buttons."))])
    rule = RadioField(_l("Rule"), choices=_rule_choices, validators=[Optional()])
    text = TextAreaField(_l("What the author will read"), validators=[at_most(LONGEST_TEXT)])

    @property
    def chosen(self) -> dict[str, Any]:
        """The verdict with the rule and the words that go with it."""
        rule = self.rule.data if self.rule.data in NUMBERS else ""
        return {"verdict": Verdict(self.verdict.data or ""), "rule": rule, "text": self.text.data or ""}


class RestoreForm(Form):
    """Why something is put back."""

    text = TextAreaField(
        _l("Why it is put back"),
        validators=[
            needed(_l("Write why it is put back; its author reads it.")),
            at_most(LONGEST_TEXT),
        ],
    )


class NoteForm(Form):
    """Words for colleagues."""

    note = TextAreaField(_l("Note for colleagues"), validators=[at_most(LONGEST_TEXT)])
