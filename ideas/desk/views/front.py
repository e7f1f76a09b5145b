"""The first page of the desk, and the links in its header: what is there and what the door lets through."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response, current_app, g
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from ideas.accounts.models import Viewer
from ideas.accounts.queries import viewer
from ideas.accounts.rules import desk
from ideas.core.fragments import render_page
from ideas.core.security import requires
from ideas.desk.queries import Waiting, waiting
from ideas.desk.views.blueprint import bp
from ideas.pipeline.queries import to_sign


class Link(NamedTuple):
    """A way from the desk: its key in the navigation, where it leads, and how much waits there."""

    key: str
    href: str
    words: Any
    sentence: Any
    waits: int | None = None


class DeskRoom(NamedTuple):
    """The links of one viewer: the work, and the city's own pages; how many answers are overdue."""

    work: list[Link]
    city: list[Link]
    overdue: int


WORK = (
    Link("queue", "/desk/queue", _l("Queue"), _l("What waits for a decision.")),
    Link("answers", "/desk/answers", _l("Answers due"), _l("What the city owes, by date.")),
    Link("pipeline", "/desk/pipeline", _l("Pipeline"), _l("Where every idea stands.")),
    Link("programs", "/desk/programs", _l("Programs"), _l("What is being done.")),
    Link("shortlists", "/desk/shortlists", _l("Shortlists"), _l("What goes to the council.")),
    Link("front-desk", "/desk/front-desk", _l("Front desk"), _l("Verify those who come in person.")),
    Link("log", "/desk/log", _l("Log"), _l("Every decision of the desk.")),
)
CITY = (
    Link("people", "/desk/people", _l("People"), _l("Roles, grants, and accounts that may not act.")),
    Link(
        "departments", "/desk/departments", _l("Departments"), _l("Who owns answers, and who signs them off.")
    ),
    Link("topics", "/desk/topics", _l("Topics"), _l("What ideas are about, and which department looks.")),
    Link(
        "districts",
        "/desk/districts",
        _l("Districts"),
        _l("Where ideas are, and how many people live there."),
    ),
    Link("calls", "/desk/calls", _l("Calls"), _l("What the city asks for, when, and with how much money.")),
    Link(
        "city",
        "/desk/city",
        _l("The city"),
        _l("Name, languages, house rules and the days the city promises."),
    ),
)


@bp.get("/desk")
@requires(desk)
def index() -> Response:
    """What each viewer of the desk has to do."""
    return render_page("desk/index.html", room_links=desk_room(viewer()), to_sign=to_sign(viewer()))


def desk_room(person: Viewer) -> DeskRoom:
    """The links of this viewer, worked out once for a page."""
    if "desk_room" not in g:
        counts = waiting(person)
        work = [_counted(link, counts) for link in WORK if _opens(link.href, person)]
        city = [link for link in CITY if _opens(link.href, person)]
        g.desk_room = DeskRoom(work, city, counts.overdue)
    room: DeskRoom = g.desk_room
    return room


def _opens(href: str, person: Viewer) -> bool:
    """Whether there is such a page, and its own rule lets this person in."""
    try:
        endpoint, _values = current_app.url_map.bind("desk").match(href)
    except HTTPException:
        return False
    view: Any = current_app.view_functions[endpoint]
    return bool(view.requires(person))


def _counted(link: Link, counts: Waiting) -> Link:
    number = {"queue": counts.cases, "answers": counts.answers}.get(link.key)
    return link._replace(waits=number)
