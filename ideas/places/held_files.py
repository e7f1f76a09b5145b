"""Uploaded maps between the upload and the decision: on disk, named by their content, the last few only."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

KEPT = 5
_DIGEST = re.compile(r"[0-9a-f]{64}")


def hold(folder: Path, text: str) -> str:
    """Keep a file for the preview, and let go of the oldest; the name is the SHA-256 of its text."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / f"{digest}.geojson").write_text(text, encoding="utf-8")
    for old in sorted(folder.glob("*.geojson"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
    return digest


def held(folder: Path, digest: str) -> str | None:
    """The text of a held file, or None when it is gone or never was."""
    path = folder / f"{digest}.geojson"
    if not _DIGEST.fullmatch(digest) or not path.is_file():
        return None
    return path.read_text(encoding="utf-8")


def let_go(folder: Path, digest: str) -> None:
    """The decision was made; the file is not needed any more."""
    if _DIGEST.fullmatch(digest):
        (folder / f"{digest}.geojson").unlink(missing_ok=True)
