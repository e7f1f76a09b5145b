"""What a person may type about an idea. The limits live here, so that imports and old rows may differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField, ValidationError

from ideas.board.models import Topic
from ideas.calls.models import Call
from ideas.core.fields import SelectField
from ideas.core.forms import Form
from ideas.core.languages import gettext
from ideas.places.models import District

TITLE = (10, 120)
BODY = (40, 4000)
PLACE = 120
REASON = (10, 1000)


def _between(field: Any, least: int, most: int, words: str) -> None:
    """Say how long it is and how long it may be; nothing is ever cut off."""
    length = len(field.data or "")
    if length < least:
        raise ValidationError(
            gettext("Write at least %(least)s characters: %(words)s.", least=least, words=words)
        )
    if length > most:
        raise ValidationError(
            gettext("It has %(length)s characters; %(most)s fit. Shorten it.", length=length, most=most)
        )


class _Words(Form):
    title = StringField(_("Title"), description=_("What should change, and where, in one line."))
    body = TextAreaField(
        _("Your idea"),
        description=_("What is it like now? What should the city do? Who would be better off?"),
    )

    def validate_title(self, field: Any) -> None:
        """10 to 120 characters."""
        _between(field, *TITLE, gettext("say what should change, and where"))

    def validate_body(self, field: Any) -> None:
        """40 to 4,000 characters."""
        _between(field, *BODY, gettext("say what should change, and why"))


class IdeaForm(_Words):
    """A new idea. `offer` says what there is to choose from."""

    topic = SelectField(_("Topic"), validate_choice=False)
    district = SelectField(_("District"), validate_choice=False)
    place = StringField(
        _("Place"), description=_("A street, a square, a stop: as people there would say it.")
    )
    call = SelectField(
        _("Call"),
        validate_choice=False,
        description=_("A call has its own dates and rules, and often a budget."),
    )

    def offer(self, topics: Sequence[Topic], districts: Sequence[District], calls: Sequence[Call]) -> None:
        """Fill the choices by their words in the address."""
        self.topic.choices = [("", gettext("Choose a topic")), *((each.slug, each.name) for each in topics)]
        self.district.choices = [
            ("", gettext("The whole city")),
            *((each.slug, each.name) for each in districts),
        ]
        self.call.choices = [(each.slug, each.title) for each in calls]

    def validate_topic(self, field: Any) -> None:
        """One of the topics."""
        if not field.data or not _is_offered(field):
            raise ValidationError(gettext("Choose the topic that fits best."))

    def validate_district(self, field: Any) -> None:
        """One of the districts, or none."""
        if not _is_offered(field):
            raise ValidationError(gettext("Choose a district, or the whole city."))

    def validate_place(self, field: Any) -> None:
        """A few words."""
        _between(field, 0, PLACE, "")

    def validate_call(self, field: Any) -> None:
        """A call that takes ideas now."""
        if not _is_offered(field):
            raise ValidationError(gettext("This call takes no ideas now. Choose another one."))


class EditForm(_Words):
    """New words for an idea; `seen` is the number of the words that were changed."""

    seen = HiddenField()


class WithdrawForm(Form):
    """Why somebody takes an idea back."""

    reason = TextAreaField(
        _("Why you withdraw it"), description=_("Everybody can read this in the case file of the idea.")
    )

    def validate_reason(self, field: Any) -> None:
        """10 to 1,000 characters."""
        _between(field, *REASON, gettext("your supporters want to know why"))


def _is_offered(field: Any) -> bool:
    return (field.data or "") in {value for value, _label in field.choices}
