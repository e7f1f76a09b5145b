"""Whatever is sent to whatever act: a sentence, nothing half done, and none of the other words lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from ideas.core.db import db
from ideas.core.paging import encode_cursor
from tests.support.acting import PLAUSIBLE, ROLES, Act, every_act
from tests.support.furnished import address, furnished
from tests.support.hostile import RAW, WORDS, hearing
from tests.support.law import law
from tests.support.lived_in import HOLE, LivedIn

MOST_FIELDS = 12
LONGEST_ADDRESS = 4000
NOWHERE = (
    "0",
    "999999",
    "2147483648",
    "9" * 30,
    "-1",
    "١٢",
    "no-such-thing",
    "\x00",
    "..",
    "a" * 300,
    "\ufffd\u202e",
)
BODIES: dict[str, Callable[[str], dict[str, Any]]] = {
    "JSON": lambda name: {"json": {name: {"$gt": ""}, "role": "administrator"}},
    "deep JSON": lambda name: {"data": "[" * 20_000, "content_type": "application/json"},
    "too many parts": lambda name: {"data": {f"{name}_{n}": "x" for n in range(1200)}},
    "too many files": lambda name: {"data": {f"{name}{n}": (BytesIO(b"x"), "x") for n in range(101)}},
    "a file for a word": lambda name: {"data": {name: (BytesIO(b"GIF89a"), "x.gif")}},
    "half a form": lambda name: {
        "data": b"--x\r\nContent-Disp",
        "content_type": "multipart/form-data; boundary=x",
    },
    "no boundary": lambda name: {"data": b"abc", "content_type": "multipart/form-data"},
    "too much": lambda name: {"data": {name: "x" * 1_100_000}},
    "no text": lambda name: {
        "data": name.encode() + b"=%ED%A0%80%FF%00&=&&;=%",
        "content_type": "application/x-www-form-urlencoded",
    },
    "another alphabet": lambda name: {
        "data": f"{name}=x".encode("utf-16"),
        "content_type": "application/x-www-form-urlencoded; charset=utf-16",
    },
}
PLACES: list[tuple[Any, ...]] = [
    (2**63, 2**63),
    (1e308, 2**62),
    (float("inf"), 1),
    ("0001-01-01T00:00:00+23:59", 1),
    ("9999-12-31T23:59:59-23:59", 1),
    (2**62,),
    (-1,),
    ([], {}),
]


@pytest.fixture
def house(town) -> LivedIn:
    return furnished(town)


@pytest.fixture
def acts(app, house, browse) -> list[Act]:
    return every_act(app, house, browse)


def test_no_words_break_an_act(acts):
    """Every kind of words in every field at once."""
    wrong = []
    for number, act in enumerate(acts):
        kinds = _some(WORDS, number) if act.plausible else ["nothing"]
        for kind in kinds:
            fault = act.send(data=dict.fromkeys(act.plausible, WORDS[kind]))
            wrong += [f"{act.route} with {kind}: {fault}"] if fault else []

    assert not wrong, "\n".join(wrong)


def test_one_wrong_field_loses_none_of_the_other_words(acts):
    wrong = []
    for number, act in enumerate(acts):
        for place, name in enumerate(list(act.plausible)[:MOST_FIELDS]):
            kind = list(WORDS)[(number + place) % len(WORDS)]
            fault = act.send(data={**act.plausible, name: WORDS[kind]}) or act.loses(name)
            wrong += [f"{act.status} {act.route}, {name} with {kind}: {fault}"] if fault else []

    assert not wrong, "\n".join(wrong)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # werkzeug drops half a file
def test_what_is_no_form_breaks_no_act(acts):
    """Programs that send something else than a form, too much of it, or bytes that are no text."""
    wrong = []
    for number, act in enumerate(acts):
        kind = list(BODIES)[number % len(BODIES)]
        first = next(iter(act.plausible), "text")
        fault = act.send(**BODIES[kind](first))
        wrong += [f"{act.route} with {kind}: {fault}"] if fault else []

    assert not wrong, "\n".join(wrong)


def test_a_number_or_a_word_that_leads_nowhere_is_said_to(app, house, browse):
    wrong = []
    for number, ((method, route), who) in enumerate(law().items()):
        if "<" not in route:
            continue
        act = Act(route, "", house.browser(browse, next(role for role in ROLES if role in who)), {}, method)
        for nowhere in NOWHERE[number % 3 :: 3]:
            where = HOLE.sub(quote(nowhere, safe=""), route)
            fault = act.send(where, data={"text": PLAUSIBLE["text"]})
            if not fault and not 400 <= act.status < 500:
                fault = f"{act.status}"
            wrong += [f"{method} {where[:80]}: {fault}"] if fault else []

    assert not wrong, "\n".join(wrong)


def test_no_address_breaks_a_page(app, house, browse):
    """Each name that a page asks its address for, with each kind of words."""
    wrong = []
    for number, ((method, route), who) in enumerate(law().items()):
        if method != "GET":
            continue
        role = next(role for role in ROLES if role in who)
        act = Act(route, address(house, route), house.browser(browse, role), {}, method)
        with hearing(app) as names:
            act.send()
        for query in _some(_queries(sorted(names)), number):
            fault = act.send(f"{act.where}?{query}")
            wrong += [f"{act.where}?{query[:80]}: {fault}"] if fault else []

    assert not wrong, "\n".join(wrong)


def _some(kinds: Iterable[Any], number: int) -> list[Any]:
    """Half of them on SQLite, a third on PostgreSQL, in turns from one act to the next."""
    steps = 2 if db.engine.dialect.name == "sqlite" else 3
    return list(kinds)[number % steps :: steps]


def _queries(names: list[str]) -> list[str]:
    if not names:
        return []
    kinds = [urlencode([(name, one) for name in names for one in words]) for words in WORDS.values()]
    raw = ["&".join(f"{quote(name)}={bytes_.decode('ascii')}" for name in names) for bytes_ in RAW.values()]
    cursors = [urlencode([(name, encode_cursor(*place)) for name in names]) for place in PLACES]
    return [query for query in (*kinds, *raw, *cursors) if len(query) < LONGEST_ADDRESS]
