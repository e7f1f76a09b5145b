"""People, as administrators find them; what each of them is and may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, request, url_for

from ideas.accounts import commands
from ideas.accounts.models import Grant, Person, Role
from ideas.accounts.queries import department_with, departments, me, person_with
from ideas.accounts.rules import administrators
from ideas.board.queries import topics
from ideas.core.city import city
from ideas.core.errors import Invalid, Refused, TooLate
from ideas.core.fields import options
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import fresh, requires
from ideas.desk import queries
from ideas.desk.forms import GRANTS, ROLES, GrantsForm, PersonForm, RoleForm, ScopesForm, SuspendForm
from ideas.desk.views.blueprint import bp
from ideas.places.queries import districts


@bp.get("/desk/people")
@requires(administrators)
def people() -> Response:
    """Accounts by name or address."""
    words = request.args.get("q", "").replace("\x00", "").strip()[:80]
    role = next((role for role in Role if role.value == request.args.get("role")), None)
    found = queries.people(words=words, role=role, after=request.args.get("after"))
    return render_page("desk/people.html", found=found, words=words, role=role, roles=ROLES, grants=GRANTS)


@bp.route("/desk/people/new", methods=["GET", "POST"])
@requires(administrators)
def new_person() -> Response:
    """An account for somebody who has not come yet."""
    form = PersonForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            person = commands.add_person(form.address, by=me(), display_name=form.display_name.data)
        except Invalid as refused:
            form.refuse(refused)
        else:
            words = _("%(name)s has an account now. Say what they are to the city.", name=person.display_name)
            return redirect_saying(_path(person.id), words)
    return form_page("desk/new_person.html", form=form)


@bp.get("/desk/people/<int:person_id>")
@requires(administrators)
def person(person_id: int) -> Response:
    """One person: role, grants, scopes, and whether they may act."""
    return _page(person_with(person_id))


@bp.post("/desk/people/<int:person_id>/role")
@requires(administrators)
@fresh
def grant_role(person_id: int) -> Response:
    """Make somebody what they are to the city."""
    form = _role_form()

    def act(who: Person) -> None:
        part = department_with(int(form.department.data)) if form.department.data else None
        commands.grant_role(who, by=me(), role=Role(form.role.data), department=part)

    return _done(person_id, form, act)


@bp.post("/desk/people/<int:person_id>/grants")
@requires(administrators)
@fresh
def set_grants(person_id: int) -> Response:
    """Give the ticked grants and take back the others."""
    form = GrantsForm.from_request()

    def act(who: Person) -> None:
        for grant in Grant:
            change = commands.give_grant if grant.value in form.grants.data else commands.take_grant
            change(who, by=me(), grant=grant)

    return _done(person_id, form, act)


@bp.post("/desk/people/<int:person_id>/scopes")
@requires(administrators)
@fresh
def set_scopes(person_id: int) -> Response:
    """Limit a moderator to topics and districts."""
    form = _scopes_form()
    return _done(
        person_id,
        form,
        lambda who: commands.set_scopes(who, by=me(), topics=form.topics.data, districts=form.districts.data),
    )


@bp.post("/desk/people/<int:person_id>/suspend")
@requires(administrators)
def suspend(person_id: int) -> Response:
    """Let somebody only read until the end of a day."""
    form = SuspendForm.from_request()
    return _done(person_id, form, lambda who: commands.suspend(who, by=me(), until=_end_of(form.until.data)))


@bp.post("/desk/people/<int:person_id>/ban")
@requires(administrators)
@fresh
def ban(person_id: int) -> Response:
    """Let somebody in no more."""
    return _done(person_id, None, lambda who: commands.ban(who, by=me()))


@bp.post("/desk/people/<int:person_id>/lift")
@requires(administrators)
def lift(person_id: int) -> Response:
    """Let somebody act again."""
    return _done(person_id, None, lambda who: commands.lift(who, by=me()))


@bp.post("/desk/people/<int:person_id>/second-factor")
@requires(administrators)
@fresh
def reset_second_factor(person_id: int) -> Response:
    """For a colleague who lost phone and paper."""
    return _done(person_id, None, lambda who: commands.reset_second_factor(who, by=me()))


def _done(person_id: int, form: Any, act: Callable[[Person], None]) -> Response:
    """Act and say so, or show the page again with the sentence of the refusal."""
    person = person_with(person_id)
    if form is not None and not form.validate():
        return _page(person, Invalid(next(iter(form.errors.values()))[0]), form)
    try:
        act(person)
    except (Invalid, TooLate) as refused:
        return _page(person_with(person_id), refused, form)
    return redirect_saying(_path(person_id), _("%(name)s is saved.", name=person.display_name))


def _page(person: Person, refused: Refused | None = None, form: Any = None) -> Response:
    """The person; a form that was refused stands there as it was filled in."""
    return render_page(
        "desk/person.html",
        **{**_forms(person), **({_name_of(form): form} if form is not None else {})},
        person=person,
        resident=person.resident,
        refused=refused.message if refused else "",
        roles=ROLES,
        is_me=person.id == me().id,
        status=refused.status if refused else 200,
    )


def _forms(person: Person) -> dict[str, Any]:
    scopes = queries.scopes_of(person)
    return {
        "role_form": _role_form(role=person.role.value, department=str(person.department_id or "")),
        "grants_form": GrantsForm(grants=[held.grant.value for held in person.grants]),
        "scopes_form": _scopes_form(topics=scopes.topics, districts=scopes.districts),
        "suspend_form": SuspendForm(),
    }


def _name_of(form: Any) -> str:
    names = {RoleForm: "role_form", GrantsForm: "grants_form", ScopesForm: "scopes_form"}
    return names.get(type(form), "suspend_form")


def _role_form(**held: Any) -> Any:
    form = RoleForm(**held) if held else RoleForm.from_request()
    parts = [(part.id, part.name) for part in departments()]
    form.department.choices = options([("", _("None")), *parts])
    return form


def _scopes_form(**held: Any) -> Any:
    form = ScopesForm(**held) if held else ScopesForm.from_request()
    form.topics.choices = options((topic.id, topic.name) for topic in topics())
    form.districts.choices = options((district.id, district.name) for district in districts())
    return form


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=city().zoneinfo)


def _path(person_id: int) -> str:
    return url_for(".person", person_id=person_id)
