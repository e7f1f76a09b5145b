"""`flask worker`: the jobs in a process of their own, where the web processes have none inside."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from ideas.core.jobs import begin_flushing, work


@click.command("worker")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def worker(threads: int) -> None:
    """Hand out events and mail, and do what each night has to do, until it is stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    begin_flushing(app)
    click.echo("The worker works. Ctrl-C stops it.")
    work(app, threads=threads).run()
