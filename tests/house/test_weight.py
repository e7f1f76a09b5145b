"""A first view is light: page, styles and scripts are at most 45 KB on the way to a phone."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.support.browsing import Browser
from tests.support.lived_in import lived_in

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

MOST = 45 * 1024
LOADED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


def weight_of(browser: Browser, address: str) -> dict[str, int]:
    """What the page and each file that it loads weighs when it is packed."""
    html = body_of(browser, address)
    files = LOADED.findall(html.decode())
    assert len(files) >= 2, f"{address} loads no styles or no scripts"
    return {path: len(gzip.compress(body_of(browser, path), 6)) for path in (address, *files)}


def body_of(browser: Browser, path: str) -> bytes:
    with browser.client.get(path) as answer:
        assert answer.status_code == 200
        return answer.get_data()


def test_the_pages_that_people_see_first_are_light(town, browse):
    house = lived_in(town)
    program = house.address("/programs/<int:program_id>-<slug>")
    idea = house.address("/ideas/<int:idea_id>-<slug>")

    for role in ("guest", "resident"):
        for address in ("/", "/ideas", idea, program):
            weights = weight_of(house.browser(browse, role), address)
            assert sum(weights.values()) <= MOST, f"{role}: {weights}"
