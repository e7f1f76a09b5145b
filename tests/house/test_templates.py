"""Every template compiles, is used, and says in its first line what it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ideas import create_app
from tests.conftest import settings_for

ROOT = Path(__file__).resolve().parents[2] / "ideas"
TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix()
    for path in (ROOT / "templates").rglob("*")
    if path.is_file()
)
SOURCES = "\n".join(
    path.read_text() for path in [*ROOT.rglob("*.py"), *(ROOT / "templates").rglob("*")] if path.is_file()
)


def test_every_template_compiles(tmp_path, databases):
    house = create_app(settings_for(databases.reset("sqlite"), tmp_path))

    for name in TEMPLATES:
        house.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_was_forgotten(name):
    stem = name.rsplit(".", 1)[0]

    assert f'"{name}"' in SOURCES or f'"{stem}"' in SOURCES, f"nobody uses {name}"


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_a_template_begins_with_what_it_takes(name):
    assert (ROOT / "templates" / name).read_text().startswith("{#")


PAGES = [name for name in TEMPLATES if name.endswith(".html") and name != "email.html"]


@pytest.mark.parametrize("name", PAGES)
def test_no_template_has_a_style_or_a_script_inside(name):
    text = (ROOT / "templates" / name).read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|\|safe\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
