"""`flask recount` and `flask keys`."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

import click
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from flask.cli import with_appcontext

from ideas.config import Settings
from ideas.core import keys as house_keys
from ideas.core.transactions import reading
from ideas.voting.queries.recount import differences

ED25519 = b"\x01"


@click.command()
@click.option("--check", is_flag=True, help="Only look, and exit with 1 if anything differs.")
@with_appcontext
def recount(check: bool) -> None:
    """Compare the tally with the votes and with the fold of the events, idea by idea.

    Also the figures beside the board's filters and of the talk. Nothing is
    changed: a count that is wrong is put right by an approved correction alone.
    """
    if not check:
        raise click.UsageError("Say --check. A wrong count is put right by an approved correction alone.")
    found = 0
    with reading():
        for difference in differences():
            found += 1
            click.echo(str(difference))
    if found:
        click.echo(f"{found} numbers differ.", err=True)
        raise SystemExit(1)
    click.echo("Every number is the sum of what happened.")


@click.group()
def keys() -> None:
    """The house's keys, which live outside the database."""


@keys.command("make")
@with_appcontext
def make() -> None:
    """Make the keys, once. Keep another backup of them than of the database."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        house_keys.make(settings.keys_file, origin=urlsplit(settings.site_url).netloc)
    except FileExistsError:
        raise click.ClickException(
            f"{settings.keys_file} is there already. New keys would cut every vote from its resident."
        ) from None
    click.echo(f"The keys are in {settings.keys_file}. Back the file up, apart from the database.")


@keys.command("show")
@with_appcontext
def show() -> None:
    """Show what the public may know: the name and the key that check the ledger's signatures."""
    settings: Settings = current_app.config["SETTINGS"]
    held = house_keys.read(settings.keys_file)
    public = held.ledger.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    hint = hashlib.sha256(f"{held.origin}\n".encode() + ED25519 + public).digest()[:4].hex()
    click.echo(f"{held.origin}+{hint}+{base64.b64encode(ED25519 + public).decode()}")


commands = (recount, keys)
