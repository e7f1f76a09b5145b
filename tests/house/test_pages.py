"""Every page as each role: it opens or sends away as the table says, and its markup is sound."""

from __future__ import annotations

from tests.support import markup
from tests.support.browsing import Page
from tests.support.law import ROLES, law
from tests.support.lived_in import LivedIn, lived_in


def test_every_page_keeps_the_law_and_reads_well_as_each_role(town, browse):
    """Looking changes nothing, so one house serves all of them."""
    house = lived_in(town)

    wrong = [sentence for role in ROLES for sentence in _walked(house, browse, role)]

    assert not wrong, "\n".join(wrong)


def _walked(house: LivedIn, browse, role: str) -> list[str]:
    browser, wrong = house.browser(browse, role), []
    for (method, route), who in law().items():
        if method == "GET":
            wrong += _faults(browser.visits(house.address(route)), route, role, may=role in who)
    return wrong


def _faults(page: Page, route: str, role: str, *, may: bool) -> list[str]:
    sent_away = page.response.request.full_path.startswith("/sign-in?next=")
    opened = page.status < 400 and not sent_away
    found = [f"{route} as {role}: {page.status}"] if page.status >= 500 or (opened and not may) else []
    if (page.response.mimetype or "") == "text/html":
        found += [f"{route} as {role}: {fault}" for fault in markup.faults(page.html)]
    return found
