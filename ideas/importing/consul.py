"""Consul's export of proposals: a CSV whose rows become ideas, or a reason why not. Pure.

`id;title;description;cached_votes_up;created_at;retired_at`, semicolons,
UTF-8 with or without a mark at its beginning; the last column may be missing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ideas.core.text import normalised, one_line
from ideas.importing.markup import kept, to_markdown

NEEDED = ("id", "title", "description", "cached_votes_up", "created_at")
LONGEST_TITLE = 500
LONGEST_TEXT = 100_000
FIRST_YEAR, A_DAY = 1990, timedelta(days=1)
NOON = time(12)
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S %z")


class Proposal(NamedTuple):
    """One row that can be used; `line` is where it begins in the file."""

    line: int
    foreign_id: str
    title: str
    body: str
    supporters: int
    posted_at: datetime
    retired_at: datetime | None


class Reject(NamedTuple):
    """One row that cannot, and why, in a sentence."""

    line: int
    reason: str


class NotConsul(ValueError):
    """The file's heading is not that of an export of proposals."""


def read(lines: Iterable[bytes], zone: ZoneInfo, *, now: datetime) -> Iterator[Proposal | Reject]:
    """Each row in its order. Reads a line at a time, so a file may be of any length."""
    rows = csv.reader(_decoded(lines), delimiter=";")
    heading = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in NEEDED if name not in heading]
    if missing:
        raise NotConsul(f"The heading has no {', '.join(missing)}. Is this Consul's export with semicolons?")
    seen: set[str] = set()
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as fault:
            yield Reject(line, f"It cannot be read as CSV: {fault}.")
            continue
        if row:
            read_row = _row(line, dict(zip(heading, row, strict=False)), len(row) == len(heading), zone, seen)
            yield _of_our_age(read_row, now)


def _of_our_age(row: Proposal | Reject, now: datetime) -> Proposal | Reject:
    """What is dated in the future would stand on top of every list until then."""
    if isinstance(row, Reject) or (row.posted_at.year >= FIRST_YEAR and row.posted_at <= now + A_DAY):
        return row
    return Reject(row.line, f"Its date, {row.posted_at.date()}, lies in the future or before {FIRST_YEAR}.")


def _row(
    line: int, cells: dict[str, str], is_whole: bool, zone: ZoneInfo, seen: set[str]
) -> Proposal | Reject:
    try:
        if not is_whole:
            raise ValueError("It has more or fewer cells than the heading.")
        proposal = _proposal(line, cells, zone)
        if proposal.foreign_id in seen:
            raise ValueError(f"The id {proposal.foreign_id} stands on an earlier line.")
    except ValueError as fault:
        return Reject(line, str(fault))
    seen.add(proposal.foreign_id)
    return proposal


def _proposal(line: int, cells: dict[str, str], zone: ZoneInfo) -> Proposal:
    if any("\udc80" <= sign <= "\udcff" for cell in cells.values() for sign in cell):
        raise ValueError("It is not written in UTF-8.")
    foreign_id = cells["id"].strip()
    if not foreign_id or len(foreign_id) > 64:
        raise ValueError("It has no usable id.")
    posted = _moment(cells["created_at"], zone, "created_at")
    retired = (
        _moment(cells["retired_at"], zone, "retired_at") if cells.get("retired_at", "").strip() else None
    )
    return Proposal(
        line=line,
        foreign_id=foreign_id,
        title=_title(cells["title"]),
        body=_text(cells["description"]),
        supporters=_number(cells["cached_votes_up"]),
        posted_at=min(posted, retired) if retired else posted,
        retired_at=retired,
    )


def _title(cell: str) -> str:
    title = one_line(" ".join(kept(cell).split()))
    if not title:
        raise ValueError("It has no title.")
    if len(title) > LONGEST_TITLE:
        raise ValueError(f"Its title is longer than {LONGEST_TITLE} characters.")
    return title


def _text(cell: str) -> str:
    if len(cell) > LONGEST_TEXT:
        raise ValueError(f"Its text is longer than {LONGEST_TEXT:,} characters.")
    return normalised(to_markdown(cell))


def _number(cell: str) -> int:
    if not cell.strip():
        return 0
    if not cell.strip().isdecimal() or len(cell.strip()) > 9:
        raise ValueError(f"Its number of supporters is “{cell.strip()[:20]}”.")
    return int(cell)


def _moment(cell: str, zone: ZoneInfo, name: str) -> datetime:
    """A day means its noon, so that it stays that day in every zone nearby."""
    for form in DATES:
        try:
            moment = datetime.strptime(cell.strip(), form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        if "%H" not in form:
            moment = datetime.combine(moment.date(), NOON)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    raise ValueError(f"Its {name} is “{cell.strip()[:30]}”, which is no date.")


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """Broken bytes travel on as marks that the row's check finds."""
    for number, line in enumerate(lines):
        text = line.decode("utf-8", errors="surrogateescape").replace("\0", "")
        yield text.removeprefix("\ufeff") if number == 0 else text
