"""One run of the tests: a folder that its workers share, taken down by who leaves last."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from filelock import FileLock

from tests.support import postgres

PREFIX = "ideas-tests-"
MEMORY_DISK = Path("/dev/shm")
ROOM_NEEDED = 2 * 1024**3


class Run:
    """The folder that all workers of one run share, with the list of those who still need it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = FileLock(f"{folder}.lock", is_singleton=True)
        self.holders = folder / "holders"
        self.token = hashlib.sha256(str(folder).encode()).hexdigest()[:8]

    def enter(self) -> None:
        """Be counted among those who need the folder."""
        with self.lock:
            self.holders.mkdir(parents=True, exist_ok=True)
            (self.holders / str(os.getpid())).touch()
        _sweep(self.folder.parent)

    @contextmanager
    def leaving(self) -> Iterator[bool]:
        """True for the last to go; after it the server and the folder are taken down."""
        with self.lock:
            (self.holders / str(os.getpid())).unlink(missing_ok=True)
            is_last = not self.is_needed()
            yield is_last
            if is_last:
                self.remove()

    def is_needed(self) -> bool:
        """Whether a living process still holds on to it; one that was killed does not."""
        return any(psutil.pid_exists(int(path.name)) for path in self.holders.glob("*"))

    def remove(self) -> None:
        """Stop the run's own server, if it has one, and delete everything."""
        postgres.stop(self.folder / "postgresql")
        shutil.rmtree(self.folder, ignore_errors=True)
        Path(self.lock.lock_file).unlink(missing_ok=True)

    @contextmanager
    def once(self, what: str) -> Iterator[bool]:
        """True for the first process of the run that comes to `what`; others wait until it is through."""
        with self.lock:
            done = self.folder / what
            yield not done.exists()
            done.touch()


def folder_of_run(base: Path, worker: str) -> Path:
    """In memory where there is room; workers of one run find the same folder by the name of pytest's."""
    of_run = base if worker == "master" else base.parent
    has_room = MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK)
    has_room = has_room and shutil.disk_usage(MEMORY_DISK).free > ROOM_NEEDED
    token = hashlib.sha256(str(of_run).encode()).hexdigest()[:12]
    return (MEMORY_DISK if has_room else Path(tempfile.gettempdir())) / f"{PREFIX}{token}"


def _sweep(place: Path) -> None:
    """Take down what runs left that were killed."""
    for run in [Run(folder) for folder in place.glob(f"{PREFIX}*") if folder.is_dir()]:
        with run.lock:
            if not run.is_needed():
                run.remove()
