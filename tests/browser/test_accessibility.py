"""Every page as each role, as axe reads it: light, dark, on a small phone, nothing from elsewhere."""

from __future__ import annotations

import pytest

from tests.support import axe
from tests.support.law import ROLES
from tests.support.lived_in import lived_in
from tests.support.served import opened
from tests.support.touring import Tour, walking

PARTIES = (
    ("guest",),
    ("resident", "member", "organisation", "suspended"),
    ("moderator", "officer"),
    ("administrator",),
    ("clerk", "council_member", "front_desk", "second"),
)
REFUSED = (
    ("guest", "/sign-in"),
    ("guest", "/register"),
    ("resident", "/ideas/new"),
    ("resident", "/ideas/<int:idea_id>/edit"),
    ("resident", "/ideas/<int:idea_id>/withdraw"),
    ("resident", "/comments/<int:comment_id>/edit"),
    ("member", "/ideas/<int:idea_id>/report"),
    ("resident", "/me/password"),
    ("officer", "/desk/programs/new"),
    ("officer", "/desk/milestones/<int:milestone_id>/done"),
    ("administrator", "/desk/calls/new"),
    ("administrator", "/desk/city"),
    ("administrator", "/desk/people/new"),
    ("front_desk", "/desk/front-desk/<int:person_id>"),
    ("clerk", "/desk/meetings/<int:meeting_id>/ideas/<int:idea_id>"),
)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("party", PARTIES, ids=" ".join)
def test_every_page_can_be_read_by_everybody(app, town, browse, chromium, party):
    house = lived_in(town)
    tour = Tour(house, browse)

    with opened(app) as url:
        wrong = [fault for role in party for fault in tour.faults(chromium, url, role)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_form_that_is_refused_can_be_read_by_everybody(app, town, browse, chromium):
    house = lived_in(town)
    wrong = []

    with opened(app) as url:
        for role, route in REFUSED:
            address = house.address(route)
            with walking(chromium, url, house.browser(browse, role)) as walk:
                wrong += [f"{role} at {address}: {fault}" for fault in walk.faults_when_refused(address)]

    assert not wrong, "\n".join(wrong)


def test_the_tour_would_notice(chromium):
    page = chromium.new_page()
    page.set_content(
        """<!doctype html><html lang="en"><title>Faults</title><style>
        .pale { color: #999; background: #fff } .wide { width: 400px }
        @media (prefers-color-scheme: dark) { .dim { color: #333; background: #111 } }
        </style><header class="header"></header>
        <main><h1>Faults</h1><input><p class="pale">Pale<p class="dim">Dim
        <p class="wide">Wide</main></html>"""
    )

    found = " ".join(axe.faults(page))
    page.close()

    for fault in ("light: label", "light: color-contrast", "dark: color-contrast", "408 px wide"):
        assert fault in found


def test_nobody_was_left_at_home():
    assert sorted(role for party in PARTIES for role in party) == sorted(ROLES)
