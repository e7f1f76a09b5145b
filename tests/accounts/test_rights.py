"""Roles, grants and standing: who changes them, and what follows at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideas.accounts import commands
from ideas.accounts.cli import cli
from ideas.accounts.models import Department, Grant, Person, PersonGrant, Role, Scope, Standing
from ideas.core.audit import AuditRow
from ideas.core.clock import clock_bound_to, town_now
from ideas.core.db import db
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.transactions import reading, transaction


def again(person: Person) -> Person:
    """As it is in the database now."""
    with reading():
        return db.session.get_one(Person, person.id, populate_existing=True)


def held(kind: type[PersonGrant | Scope]) -> int:
    with reading():
        return len(db.session.scalars(select(kind)).all())


def test_a_change_of_role_ends_the_sessions_of_the_person(town, browse):
    eva, maria = town.administrator(), town.moderator()
    browser = browse(maria)

    with transaction():
        commands.grant_role(maria, by=eva, role=Role.MEMBER)

    assert browser.visits("/me").url == "/sign-in"
    assert again(maria).role is Role.MEMBER
    assert db.session.scalar(select(AuditRow.act)) == "person.role_changed"


def test_only_administrators_change_rights(town):
    omar = town.member()

    for by in (town.moderator(), town.officer(), town.council_member(), town.clerk(), omar):
        with pytest.raises(NotAllowed), transaction():
            commands.grant_role(omar, by=by, role=Role.ADMINISTRATOR)
        with pytest.raises(NotAllowed), transaction():
            commands.give_grant(omar, by=by, grant=Grant.CLERK)
        with pytest.raises(NotAllowed), transaction():
            commands.ban(omar, by=by)

    assert again(omar).role is Role.MEMBER


def test_the_last_administrator_stays_one(town):
    eva = town.administrator()

    for act in (
        lambda: commands.grant_role(eva, by=eva, role=Role.MEMBER),
        lambda: commands.ban(eva, by=None),
        lambda: commands.suspend(eva, by=None, until=town_now() + timedelta(days=3)),
    ):
        with pytest.raises(TooLate, match="last administrator"), transaction():
            act()

    town.administrator("Ilse Vogt")
    with transaction():
        commands.grant_role(eva, by=eva, role=Role.MEMBER)
    assert again(eva).role is Role.MEMBER


def test_an_officer_has_a_department_and_loses_it_with_the_role(town):
    eva, omar = town.administrator(), town.member()

    with pytest.raises(Invalid, match="needs a department"), transaction():
        commands.grant_role(omar, by=eva, role=Role.OFFICER)
    with transaction():
        commands.grant_role(omar, by=eva, role=Role.OFFICER, department=town.streets)
    assert again(omar).department_id == town.streets.id
    with transaction():
        commands.grant_role(omar, by=eva, role=Role.MEMBER)
    assert again(omar).department_id is None


def test_a_grant_given_twice_is_held_once_and_can_be_taken_back(town):
    eva, omar = town.administrator(), town.member()

    for _ in range(2):
        with transaction():
            commands.give_grant(omar, by=eva, grant=Grant.CLERK)
    assert held(PersonGrant) == 1
    with transaction():
        commands.take_grant(omar, by=eva, grant=Grant.CLERK)

    assert held(PersonGrant) == 0


def test_a_moderator_is_limited_to_topics_and_districts_until_the_role_ends(town):
    eva, maria = town.administrator(), town.moderator()

    with transaction():
        commands.set_scopes(maria, by=eva, topics=[town.parks.id, town.parks.id], districts=[town.harbour.id])
    assert held(Scope) == 2
    with transaction():
        commands.grant_role(maria, by=eva, role=Role.MEMBER)
    assert held(Scope) == 0


def test_a_suspended_person_reads_and_is_told_until_when(town, browse):
    eva, omar = town.administrator(), town.member()
    before = browse(omar)
    with transaction():
        commands.suspend(omar, by=eva, until=town_now() + timedelta(days=3))

    assert before.visits("/me").url == "/sign-in"
    browser = browse(omar)
    assert browser.visits("/me").says("Your account is suspended until")
    assert not browser.visits(town.idea()).says("Report this idea")
    refused = browser.visits("/me/profile")
    assert refused.status == 403
    assert refused.says("You can read until then, and not act.")


def test_a_suspension_ends_at_its_moment_and_the_night_writes_it_down(town, browse):
    eva, omar = town.administrator(), town.member()
    with transaction():
        commands.suspend(omar, by=eva, until=town_now() + timedelta(hours=3))
    browser = browse(omar)

    with clock_bound_to(town_now() + timedelta(hours=4)):
        assert browser.visits("/me/profile").status == 200
        assert again(omar).standing is Standing.SUSPENDED
        db.session.rollback()
        commands.lift_what_has_ended()

    assert again(omar).standing is Standing.ACTIVE


def test_a_banned_person_is_out_at_once_and_comes_back_when_it_is_lifted(town, browse):
    eva, omar = town.administrator(), town.member()
    browser = browse(omar)
    with transaction():
        commands.ban(omar, by=eva)
    assert browser.visits("/me").url == "/sign-in"

    with transaction():
        commands.lift(omar, by=eva)

    assert browse(omar).visits("/me").status == 200


def test_nobody_excludes_themselves(town):
    eva = town.administrator()
    town.administrator("Ilse Vogt")

    with pytest.raises(NotAllowed), transaction():
        commands.ban(eva, by=eva)


def test_the_console_mends_a_lost_administrator(town, app):
    runner = app.test_cli_runner()

    made = runner.invoke(cli, ["grant", "Eva@Example.org", "--name", "Eva Brandt", "--role", "administrator"])
    clerk = runner.invoke(cli, ["grant", "eva@example.org", "--grant", "clerk"])
    listed = runner.invoke(cli, ["list"])

    assert made.exit_code == clerk.exit_code == 0
    assert "eva@example.org\tadministrator\tclerk\tactive\tEva Brandt" in listed.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grant", "nobody"], "not a whole e-mail address"),
        (["grant", "a@example.org", "--role", "officer"], "needs a department"),
        (["grant", "a@example.org", "--role", "officer", "--department", "moon"], "no department “moon”"),
        (["reset-second-factor", "a@example.org"], "no account"),
    ],
)
def test_the_console_says_what_is_wrong_and_changes_nothing(town, app, words, sentence):
    said = app.test_cli_runner().invoke(cli, words)

    assert said.exit_code == 1
    assert sentence in said.output
    assert db.session.scalars(select(Person)).all() == []


def test_who_leaves_a_department_does_not_sign_for_it_any_more(town):
    eva, joao = town.administrator(), town.officer("João Pires")
    with transaction():
        town.streets.signer_id = joao.id
        db.session.merge(town.streets)

    with transaction():
        commands.grant_role(joao, by=eva, role=Role.MODERATOR)

    assert db.session.get_one(Department, town.streets.id, populate_existing=True).signer_id is None
    db.session.commit()
