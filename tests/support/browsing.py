"""A person at a browser without scripts: visits, fills, presses by accessible name, reads."""

from __future__ import annotations

import hashlib
import html as entities
import secrets
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from ideas.accounts.models import Person
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.sessions import WebSession
from ideas.core.tokens import token_of
from ideas.core.transactions import transaction

Element = Any


class Page:
    """An answer, read as a person reads it."""

    def __init__(self, browser: Browser, response: TestResponse) -> None:
        self.browser = browser
        self.response = response
        self.status = response.status_code
        self.url = response.request.path
        self.html = response.get_data(as_text=True) if (response.mimetype or "").startswith("text/") else ""

    @cached_property
    def tree(self) -> Element | None:
        """The elements, parsed for who asks for them: a tour of the house reads few of its pages."""
        return html5lib.parse(self.html, namespaceHTMLElements=False) if self.html else None

    @property
    def text(self) -> str:
        """All words on the page, white space folded."""
        return " ".join("".join(self.tree.itertext()).split()) if self.tree is not None else ""

    def says(self, sentence: str) -> bool:
        """Whether these words are on the page."""
        return " ".join(sentence.split()) in self.text

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag."""
        return list(self.tree.iter(tag)) if self.tree is not None else []

    def link(self, name: str) -> str:
        """The address of the link with this accessible name (or beginning with it)."""
        for anchor in self.all("a"):
            if name_of(anchor) == name or name_of(anchor).startswith(name):
                return str(anchor.get("href"))
        raise AssertionError(f"no link “{name}” on {self.url}: {[name_of(a) for a in self.all('a')]}")

    def follow(self, name: str) -> Page:
        """Press a link."""
        return self.browser.visits(urljoin(self.url, entities.unescape(self.link(name))))

    def form_of(self, button: str) -> tuple[Element, Element]:
        """The form and the button with this accessible name."""
        for form in self.all("form"):
            for press in [*form.iter("button"), *form.iter("input")]:
                if press.tag == "input" and press.get("type") != "submit":
                    continue
                if name_of(press) == button or name_of(press).startswith(button):
                    return form, press
        raise AssertionError(
            f"no button “{button}” on {self.url} ({self.status}): {[name_of(b) for b in self.all('button')]}"
        )

    def press(self, button: str, *, nth: int = 0, **fields: Any) -> Page:
        """Fill the form's fields by their names, press its button, and go where it leads."""
        form, pressed = self.form_of(button)
        sent = typed_in(form)
        if pressed.get("name"):
            sent[pressed.get("name")] = [pressed.get("value", "")]
        for name, value in fields.items():
            sent[name] = value if isinstance(value, list) else [value]
        action = urljoin(self.url, form.get("action") or self.url)
        if (pressed.get("formmethod") or form.get("method") or "get").lower() == "get":
            return self.browser.visits(action, query=sent)
        return self.browser.posts(action, sent)


def typed_in(form: Element) -> dict[str, list[Any]]:
    """What the form holds now, as a browser would send it."""
    sent: dict[str, list[Any]] = {}
    for field in form.iter("input"):
        kind, name = field.get("type", "text"), field.get("name")
        if not name or kind in {"submit", "file", "image"} or field.get("disabled") is not None:
            continue
        if kind in {"checkbox", "radio"} and field.get("checked") is None:
            continue
        sent.setdefault(name, []).append(field.get("value", "on" if kind in {"checkbox", "radio"} else ""))
    for area in form.iter("textarea"):
        if area.get("name"):
            sent[area.get("name")] = ["".join(area.itertext())]
    for select in form.iter("select"):
        options = list(select.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        if select.get("name"):
            sent[select.get("name")] = [o.get("value", "".join(o.itertext())) for o in chosen]
    return sent


def name_of(element: Element) -> str:
    """The accessible name, as far as text and aria-label make it."""
    label = (
        element.get("aria-label") or element.get("value")
        if element.tag == "input"
        else element.get("aria-label")
    )
    return str(label) if label else " ".join("".join(element.itertext()).split())


class Browser:
    """One browser, signed in as `person` or nobody."""

    def __init__(self, app: Flask, person: Person | None = None, *, address: str = "127.0.0.1") -> None:
        self.app = app
        self.client = app.test_client()
        self.address = address
        if person is not None:
            self.sign_in(person)

    def sign_in(self, person: Person) -> None:
        """Give the browser a session, as if the person had just signed in, with both factors."""
        token = secrets.token_urlsafe(32)
        db.session.commit()  # whatever was read before is over
        with transaction():
            now = town_now()
            db.session.add(
                WebSession(
                    id_hash=hashlib.sha256(token.encode()).digest(),
                    person_id=person.id,
                    created_at=now,
                    seen_at=now,
                    fresh_at=now,
                    proven_at=now,
                    expires_at=now + timedelta(days=1),
                )
            )
        self.client.set_cookie("session", token)

    def token(self) -> str:
        """The token that forms on this browser's pages carry."""
        session = self.client.get_cookie("session")
        if session is None and self.client.get_cookie("browser") is None:
            self.client.set_cookie("browser", secrets.token_urlsafe(32))
        guest = self.client.get_cookie("browser")
        held = hashlib.sha256(session.value.encode()).hexdigest() if session else guest and guest.value
        with self.app.app_context():
            return token_of(held or "")

    def visits(self, where: str | Any, *, query: Any = None, **headers: str) -> Page:
        """Go to an address, or to the page of something that has a `path`."""
        path = where if isinstance(where, str) else where.path
        return self._ask("GET", path, query_string=query, headers=headers)

    def posts(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> Page:
        """Send a form."""
        return self._ask("POST", path, data=fields or {}, headers=headers)

    def posts_form(self, page: str, to: str, **fields: Any) -> Page:
        """Send to an address with the token of a page, whether or not a button there leads to it."""
        tokens = [
            field.get("value")
            for field in self.visits(page).all("input")
            if field.get("name") == "csrf_token"
        ]
        return self.posts(to, {"csrf_token": tokens[0], **fields})

    def _ask(self, method: str, path: str, **more: Any) -> Page:
        response = self._once(method, path, **more)
        while response.status_code in {301, 302, 303}:
            path = urljoin(path, response.location or "/").partition("#")[0]
            response = self._once("GET", path, headers=more.get("headers"))
        return Page(self, response)

    def _once(self, method: str, path: str, **more: Any) -> TestResponse:
        """One request in a context of its own, so that nothing of it is still there in the next."""
        db.session.remove()
        with self.app.app_context():
            return self.client.open(
                path, method=method, environ_overrides={"REMOTE_ADDR": self.address}, **more
            )
