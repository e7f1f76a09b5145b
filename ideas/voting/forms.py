"""What is typed at the front desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, StringField

from ideas.accounts.forms import AddressForm
from ideas.accounts.models import AGE_BANDS
from ideas.core.fields import RadioField, SelectField, at_most, needed, options
from ideas.core.forms import Form


class FindForm(AddressForm):
    """Whose account it is."""

    email = EmailField(_("E-mail address of the account"), [needed(_("Type the address of the account."))])


class VerifyForm(Form):
    """What the card or letter of the city says."""

    registry_id = StringField(_("Register number"), [needed(_("Type the register number.")), at_most(60)])
    district = SelectField(_("District"), [needed(_("Choose a district."))])
    age_band = RadioField(
        _("Age"), [needed(_("Choose an age band."))], choices=options((band, band) for band in AGE_BANDS)
    )
