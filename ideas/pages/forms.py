"""A form with one field of each kind, for the style guide."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from ideas.core.fields import RadioField, SelectField
from ideas.core.forms import Form


class SampleForm(Form):
    """Nothing is ever sent with it."""

    title = StringField(
        "A short title",
        [Length(10, 120, "A title has 10 to 120 characters.")],
        description="What should be different, and where?",
    )
    body = TextAreaField("Your idea", [Length(40, 4000, "Say a little more: at least 40 characters.")])
    topic = SelectField(
        "Topic",
        choices=[SelectChoice(word.lower(), word) for word in ("Streets", "Parks")],
    )
    stance = RadioField(
        "How you stand to it",
        choices=[SelectChoice(word.lower(), word) for word in ("For", "Against", "Question")],
        default="for",
    )
    tick = BooleanField("I am 14 or older", [InputRequired("You must be 14 or older.")])
