"""What an administrator may type about districts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from ideas.core.forms import Form
from ideas.places.plan import LONGEST, MOST_PEOPLE, SHORTEST


class DistrictForm(Form):
    """A district's name and people."""

    name = StringField(
        _l("Name"),
        validators=[Length(SHORTEST, LONGEST, message=_l("A name has 2 to 60 characters."))],
    )
    population = IntegerField(
        _l("People who live there"),
        validators=[
            InputRequired(_l("Write a whole number, such as 32000.")),
            NumberRange(0, MOST_PEOPLE, message=_l("Write a number from 0 to 50,000,000.")),
        ],
    )


class FileForm(Form):
    """The city's map, as its own office publishes it."""

    file = FileField(_l("GeoJSON file"))
