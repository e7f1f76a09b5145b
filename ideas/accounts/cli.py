"""`flask people`: who may do what, from the city's own console. It mends a lost administrator."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from ideas.accounts import queries
from ideas.accounts.commands import add_person, give_grant, grant_role, take_grant
from ideas.accounts.commands import reset_second_factor as reset
from ideas.accounts.forms import folded_address
from ideas.accounts.models import Department, Grant, Person, Role
from ideas.core.errors import Refused
from ideas.core.transactions import reading, transaction


@click.group("people")
def cli() -> None:
    """Roles and grants of people."""


@cli.command("list")
@with_appcontext
def show() -> None:
    """Everybody who is more than a member."""
    with reading():
        for person in queries.people_with_rights():
            grants = ", ".join(queries.grants_of(person))
            words = [
                person.email or "-",
                person.role.value,
                grants,
                person.standing.value,
                person.display_name,
            ]
            click.echo("\t".join(words))


@cli.command("grant")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="What they are from now on.")
@click.option("--department", metavar="SLUG", help="The department of an officer.")
@click.option("--grant", "grants", multiple=True, type=click.Choice([grant.value for grant in Grant]))
@click.option(
    "--take", multiple=True, type=click.Choice([grant.value for grant in Grant]), help="A grant to take back."
)
@click.option("--name", help="The display name, for an address that has no account yet.")
@with_appcontext
def grant(
    email: str,
    role: str | None,
    department: str | None,
    grants: tuple[str, ...],
    take: tuple[str, ...],
    name: str | None,
) -> None:
    """Give somebody a role and grants; an address without an account gets one."""
    try:
        with transaction():
            person = _person(email, name)
            if role:
                grant_role(person, by=None, role=Role(role), department=_department(department))
            for one in grants:
                give_grant(person, by=None, grant=Grant(one))
            for one in take:
                take_grant(person, by=None, grant=Grant(one))
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    click.echo(f"{person.email} is {person.role.value} now. They sign in with a code sent to that address.")


@cli.command("reset-second-factor")
@click.argument("email")
@with_appcontext
def reset_second_factor(email: str) -> None:
    """For somebody who lost phone and printed codes: they set up a new one at the next sign-in."""
    with transaction():
        person = queries.person_by_email(_address(email))
        if person is None:
            raise click.ClickException(f"There is no account with {email}.")
        reset(person, by=None)
    click.echo(f"{person.email} sets up a new second factor at the next sign-in.")


def _person(email: str, name: str | None) -> Person:
    address = _address(email)
    person = queries.person_by_email(address)
    return person or add_person(
        address, by=None, display_name=name or address.partition("@")[0].ljust(2, ".")
    )


def _address(email: str) -> str:
    try:
        return folded_address(email)
    except ValueError:
        raise click.ClickException(f"“{email}” is not a whole e-mail address.") from None


def _department(slug: str | None) -> Department | None:
    return queries.department_by(slug) if slug else None
