"""What is typed at the front desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from ideas.accounts.models import AGE_BANDS
from ideas.core.forms import Form

MISSING = _("Fill this in.")
TOO_LONG = _("This is too long.")


class FindForm(Form):
    """Whose account it is."""

    email = StringField(
        _("E-mail address of the account"),
        [InputRequired(MISSING), Length(max=254, message=TOO_LONG)],
    )


class VerifyForm(Form):
    """What the card or letter of the city says."""

    registry_id = StringField(
        _("Register number"), [InputRequired(MISSING), Length(max=60, message=TOO_LONG)]
    )
    district = SelectField(_("District"), [InputRequired(_("Choose a district."))])
    age_band = RadioField(
        _("Age"), [InputRequired(_("Choose an age band."))], choices={band: band for band in AGE_BANDS}
    )
