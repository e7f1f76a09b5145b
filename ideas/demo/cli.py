"""`flask demo`: build Alder Bay, make it large, say whom to sign in as."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from ideas.config import Settings
from ideas.core.keys import keys
from ideas.demo import credentials
from ideas.demo.build import build, has_ideas, is_empty
from ideas.demo.scale import Scale, enlarge

SEED = 2028


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where a city is already.")
@click.option("--scale", type=click.IntRange(1, 200_000), help="Add so many ideas, with votes and comments.")
@click.option(
    "--credentials",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write who can sign in as JSON.",
)
@click.option("--seed", default=SEED, show_default=True, help="Another number is another city.")
@with_appcontext
def cli(if_empty: bool, scale: int | None, file: Path | None, seed: int) -> None:
    """Build the demo city Alder Bay in an empty database."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException(
            "This house is in production (IDEAS_MODE). The demo city is only built with IDEAS_MODE=demo."
        )
    keys()
    if is_empty():
        _build(seed)
    elif not (if_empty or scale or file):
        raise click.ClickException("There is a city in this database already. Use an empty one.")
    if scale:
        _enlarge(scale, seed)
    if file:
        credentials.write(file, seed)
        click.echo(f"  Who can sign in is written to {file}.")
    _say_who(settings, seed)


def _build(seed: int) -> None:
    with click.progressbar(length=1, label="  Building Alder Bay", show_pos=False) as bar:

        def tell(done: int, planned: int) -> None:
            bar.length = planned
            bar.update(done - bar.pos)

        build(seed=seed, tell=tell)


def _enlarge(many: int, seed: int) -> None:
    if not has_ideas():
        raise click.ClickException("There are no ideas here yet to add more to.")
    scale = Scale(many)
    with click.progressbar(length=many, label=f"  Adding {many:,} ideas") as bar:
        enlarge(scale, seed=seed, tell=bar.update)
    click.echo(f"  Added {scale.ideas:,} ideas, {scale.votes:,} votes and {scale.comments:,} comments.")


def _say_who(settings: Settings, seed: int) -> None:
    click.echo("\n" + credentials.table(seed))
    if settings.staff_second_factor:
        click.echo(
            "  People who work for the city also need a code: --credentials FILE writes their secrets."
        )
