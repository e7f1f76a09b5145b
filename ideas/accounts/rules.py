"""Who may come in, by what they are. Every route names one of these; every command asks its own."""

from __future__ import annotations

from ideas.accounts.models import Grant, Person, Role, Standing, Viewer


def anyone(_viewer: Viewer) -> bool:
    """Every visitor."""
    return True


def guests(viewer: Viewer) -> bool:
    """People who are not signed in; the others have no use for it."""
    return not viewer.is_authenticated


def signed_in(viewer: Viewer) -> bool:
    """Everybody with an account, also a suspended one: they can still read and leave."""
    return bool(viewer.is_authenticated)


def may_act(viewer: Viewer) -> bool:
    """Whether the account is in good standing."""
    return bool(viewer.is_authenticated) and viewer.standing is Standing.ACTIVE


def members(viewer: Viewer) -> bool:
    """Accounts in good standing."""
    return may_act(viewer)


def desk(viewer: Viewer) -> bool:
    """Whoever works at the desk."""
    return may_act(viewer) and viewer.is_staff


def moderators(viewer: Viewer) -> bool:
    """Those who curate."""
    return may_act(viewer) and viewer.role in {Role.MODERATOR, Role.ADMINISTRATOR}


def officers(viewer: Viewer) -> bool:
    """Those who answer for a department."""
    return may_act(viewer) and viewer.role is Role.OFFICER


def pipeline_people(viewer: Viewer) -> bool:
    """Moderators and officers: the two who move ideas along."""
    return moderators(viewer) or officers(viewer)


def administrators(viewer: Viewer) -> bool:
    """Those who keep the city's own pages."""
    return may_act(viewer) and viewer.role is Role.ADMINISTRATOR


def council_members(viewer: Viewer) -> bool:
    """Members of the council."""
    return may_act(viewer) and viewer.role is Role.COUNCIL_MEMBER


def clerks(viewer: Viewer) -> bool:
    """Those who open shortlists and record meetings."""
    return may_act(viewer) and viewer.has_grant(Grant.CLERK)


def council_room(viewer: Viewer) -> bool:
    """The members' side, and the clerk who prepares it."""
    return council_members(viewer) or clerks(viewer)


def front_desk(viewer: Viewer) -> bool:
    """Those who verify residents and enter for others."""
    return may_act(viewer) and viewer.has_grant(Grant.FRONT_DESK)


def may_sign_in(person: Person | None) -> bool:
    """Everybody with an account but those who are banned or gone; the suspended can still read."""
    return person is not None and person.standing in {Standing.ACTIVE, Standing.SUSPENDED}


def may_change_rights(viewer: Viewer) -> bool:
    """Roles, grants and scopes are the administrators' to give."""
    return administrators(viewer)


def may_exclude(viewer: Viewer, person: Person) -> bool:
    """Suspending and banning, which nobody does to themselves."""
    return administrators(viewer) and viewer.id != person.id


def may_reset_second_factor(viewer: Viewer, person: Person) -> bool:
    """Helping a colleague who lost phone and paper; never oneself."""
    return administrators(viewer) and viewer.id != person.id


def second_factor_people(viewer: Viewer) -> bool:
    """Those who prove themselves twice."""
    return bool(viewer.is_authenticated) and viewer.needs_second_factor
