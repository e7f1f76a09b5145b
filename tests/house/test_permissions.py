"""The table role x route x method is the law, and the house keeps it cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.law import ROLES, acts_of, law, rendered
from tests.support.lived_in import LivedIn, lived_in

ROOT = Path(__file__).resolve().parents[2]
DOOR_SAYS = ("This page is for other people of the house.", "You can read until then, and not act.")


def test_the_table_names_every_route_and_no_other(app):
    there, said = set(acts_of(app)), set(law())

    assert sorted(there - said) == [], "routes that the table does not know"
    assert sorted(said - there) == [], "rows without a route"


def test_the_table_that_people_read_is_the_one_that_is_tested():
    written = (ROOT / "docs" / "permissions.md").read_text()

    assert written == rendered(), "make it again: python -m tests.support.law"


def test_every_door_asks_what_the_table_says(app, town):
    house = lived_in(town)
    doors = {act: app.view_functions[endpoint].requires for act, endpoint in acts_of(app).items()}

    wrong = [
        f"{method} {route}: {role} {'may' if role in who else 'may not'} come in"
        for (method, route), who in law().items()
        for role in ROLES
        if doors[method, route](house.people[role]) is not (role in who)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("roles", [ROLES[:3], ROLES[3:6], ROLES[6:9], ROLES[9:]], ids=" ".join)
def test_who_presses_where_they_may_not_is_sent_away_and_nobody_breaks_anything(town, browse, roles):
    """Through the whole edge, each unsafe route, with a token and an empty form."""
    house = lived_in(town)

    wrong = [sentence for role in roles for sentence in _pressed(house, browse, role)]

    assert not wrong, "\n".join(wrong)


def _pressed(house: LivedIn, browse, role: str) -> list[str]:
    wrong = []
    for (method, route), who in law().items():
        if method == "GET":
            continue
        answer = house.press(browse, role, house.address(route))
        sent_away = any(words in answer.text for words in DOOR_SAYS) or is_sign_in(answer)
        if answer.status_code >= 500 or sent_away is (role in who):
            wrong.append(f"{method} {route} as {role}: {answer.status_code}")
    return wrong


def is_sign_in(answer) -> bool:
    return answer.status_code == 303 and str(answer.headers["Location"]).startswith("/sign-in?next=")
