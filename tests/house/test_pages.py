"""Every page as each role: it opens or sends away as the table says, and its markup is sound."""

from __future__ import annotations

import pytest

from tests.support import markup
from tests.support.law import ROLES, law
from tests.support.lived_in import lived_in


@pytest.mark.parametrize("role", ROLES)
def test_every_page_keeps_the_law_and_reads_well(town, browse, role):
    house = lived_in(town)
    browser = house.browser(browse, role)
    wrong = []
    for (method, route), who in law().items():
        if method != "GET":
            continue
        page = browser.visits(house.address(route))
        sent_away = page.response.request.full_path.startswith("/sign-in?next=")
        opened = page.status < 400 and not sent_away
        if page.status >= 500 or (opened and role not in who):
            wrong.append(f"{route} as {role}: {page.status}")
        if (page.response.mimetype or "") == "text/html":
            wrong += [f"{route} as {role}: {fault}" for fault in markup.faults(page.html)]

    assert not wrong, "\n".join(wrong)
