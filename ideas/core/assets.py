"""Styles and scripts: bundled, named by their content, compressed once, and served by WhiteNoise.

There is no build for a developer: files are gathered at start, in a few
milliseconds when nothing changed.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from ideas.config import Settings

CSS_ORDER = (
    "tokens",
    "base",
    "layout",
    "parts",
    "forms",
    "board",
    "idea",
    "programs",
    "council",
    "desk",
    "accounts",
    "print",
)
COMPRESSED = {".css", ".js", ".svg", ".json"}
FOREVER_S = 31_536_000
HASHED = re.compile(r"\.[0-9a-f]{12}\.")
CSS_URL = re.compile(r"url\(([\"']?)\.\./([^\"')]+)\1\)")


def init_app(app: Flask, settings: Settings) -> None:
    """Publish the static folder under hashed names and tell templates where things are."""
    source = Path(app.root_path) / "static"
    target = settings.data_dir / "assets"
    names = gather(source, target)
    app.jinja_env.globals["static"] = lambda path: f"/static/{names[path]}"
    white = WhiteNoise(
        app.wsgi_app, root=str(target), prefix="static/", max_age=3600, immutable_file_test=_is_hashed
    )
    white.add_headers_function = None
    app.wsgi_app = white  # type: ignore[method-assign]


def _is_hashed(_path: str, url: str) -> bool:
    return bool(HASHED.search(url))


def gather(source: Path, target: Path) -> dict[str, str]:
    """Copy what is new to `target` and return logical path -> hashed path; `css/all.css` is the bundle."""
    target.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    styles = [path for path in sorted(source.rglob("*")) if path.is_file()]
    for path in styles:
        logical = path.relative_to(source).as_posix()
        if not logical.startswith("css/"):
            names[logical] = _publish(path.read_bytes(), logical, target)
    names["css/all.css"] = _publish(_bundle(source / "css", names), "css/all.css", target)
    return names


def _bundle(folder: Path, names: dict[str, str]) -> bytes:
    """One file in a fixed order; addresses of fonts and icons become their hashed ones."""
    known = [folder / f"{name}.css" for name in CSS_ORDER]
    text = "\n".join(path.read_text() for path in known if path.exists())
    text = CSS_URL.sub(lambda m: f"url(/static/{names.get(m[2], m[2])})", text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\n\s+", "\n", re.sub(r"\n+", "\n", text)).encode()


def _publish(content: bytes, logical: str, target: Path) -> str:
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = Path(logical)
    name = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
    goal = target / name
    if not goal.exists():
        goal.parent.mkdir(parents=True, exist_ok=True)
        _write(goal, content)
        if path.suffix in COMPRESSED:
            _write(goal.with_name(goal.name + ".gz"), gzip.compress(content, 9, mtime=0))
            _write(goal.with_name(goal.name + ".br"), brotli.compress(content, quality=9))
    return name


def _write(goal: Path, content: bytes) -> None:
    """Whole or not at all, also when two processes start at once."""
    passing = goal.with_name(f".{goal.name}.{hashlib.sha256(str(id(goal)).encode()).hexdigest()[:8]}")
    passing.write_bytes(content)
    shutil.move(passing, goal)
