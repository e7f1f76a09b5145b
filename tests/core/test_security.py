"""The door: headers on every answer, where a press may come from, what may be cached."""

from __future__ import annotations

import pytest
from flask import request

from ideas import create_app
from ideas.config import Settings
from ideas.core.fragments import render_page
from ideas.core.headers import HEADERS
from ideas.core.security import page_it_came_from, requires, safe_path
from tests.support.workshop import with_token

PRODUCTION = {
    "SECRET_KEY": "x" * 40,
    "TRUSTED_HOSTS": "ideas.example.org",
    "MAIL_FROM": "ideas@example.org",
    "SITE_URL": "https://ideas.example.org",
    "LOG_LEVEL": "ERROR",
}


@pytest.mark.parametrize("path", ["/healthz", "/how-it-works", "/nowhere", "/static/css/nothing.css"])
def test_every_answer_carries_the_headers_errors_too(house, path):
    answer = house.test_client().get(path)

    if path.startswith("/static/"):
        assert answer.status_code == 404
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["X-Request-Id"]


def test_no_page_may_run_what_it_was_sent_inside(house):
    policy = house.test_client().get("/how-it-works").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_route_without_an_audience_stops_the_start(app, monkeypatch):
    from ideas import core

    def finish(house):
        house.add_url_rule("/open-to-whom", "open_to_whom", lambda: "hello")
        from ideas.core.security import refuse_undeclared_routes

        refuse_undeclared_routes(house)

    monkeypatch.setattr(core, "finish", finish)

    with pytest.raises(RuntimeError, match="/open-to-whom"):
        create_app(app.config["SETTINGS"])


def guarded(house):
    """A route that asks for the page's token, as every real one does."""
    from ideas.accounts.rules import anyone

    def press():
        return f"pressed{len(request.form) or ''}"

    if "press" not in house.view_functions:
        house.add_url_rule("/try/press", "press", requires(anyone)(press), methods=["POST"])
    return house.test_client()


def test_a_press_with_the_pages_token_is_taken(house):
    client = guarded(house)

    assert client.post("/try/press", headers=with_token(client, house)).text == "pressed"


def test_a_press_without_a_token_or_with_another_browsers_is_refused_in_words(house):
    client, stranger = guarded(house), house.test_client()
    of_another = {"X-CSRF-Token": "0" * 64}

    assert client.post("/try/press").status_code == 400
    assert client.post("/try/press", headers=with_token(client, house) | of_another).status_code == 400
    assert "open for too long" in stranger.post("/try/press").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_press_from_another_website_does_nothing(house, headers):
    client = guarded(house)

    answer = client.post("/try/press", headers=with_token(client, house) | headers)

    assert answer.status_code == 403
    assert "another website" in answer.text


def test_a_page_for_everybody_may_be_kept_for_half_a_minute_and_holds_no_token(house):
    answer = house.test_client().get("/how-it-works")

    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert {"Cookie", "HX-Request", "Accept-Language"} <= {
        w.strip() for w in answer.headers["Vary"].split(",")
    }
    assert "csrf_token" not in answer.text
    assert "Set-Cookie" not in answer.headers
    again = house.test_client().get("/how-it-works", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_with_a_form_is_kept_by_nobody(house):
    answer = house.test_client().get("/sign-in")

    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_body_over_a_megabyte_is_refused(house):
    client = guarded(house)

    answer = client.post(
        "/try/press", data={"text": "a" * (1024 * 1024 + 1)}, headers=with_token(client, house)
    )

    assert answer.status_code == 413


def test_a_form_of_a_thousand_parts_is_refused(house):
    client = guarded(house)
    parts = {f"part-{n}": (None, "x") for n in range(150)}

    answer = client.post(
        "/try/press",
        data={name: value for name, (_, value) in parts.items()},
        content_type="multipart/form-data",
        headers=with_token(client, house),
    )

    assert answer.status_code == 413


@pytest.fixture
def production(tmp_path, databases):
    """A house of a real city, behind one proxy."""
    url = databases.reset("sqlite")
    more = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "TRUSTED_PROXY_HOPS": "1"}
    from ideas.core import keys

    keys.make(tmp_path / "keys.json", origin="ideas.example.org")
    return create_app(Settings.from_environment(PRODUCTION | more))


def test_another_name_in_the_host_header_opens_nothing(production):
    good = production.test_client().get("/healthz", base_url="https://ideas.example.org")
    evil = production.test_client().get("/healthz", base_url="https://evil.example")

    assert good.status_code == 200
    assert evil.status_code == 400


def test_a_site_on_https_says_so_to_browsers_and_its_cookies_are_bound_to_the_host(production):
    answer = production.test_client().get("/sign-in", base_url="https://ideas.example.org")

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-browser=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_style_guide_is_not_for_residents(production):
    assert (
        production.test_client().get("/styleguide", base_url="https://ideas.example.org").status_code == 404
    )


def test_the_address_of_a_client_is_what_the_nearest_proxy_says(production):
    seen = []
    production.before_request(lambda: seen.append(request.remote_addr))

    production.test_client().get(
        "/healthz",
        base_url="https://ideas.example.org",
        headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"},
    )

    assert seen == ["203.0.113.9"]


@pytest.mark.parametrize(
    ("wish", "led_to"),
    [
        ("/ideas?q=a", "/ideas?q=a"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\nSet-Cookie: a", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_nobody_is_led_to_another_site(wish, led_to):
    assert safe_path(wish) == led_to


def test_a_page_that_looks_like_another_site_leads_nowhere_else(house):
    """`//evil.example` is a page of ours that is not there; its address is never where a press leads."""
    with house.test_request_context("/", headers={"Referer": "http://localhost//evil.example/"}):
        assert page_it_came_from(otherwise="/ideas") == "/ideas"


def test_a_fragment_is_never_cached_as_the_page(house):
    with house.test_request_context("/how-it-works"):
        house.preprocess_request()
        answer = render_page("pages/how_it_works.html")

    assert "HX-Request" in answer.headers["Vary"]


def test_a_whole_page_that_htmx_asks_for_again_is_not_its_fragment(house):
    answer = house.test_client().get("/how-it-works")

    assert "HX-History-Restore-Request" in answer.headers["Vary"]
