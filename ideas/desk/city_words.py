"""Is this a zone, a currency, a language? Answered with the right spelling, or with a sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global

MOST_LANGUAGES = 12


def checked_zone(text: str) -> str:
    """A name of the time zone database, whatever the case it was typed in; ValueError with a sentence."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    zone = zones.get(text.strip().replace(" ", "_").casefold())
    if zone is None:
        raise ValueError(f"“{text}” is no time zone. Write it like Europe/Lisbon or America/New_York.")
    return zone


def checked_currency(text: str) -> str:
    """A three-letter code that is in use; ValueError with a sentence."""
    code = text.strip().upper()
    if code not in _in_use():
        raise ValueError(f"“{text}” is no currency. Write its three letters, like EUR or USD.")
    return code


@lru_cache
def _in_use() -> frozenset[str]:
    """The currencies that are money somewhere today: neither gold nor the mark."""
    listed = get_global("territory_currencies").values()
    return frozenset(code for held in listed for code, _from, until, tender in held if tender and not until)


def checked_languages(text: str | Iterable[str]) -> list[str]:
    """Codes in the order given, each once; ValueError names the first that is none."""
    typed = re.split(r"[\s,;]+", text.strip()) if isinstance(text, str) else list(text)
    codes = list(dict.fromkeys(checked_language(code) for code in typed if code))
    if not codes:
        raise ValueError("Write at least one language, like en.")
    if len(codes) > MOST_LANGUAGES:
        raise ValueError(f"A city speaks {MOST_LANGUAGES} languages here at most.")
    return codes


def checked_language(code: str) -> str:
    """`en`, `pt-br` and `PT_BR` as `en` and `pt_BR`; ValueError with a sentence."""
    try:
        return str(Locale.parse(code.strip().replace("-", "_")))
    except (ValueError, UnknownLocaleError, TypeError):
        raise ValueError(f"“{code}” is no language code. Write codes like en, fr or pt_BR.") from None
