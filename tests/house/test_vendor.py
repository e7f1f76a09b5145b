"""What others made and we pass on is exactly what their packages hold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("ideas/static/vendor", "ideas/static/fonts", "tests/support/vendor")
MANIFEST = ROOT / "ideas/static/vendor/manifest.json"
PLAIN_LATIN = ("atkinson-latin.woff2", "bricolage-latin.woff2")
FONT_BUDGET = 80 * 1024

entries = json.loads(MANIFEST.read_text())["files"]


def test_no_vendored_file_was_changed_added_or_lost():
    noted = {entry["file"]: entry["sha256"] for entry in entries}

    present = {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path != MANIFEST
    }

    assert present == noted


def test_the_manifest_and_the_lock_name_the_versions_that_were_asked_for():
    asked = json.loads((ROOT / "deploy/package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "deploy/package-lock.json").read_text())["packages"]

    copied = {entry["package"]: entry["version"] for entry in entries}

    assert copied == asked
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_the_lock_binds_contents_and_no_place_to_fetch_them_from():
    locked = json.loads((ROOT / "deploy/package-lock.json").read_text())["packages"]

    packages = [package for name, package in locked.items() if name]

    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages)


def test_each_package_comes_with_its_licence():
    with_licence = {
        entry["package"] for entry in entries if entry["file"].endswith((".OFL.txt", "LICENSE.txt"))
    }

    assert with_licence == {entry["package"] for entry in entries}


def test_a_page_in_plain_latin_letters_loads_at_most_80_kb_of_fonts():
    loaded = sum((ROOT / "ideas/static/fonts" / name).stat().st_size for name in PLAIN_LATIN)

    assert loaded <= FONT_BUDGET
