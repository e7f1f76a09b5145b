"""What people type is words: on every page, in every mail, for everybody who reads it."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import html5lib
from sqlalchemy import select

from ideas.core.db import db
from ideas.core.events import relay
from ideas.core.mail import Mail, compose
from ideas.core.transactions import reading
from tests.support.acting import ROLES, every_act
from tests.support.furnished import address, furnished
from tests.support.law import law

TYPED = (
    "\"'><img src=x onerror=alert(1)><script>alert(1)</script> [a](javascript:alert(1)) {{ 7*7 }} <b>words"
)
MARK = "7*7"


def test_nothing_that_was_typed_anywhere_becomes_markup(app, town, browse):
    house = furnished(town)
    for act in every_act(app, house, browse):
        act.send(data={name: _typed(name, words) for name, words in act.plausible.items()})
    relay()

    pages = [(who, page) for who, page in _pages(house, browse)]
    mails = _mails(app)

    assert [f"{who}: {fault}" for who, page in pages for fault in _faults(page.tree)] == []
    assert [fault for mail, _ in mails for fault in _faults(_parsed(mail.html or ""))] == []
    assert [message["To"] for _, message in mails] == [mail.to_address for mail, _ in mails]
    assert sum(page.text.count(MARK) for _, page in pages) > 50, "too little of it is on the pages"
    assert sum(MARK in (mail.html or "") for mail, _ in mails) > 5, "too little of it is in the mails"


def _pages(house, browse):
    """Every page of the law, as a guest where guests may come in and as somebody of the house."""
    for (method, route), who in law().items():
        if method != "GET":
            continue
        first = next(role for role in ROLES if role in who)
        for role in {first, "guest" if "guest" in who else first}:
            yield f"{route} as {role}", house.browser(browse, role).visits(address(house, route))


def _mails(app) -> list[tuple[Mail, EmailMessage]]:
    with reading():
        return [(mail, compose(mail, app.config["SETTINGS"])) for mail in db.session.scalars(select(Mail))]


def _parsed(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def _typed(name: str, words: str) -> str:
    """Every text holds markup; names and choices of a list stay, so that the act is done."""
    bare = name.rpartition("-")[2]
    if " " not in words or bare in {"display_name", "registry_id", "password"}:
        return words
    return f"{TYPED} {words}"[: 118 if bare in {"title", "place", "indicator"} else 900]


def _faults(tree: Any) -> list[str]:
    """Elements and attributes that only markup could have brought."""
    if tree is None:
        return []
    return [
        f"<{element.tag} {dict(element.attrib)}>"
        for element in tree.iter()
        if isinstance(element.tag, str)
        and (
            any(name.startswith("on") for name in element.attrib)
            or (element.tag == "script" and not element.get("src", "").startswith("/static/"))
            or (element.tag == "img" and not element.get("src", "").startswith(("/", "data:")))
            or element.get("href", "").strip().lower().startswith(("javascript:", "data:"))
        )
    ]
