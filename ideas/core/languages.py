"""Words, dates, numbers and money as the reader's language and the city's zone have them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from flask_login import current_user

from ideas.core.city import city, city_day
from ideas.core.clock import town_now

babel = Babel()
_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)

DAYS_ARE_COUNTED_TO = 61
MINUTE = timedelta(minutes=1)


def init_app(app: Flask) -> None:
    """Filters for templates; the language is the reader's if the city speaks it."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=_language, timezone_selector=lambda: city().zone)
    app.jinja_env.filters.update(
        date=spoken_date,
        datetime=spoken_datetime,
        opening=spoken_opening,
        closing=spoken_closing,
        ago=ago,
        number=number,
        money=money,
        percent=percent,
    )
    app.before_request(_ask_again)
    app.teardown_request(_ask_again)
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext, now=town_now, locale=locale_code)


def _language() -> str:
    known = languages_here()
    if not has_request_context():
        return known[0]
    if current_user.is_authenticated and current_user.locale in known:
        return str(current_user.locale)
    return request.accept_languages.best_match(known) or known[0]


def languages_here() -> list[str]:
    """The city's languages that the house has words in; a page never claims another one."""
    written = {str(locale) for locale in babel.list_translations()} | {"en"}
    return [code for code in city().languages if code in written] or ["en"]


def _ask_again(_fault: BaseException | None = None) -> None:
    """A new request may have another reader."""
    _speaking.set(None)


def spoken() -> str:
    """The code of the language that is spoken now, found once per request: every word asks for it."""
    held = _speaking.get()
    if held is None:
        held = str(get_locale() or "en")
        if has_request_context():
            _speaking.set(held)
    return held


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak another language for a while: a mail has its own reader."""
    token = _speaking.set(locale)
    try:
        with force_locale(locale):
            yield
    finally:
        _speaking.reset(token)


def N_(words: str) -> str:  # noqa: N802 - the field's name for it
    """Mark a sentence for translation where it is kept; it is translated where it is said."""
    return words


def gettext(words: str, /, **values: object) -> str:
    """The sentence in the reader's language, with the values filled in."""
    sentence = _translated(spoken(), words)
    return sentence % values if values else sentence


@lru_cache(maxsize=8192)
def _translated(_locale: str, words: str) -> str:
    return str(get_domain().get_translations().ugettext(words))


@lru_cache(maxsize=8192)
def _counted(_locale: str, one: str, many: str, count: int) -> str:
    return str(get_domain().get_translations().ungettext(one, many, count))


class _Count(int):
    """A count that `%(num)s` writes as the reader does, and `%(num)d` in plain digits."""

    def __str__(self) -> str:
        return number(int(self))


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """A sentence for one or many; `num` in it is the count as the reader writes numbers, unless given."""
    chosen = _counted(spoken(), one, many, count)
    return chosen % {"num": _Count(count), **values}


def locale_code() -> str:
    """The page's language, as `lang` has it."""
    return spoken().replace("_", "-")


def names_of_languages() -> dict[str, str]:
    """The languages of the city, each by its own name."""
    known = languages_here()
    return {code: (Locale.parse(code, sep="-").get_display_name() or code).capitalize() for code in known}


@lru_cache(maxsize=4096)
def _written_date(day: date, style: str, locale: str) -> str:
    return format_date(day, style, locale=Locale.parse(locale))


def spoken_date(moment: datetime | date | None, style: str = "d MMMM y") -> str:
    """12 December 2026, in the city's zone."""
    if moment is None:
        return ""
    day = city_day(moment) if isinstance(moment, datetime) else moment
    return _written_date(day, style, spoken())


def spoken_datetime(moment: datetime | None) -> str:
    """12 December 2026, 14:05, in the city's zone."""
    if moment is None:
        return ""
    local = moment.astimezone(city().zoneinfo)
    return f"{spoken_date(moment)}, {local:%H:%M}"


def spoken_opening(moment: datetime) -> str:
    """The moment from which something is on; midnight is no more than its day."""
    return spoken_date(moment) if _is_midnight(moment) else spoken_datetime(moment)


def spoken_closing(moment: datetime) -> str:
    """The moment until which something is on; what ends at midnight was on until the day before."""
    return spoken_date(moment - MINUTE) if _is_midnight(moment) else spoken_datetime(moment)


def _is_midnight(moment: datetime) -> bool:
    local = moment.astimezone(city().zoneinfo)
    return (local.hour, local.minute) == (0, 0)


def ago(moment: datetime) -> str:
    """3 days ago, or in 3 days."""
    if "now" not in g:
        g.now = town_now()
    distance = moment - g.now
    return _written_distance(_coarse(distance.total_seconds()), spoken())


def _coarse(seconds: float) -> int:
    """Whole minutes, hours or days, so that few distances are ever formatted."""
    size = abs(seconds)
    unit = 60 if size < 3600 else 3600 if size < 86400 else 86400
    return int(seconds // unit * unit) if seconds > 0 else -int(size // unit * unit)


@lru_cache(maxsize=4096)
def _written_distance(seconds: int, locale: str) -> str:
    if seconds == 0:
        return gettext("just now")
    in_days = 86400 <= abs(seconds) < DAYS_ARE_COUNTED_TO * 86400
    return format_timedelta(
        timedelta(seconds=seconds),
        granularity="day" if in_days else "second",
        threshold=sys.maxsize if in_days else 1,
        add_direction=True,
        locale=Locale.parse(locale),
    )


def number(value: float | Decimal | None) -> str:
    """1,287"""
    return "" if value is None else _written_number(value, spoken())


@lru_cache(maxsize=4096)
def _written_number(value: float | Decimal, locale: str) -> str:
    return format_decimal(value, locale=Locale.parse(locale))


def money(cents: int | None) -> str:
    """€180,000 from cents; cents are shown only where there are any."""
    if cents is None:
        return ""
    whole = cents % 100 == 0
    return format_currency(
        Decimal(cents) / 100,
        city().currency,
        format="¤#,##0" if whole else None,
        currency_digits=not whole,
        locale=Locale.parse(spoken()),
    )


def percent(share: float | None) -> str:
    """61 %"""
    return "" if share is None else format_percent(share, locale=Locale.parse(spoken()))
