"""What somebody may choose about being told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from ideas.core.fields import RadioField, options
from ideas.core.forms import Form
from ideas.notifications.models import MailPace

PACES = [
    (MailPace.AT_ONCE, _("At once, a mail for each notice")),
    (MailPace.NONE, _("No mail; I read my notices here")),
]


class PaceForm(Form):
    """How often mail may come."""

    pace = RadioField(_("Mail"), choices=options(PACES))
