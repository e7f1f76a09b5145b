"""What the desk types about one idea. Each field's id is its own: several forms stand on one page."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, TextAreaField

from ideas.accounts.models import Department
from ideas.board.models import Idea
from ideas.core.city import city
from ideas.core.fields import DayField, MoneyField, RadioField, SelectField, at_most, needed, options
from ideas.core.forms import Form
from ideas.pipeline.models import HOLDING_ANSWERS, AnswerKind, Feasibility, Reason

TEXT, ANSWER = 2_000, 6_000
NEVER_SEEN = datetime.min.replace(tzinfo=UTC)
REASONS = {
    Reason.NOT_FEASIBLE: _l("It cannot be done"),
    Reason.ALREADY_PLANNED: _l("It is planned already"),
    Reason.NOT_CITY_COMPETENCE: _l("It is not for the city to decide"),
    Reason.TOO_COSTLY: _l("It costs too much"),
    Reason.LAW: _l("The law does not allow it"),
}
FINDINGS = {
    Feasibility.FEASIBLE: _l("It can be done"),
    Feasibility.WITH_CONDITIONS: _l("It can be done with conditions"),
    Feasibility.NOT_FEASIBLE: _l("It cannot be done"),
}
KINDS = {
    AnswerKind.HOLDING: _l("Holding answer: we need longer, and say until when"),
    AnswerKind.DECIDING: _l("Deciding answer: this is what the city will do"),
    AnswerKind.REPLY: _l("Reply: the city owes nothing now, and writes all the same"),
}


def _public_text(id_: str, label: Any, sentence: Any, most: int = TEXT) -> TextAreaField:
    return TextAreaField(label, [needed(sentence), at_most(most)], id=id_)


class ReviewForm(Form):
    """Take under review."""

    department_id = SelectField(_l("Who answers"), id="review-department")
    text = _public_text("review-text", _l("What everybody will read"), _l("Say why it goes under review."))

    @classmethod
    def offering(cls, departments: list[Department], idea: Idea, sent: Any = None) -> Any:
        """With the topic's department chosen."""
        form = cls(sent, data={"department_id": str(idea.topic.department_id)})
        form.department_id.choices = options((row.id, row.name) for row in departments)
        return form


class DraftForm(Form):
    """An answer on its way. `seen_at` tells a colleague's later save from the one that was read."""

    kind = RadioField(_l("What kind of answer"), id="draft-kind")
    body = _public_text("draft-body", _l("The answer"), _l("Write the answer."), ANSWER)
    new_due_on = DayField(_l("We will decide by"), id="draft-new-due")
    shows_name = BooleanField(_l("Sign with my name beside the department’s"), id="draft-name")
    seen_at = HiddenField(id="draft-seen")
    colleagues_text = ""

    @classmethod
    def offering(cls, idea: Idea, sent: Any = None, **now: Any) -> Any:
        """With the kinds that are possible now."""
        kinds = kinds_for(idea)
        form = cls(sent, data={"kind": kinds[0], **now})
        form.kind.choices = options((kind, KINDS[kind]) for kind in kinds)
        return form

    @property
    def new_due_at(self) -> datetime | None:
        """The end of the chosen day in the city's zone."""
        if self.new_due_on.data is None or self.kind.data != AnswerKind.HOLDING:
            return None
        return datetime.combine(self.new_due_on.data, time(23, 59), city().zoneinfo)

    @property
    def seen(self) -> datetime:
        """When the writer last read the draft; before all time where there was none."""
        return moment_of(self.seen_at.data)


class SignForm(Form):
    """The version that was read."""

    seen_at = HiddenField(id="sign-seen")
    colleagues_text = ""

    @property
    def seen(self) -> datetime:
        """When the signer last read the answer."""
        return moment_of(self.seen_at.data)


class ReturnForm(Form):
    """Give an answer back."""

    why = _public_text("return-why", _l("What has to change"), _l("Say what has to change."))


class AssessForm(Form):
    """Cost and feasibility."""

    feasibility = RadioField(
        _l("What did you find"),
        choices=options(FINDINGS.items()),
        id="assess-feasibility",
    )
    cost = MoneyField(_l("What it would cost"), id="assess-cost")
    text = _public_text("assess-text", _l("How you know"), _l("Say how you know, in a few sentences."))


class DeclineForm(Form):
    """Say no."""

    reason = SelectField(_l("Reason"), choices=options(REASONS.items()), id="decline-reason")
    text = _public_text("decline-text", _l("Why, in full"), _l("Say why, so that its author understands."))
    reopen_if = _public_text(
        "decline-reopen", _l("We would reopen it if …"), _l("Say what would have to change."), 500
    )


class ReopenForm(Form):
    """Open a declined idea again."""

    text = _public_text("reopen-text", _l("What everybody will read"), _l("Say what has changed."))


def kinds_for(idea: Idea) -> list[AnswerKind]:
    """The answers that the clock allows now."""
    if idea.answer_due_at is None:
        return [AnswerKind.REPLY]
    if idea.answer_moves >= HOLDING_ANSWERS:
        return [AnswerKind.DECIDING]
    return [AnswerKind.HOLDING, AnswerKind.DECIDING]


def moment_of(text: str | None) -> datetime:
    """A moment as the page wrote it; before all time when there is none or it is nonsense."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return NEVER_SEEN
    return moment if moment.tzinfo else NEVER_SEEN
