"""A real browser for the tests: finds the Chromium of the machine, or installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

from filelock import FileLock
from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
INSTALL_LIMIT_S = 600


@contextmanager
def browser() -> Iterator[Browser]:
    """One headless Chromium; make a context of it for each test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(playwright), args=QUIET)
        try:
            yield chromium
        finally:
            chromium.close()


def chromium_path(playwright: Playwright | None = None) -> Path:
    """Where Chromium is; installs it once when the machine has none."""
    found = _found(playwright)
    if found:
        return found
    with FileLock(Path(gettempdir()) / "ideas-chromium.lock", timeout=INSTALL_LIMIT_S):
        if not _found(playwright):
            _install()
    found = _found(playwright)
    if found:
        return found
    raise RuntimeError("The browser tests need Chromium: install the package chromium, then run them again.")


def _found(playwright: Playwright | None) -> Path | None:
    """The machine's own Chromium first, then the one that Playwright keeps."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return Path(path)
    return _of_playwright(playwright)


def _of_playwright(playwright: Playwright | None) -> Path | None:
    if playwright is None:
        with sync_playwright() as own:
            return _of_playwright(own)
    path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _install() -> None:
    """With Debian's packages where we may, else with Playwright's."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update")
        _run("apt-get", "install", "-y", "--no-install-recommends", "chromium")
    else:
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> None:
    """Run to the end, or say in one sentence what could not be done and why."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=quiet, timeout=INSTALL_LIMIT_S, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise RuntimeError(f"“{' '.join(command)}” failed, and the browser tests need Chromium: {last}")
