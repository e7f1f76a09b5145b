"""Copy the front-end files from their packages into the house, and note their versions and hashes.

Run it after changing a version in deploy/package.json (and after `npm install
--package-lock-only --omit-lockfile-registry-resolved` there). Needs npm; nobody
else does, since what it copies is part of the house.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENDOR = "ideas/static/vendor"
FONTS = "ideas/static/fonts"
MANIFEST = ROOT / VENDOR / "manifest.json"
OWNED = (VENDOR, FONTS, "tests/support/vendor")

ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next"
BRICOLAGE = "@fontsource-variable/bricolage-grotesque"

# package -> {file of the package: file of the house}. Fonts vary in weight alone: with the axis of
# optical size a page in plain Latin letters would load 110 KB instead of 75.
FILES: dict[str, dict[str, str]] = {
    "htmx.org": {
        "dist/htmx.min.js": f"{VENDOR}/htmx.min.js",
        "LICENSE": f"{VENDOR}/htmx.LICENSE.txt",
    },
    "idiomorph": {
        "dist/idiomorph-ext.min.js": f"{VENDOR}/idiomorph-ext.min.js",
        "LICENSE": f"{VENDOR}/idiomorph.LICENSE.txt",
    },
    "leaflet": {
        "dist/leaflet.js": f"{VENDOR}/leaflet/leaflet.js",
        "dist/leaflet.css": f"{VENDOR}/leaflet/leaflet.css",
        "dist/images/layers.png": f"{VENDOR}/leaflet/images/layers.png",
        "dist/images/layers-2x.png": f"{VENDOR}/leaflet/images/layers-2x.png",
        "dist/images/marker-icon.png": f"{VENDOR}/leaflet/images/marker-icon.png",
        "dist/images/marker-icon-2x.png": f"{VENDOR}/leaflet/images/marker-icon-2x.png",
        "dist/images/marker-shadow.png": f"{VENDOR}/leaflet/images/marker-shadow.png",
        "LICENSE": f"{VENDOR}/leaflet/LICENSE.txt",
    },
    ATKINSON: {
        "files/atkinson-hyperlegible-next-latin-wght-normal.woff2": f"{FONTS}/atkinson-latin.woff2",
        "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": f"{FONTS}/atkinson-latin-ext.woff2",
        "LICENSE": f"{FONTS}/atkinson.OFL.txt",
    },
    BRICOLAGE: {
        "files/bricolage-grotesque-latin-wght-normal.woff2": f"{FONTS}/bricolage-latin.woff2",
        "files/bricolage-grotesque-latin-ext-wght-normal.woff2": f"{FONTS}/bricolage-latin-ext.woff2",
        "LICENSE": f"{FONTS}/bricolage.OFL.txt",
    },
    "axe-core": {
        "axe.min.js": "tests/support/vendor/axe.min.js",
        "LICENSE": "tests/support/vendor/axe.LICENSE.txt",
    },
}


def main() -> None:
    """Fetch the locked packages, replace the files, write the manifest."""
    with tempfile.TemporaryDirectory() as folder:
        packages = _fetched(Path(folder))
        for owned in OWNED:
            shutil.rmtree(ROOT / owned, ignore_errors=True)
        entries = [
            _copied(packages, package, source, target)
            for package, files in FILES.items()
            for source, target in files.items()
        ]
    entries.sort(key=lambda entry: entry["file"])
    MANIFEST.write_text(json.dumps({"files": entries}, indent=2) + "\n")
    print(f"{len(entries)} files, {sum((ROOT / e['file']).stat().st_size for e in entries) // 1024} KB")


def _fetched(folder: Path) -> Path:
    """The folder of the installed packages, each checked by npm against the lock."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Copying the front-end files needs npm. Install Node.js, then run this again.")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"


def _copied(packages: Path, package: str, source: str, target: str) -> dict[str, str]:
    """Put one file in its place; its line of the manifest."""
    content = (packages / package / source).read_bytes()
    goal = ROOT / target
    goal.parent.mkdir(parents=True, exist_ok=True)
    goal.write_bytes(content)
    version: str = json.loads((packages / package / "package.json").read_text())["version"]
    digest = hashlib.sha256(content).hexdigest()
    return {"file": target, "package": package, "version": version, "sha256": digest}


if __name__ == "__main__":
    main()
