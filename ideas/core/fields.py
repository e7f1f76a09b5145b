"""Fields that speak in sentences: money, numbers, days and choices, and what most texts are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import wtforms
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, StopValidation

from ideas.core.amounts import cents_of, number_of
from ideas.core.languages import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
CHOOSE = {
    "invalid_choice_message": lazy_gettext("Choose one of these."),
    "invalid_value_message": lazy_gettext("Choose one of these."),
}

SEVERAL = {
    "invalid_choice_message": lazy_gettext("Choose only from these."),
    "invalid_value_message": lazy_gettext("Choose only from these."),
}


def needed(sentence: Any) -> DataRequired:
    """The field may not be empty; the sentence says what to write."""
    return DataRequired(sentence)


def given(sentence: Any) -> Callable[[Any, Any], None]:
    """For what is read, such as money and days: something must be typed; nonsense has its own sentence."""

    def check(_form: Any, field: Any) -> None:
        if field.data is None and not field.errors:
            raise StopValidation(sentence)

    return check


def at_most(signs: int) -> Length:
    """The text ends somewhere; nothing is cut off, the person is told."""
    return Length(max=signs, message=lazy_gettext("Write at most %(most)s characters.", most=f"{signs:,}"))


class _ReadField(wtforms.StringField):
    """A line that is read by a strict reader; what was typed stays in the field when it refuses."""

    read: Callable[[str], Any]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing typed is None; nonsense is the reader's sentence."""
        text = " ".join(str(valuelist[0]).split()) if valuelist else ""
        self.data: Any = type(self).read(text) if text else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.written()

    def written(self) -> str:
        """The stored value as somebody would type it."""
        return "" if self.data is None else f"{self.data:,.3f}".rstrip("0").rstrip(".")


class MoneyField(_ReadField):
    """Money in the city's currency; `data` is in cents."""

    read = staticmethod(cents_of)

    def written(self) -> str:
        """Cents only where there are any."""
        if self.data is None:
            return ""
        return f"{self.data // 100:,}" + (f".{self.data % 100:02d}" if self.data % 100 else "")


class NumberField(_ReadField):
    """A number with at most three decimals."""

    read = staticmethod(number_of)


class YearField(_ReadField):
    """A year of this age of the city."""

    @staticmethod
    def read(text: str) -> int:
        """Four digits."""
        if not (
            len(text) == 4 and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR
        ):
            raise ValueError(
                _("Write a year between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )
        return int(text)

    def written(self) -> str:
        """Without a mark for thousands."""
        return "" if self.data is None else str(self.data)


class DayField(wtforms.DateField):
    """A day, as the browser's own date field sends it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A day of this age of the city, or a sentence."""
        self.data: Any = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        try:
            day = date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(_("Write the day as year-month-day, such as 2027-02-15."))
        self.data = day


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a list offers, from (value, words)."""
    return [SelectChoice(value=str(value), label=words) for value, words in pairs]


class SelectField(wtforms.SelectField):
    """One of a list."""

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, **{**CHOOSE, **more})


class SelectMultipleField(wtforms.SelectMultipleField):
    """Several of a list; nothing of it reads as a fault of the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(SEVERAL | kwargs))


class RadioField(wtforms.RadioField):
    """One of a few, all of them shown."""

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, **{**CHOOSE, **more})
