"""What every form shares: the normaliser on every field, and errors in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms import Form as WTForm
from wtforms.meta import DefaultMeta

from ideas.core.errors import Invalid, Refused, TooLate
from ideas.core.text import normalised, one_line

DONE = 303


def _tidy(value: object) -> object:
    return _cleaned(value, normalised)


def _tidy_line(value: object) -> object:
    return _cleaned(value, one_line)


def _cleaned(value: object, clean: Callable[[str], str]) -> object:
    """Refuse in words what no text may hold; a filter's ValueError becomes the field's error."""
    if not isinstance(value, str):
        return value
    try:
        return clean(value).strip()
    except ValueError:
        raise ValueError("This text has characters that cannot be kept. Type it again.") from None


class Form(WTForm):
    """A form of the house. Views name its fields one by one; nothing is ever copied wholesale."""

    class Meta(DefaultMeta):
        """Bind each text field with the normaliser that suits it."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Areas keep their lines, passwords every sign; everything else is one line."""
            kind = unbound_field.field_class
            filters = list(unbound_field.kwargs.get("filters", ()))
            if issubclass(kind, TextAreaField):
                filters.insert(0, _tidy)
            elif issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                filters.insert(0, _tidy_line)
            options["filters"] = filters
            unbound_field = type(unbound_field)(
                kind, *unbound_field.args, **{k: v for k, v in unbound_field.kwargs.items() if k != "filters"}
            )
            return super().bind_field(form, unbound_field, options)

    @classmethod
    def from_request(cls, **defaults: Any) -> Any:
        """The form as it was sent, or filled with what is there now."""
        return cls(request.form if request.method == "POST" else None, **defaults)

    def refuse(self, refused: Refused) -> None:
        """Show a command's sentence at its field or on top; the edge writes what it must remember."""
        g.refused = refused
        field: Field | None = self._fields.get(refused.field or "")
        if field is None:
            self.form_errors.append(refused.message)
        else:
            field.errors = [*field.errors, refused.message]

    def carry_out(self, act: Callable[[], object]) -> int:
        """Do the act if what was typed can be taken; DONE, or the status of a refusal, which it shows."""
        if not self.validate():
            return Invalid.status
        try:
            act()
        except (Invalid, TooLate) as refused:
            self.refuse(refused)
            return refused.status
        return DONE

    @property
    def has_errors(self) -> bool:
        """Whether the summary on top has anything to say."""
        return bool(self.errors)
