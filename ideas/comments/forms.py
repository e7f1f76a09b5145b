"""What a person may type under an idea."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from ideas.comments import words as said
from ideas.comments.models import Comment, Stance
from ideas.core.fields import RadioField, at_most, needed
from ideas.core.forms import Form

SHORTEST, LONGEST = 2, 1500
SAY_IT = _("Write what you want to say.")
STANCES = {stance.value: stance.value for stance in Stance}


class CommentForm(Form):
    """A comment or, with `parent`, a reply. The stance of a reply is a note unless it says another."""

    stance = RadioField(validators=[Optional()], choices=STANCES, default=Stance.NOTE)
    body = TextAreaField(validators=[needed(SAY_IT), at_most(LONGEST), Length(min=SHORTEST, message=SAY_IT)])
    parent = HiddenField(validators=[Optional(), Regexp(r"^\d{1,9}$", message=_("Reply from the page."))])

    @property
    def chosen_stance(self) -> Stance:
        """The stance, a note where none was chosen."""
        return Stance(self.stance.data) if self.stance.data in STANCES else Stance.NOTE

    @property
    def words(self) -> str:
        """What was typed."""
        return self.body.data or ""

    @property
    def parent_id(self) -> int | None:
        """The comment this replies to."""
        return int(self.parent.data) if self.parent.data else None


class EditForm(CommentForm):
    """The words of a comment again."""

    @classmethod
    def of(cls, comment: Comment) -> EditForm:
        """The form, as sent or with the comment's words of now."""
        form: EditForm = cls.from_request(stance=comment.stance, body=comment.body)
        form.stance.choices = dict(said.stances())
        form.stance.label.text = said.how_you_stand()
        form.body.label.text = said.your_comment()
        return form
