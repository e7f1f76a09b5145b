"""`flask import`: ideas from another platform's export, with a list of what could not be used."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
from flask.cli import with_appcontext

from ideas.board.queries import topics
from ideas.calls.models import Call
from ideas.calls.queries import calls
from ideas.core.city import city
from ideas.core.clock import town_now
from ideas.core.db import learn_the_tables
from ideas.core.transactions import reading, transaction
from ideas.importing.commands import Plan, Sums, bring_over
from ideas.importing.consul import NotConsul, Proposal, Reject, read
from ideas.importing.topics import TopicGuess, built_in, from_file

AT_A_TIME = 250
SHOWN = 10
FITS_ALL = "everything-else"  # where a city that was just set up puts what fits nowhere else


@click.group("import")
def cli() -> None:
    """Bring ideas over from another platform."""


@cli.command("consul-csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--call", "call_name", required=True, help="The call the ideas go to: its address or its title."
)
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of word;topic to sort ideas by, in the place of the built-in Spanish words.",
)
@click.option(
    "--topic", help="The topic of ideas that no word fits; else “Everything else”, or the city’s first."
)
@click.option("--source", default="Consul", show_default=True, help="What the old platform is called.")
@click.option("--language", default="es", show_default=True, help="The language people wrote in there.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Where unusable rows are listed."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be.")
@with_appcontext
def consul_csv(
    file: Path,
    call_name: str,
    map_file: Path | None,
    topic: str | None,
    source: str,
    language: str,
    rejects: Path | None,
    dry_run: bool,
) -> None:
    """Import FILE, Consul's export of proposals. A second run adds nothing."""
    with reading():
        plan = Plan(_call(call_name), source, language, _guess(map_file, topic))
        names = {row.id: row.name for row in topics()}
        zone, now = city().zoneinfo, town_now()
    sums, unusable = Sums(), list[Reject]()
    with file.open("rb") as lines, _bar(file) as bar:
        rows = _sorted_out(read(_counted(lines, bar), zone, now=now), unusable)
        try:
            while chunk := list(islice(rows, AT_A_TIME)):
                with reading() if dry_run else transaction():
                    bring_over(chunk, plan, sums, only_look=dry_run)
        except NotConsul as fault:
            raise click.ClickException(str(fault)) from None
    if sums.added and not dry_run:
        with transaction():
            learn_the_tables()
    _say(sums, names, plan.call, dry_run=dry_run)
    _say_rejects(file, unusable, rejects or Path(f"{file.stem}.rejects.csv"), dry_run=dry_run)


def _bar(file: Path) -> click._termui_impl.ProgressBar[int]:
    return click.progressbar(length=file.stat().st_size, label=f"  Reading {file.name}")


def _counted(lines: Iterator[bytes], bar: click._termui_impl.ProgressBar[int]) -> Iterator[bytes]:
    for line in lines:
        bar.update(len(line))
        yield line


def _sorted_out(rows: Iterator[Proposal | Reject], unusable: list[Reject]) -> Iterator[Proposal]:
    for row in rows:
        if isinstance(row, Reject):
            unusable.append(row)
        else:
            yield row


def _call(name: str) -> Call:
    listed = calls()
    for call in listed:
        if name.casefold() in {call.slug, call.title.casefold()}:
            return call
    there = ", ".join(call.slug for call in listed) or "none yet; run flask setup first"
    raise click.ClickException(f"There is no call “{name}”. The calls are: {there}.")


def _guess(map_file: Path | None, default: str | None) -> TopicGuess:
    listed = topics()
    if not listed:
        raise click.ClickException("This city has no topics yet. Make them at /desk/topics first.")
    numbers = {topic.slug: topic.id for topic in listed}
    named = numbers | {topic.name: topic.id for topic in listed}
    if default is not None and default not in named:
        raise click.ClickException(f"There is no topic “{default}”. The topics are: {', '.join(numbers)}.")
    other = numbers.get(FITS_ALL, min(numbers.values()))
    return TopicGuess(_words(map_file, numbers, named), named[default] if default else other)


def _words(map_file: Path | None, numbers: dict[str, int], named: dict[str, int]) -> dict[str, int]:
    if map_file is None:
        return built_in(numbers)
    try:
        with map_file.open(encoding="utf-8-sig", newline="") as lines:
            return from_file(lines, named)
    except (ValueError, csv.Error) as fault:
        raise click.ClickException(str(fault)) from None


def _say(sums: Sums, names: dict[int, str], call: Call, *, dry_run: bool) -> None:
    would = "Would add" if dry_run else "Added"
    click.echo(
        f"  {would} {sums.added:,} ideas to “{call.title}”, {sums.withdrawn:,} of them withdrawn there."
    )
    click.echo(f"  {sums.there_already:,} were here already.")
    click.echo(f"  Support before the move: {sums.support_before:,}. It is shown apart and never counted.")
    for topic_id, ideas in sums.topics.most_common():
        click.echo(f"    {ideas:>6,}  {names[topic_id]}")


def _say_rejects(file: Path, unusable: list[Reject], to: Path, *, dry_run: bool) -> None:
    if not unusable:
        click.echo("  Every row could be used.")
        return
    click.echo(f"  {len(unusable):,} rows could not be used.")
    for reject in unusable[:SHOWN]:
        click.echo(f"    line {reject.line}: {reject.reason}")
    if dry_run:
        return
    with to.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("file", "line", "reason"))
        table.writerows((file.name, reject.line, reject.reason) for reject in unusable)
    click.echo(f"  All of them are listed in {to}.")
