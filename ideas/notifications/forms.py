"""What somebody may choose about being told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice  # type: ignore[attr-defined]

from ideas.core.fields import RadioField
from ideas.core.forms import Form
from ideas.notifications.models import MailPace

PACES = [
    SelectChoice(MailPace.AT_ONCE.value, _("At once, a mail for each notice")),
    SelectChoice(MailPace.NONE.value, _("No mail; I read my notices here")),
]


class PaceForm(Form):
    """How often mail may come."""

    pace = RadioField(_("Mail"), choices=PACES)
