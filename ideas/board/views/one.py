"""The page of one idea, and the words it had before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from flask import Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone, may_act, pipeline_people
from ideas.accounts.words import badge as badge_of
from ideas.accounts.words import name_of
from ideas.board import queries
from ideas.board.diff import Change, changes
from ideas.board.find import LISTED
from ideas.board.models import Idea, Status
from ideas.board.queries import Facts, visible_idea
from ideas.board.rules import is_author, may_edit, may_withdraw
from ideas.board.views import words
from ideas.board.views.blueprint import bp
from ideas.comments.queries import talk
from ideas.core.city import city
from ideas.core.fragments import render_page
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, number, spoken_date
from ideas.core.security import LARGEST_ROW, requires
from ideas.core.text import markdown
from ideas.notifications.queries import follows_idea
from ideas.pipeline.queries import newest_answer, stands
from ideas.places.queries import outline_map
from ideas.programs.queries import programs_of
from ideas.voting.queries import ballot

ALMOST_NOTHING = 0.05  # of a support given now; less would be shown as 0


class Shown(NamedTuple):
    """An idea as board/show.html names it."""

    id: int
    path: str
    title: str
    language: str
    status: Status
    topic: str
    topic_id: int
    district: str
    author: str
    author_badge: str
    author_badge_kind: str
    posted: str
    edits: str
    revisions_url: str
    body: Markup
    photos: list[Any]
    before: str
    notes: list[tuple[str, str]]


class Where(NamedTuple):
    """The place of an idea, as board/_where.html names it."""

    words: str
    district: str
    view_box: str = ""
    path: str = ""
    others: str = ""
    x: float | None = None
    y: float | None = None


class Version(NamedTuple):
    """One edit, as board/revisions.html names it."""

    number: int
    at: Any
    title: list[Change]
    body: list[Change]


@bp.get("/ideas/<int:idea_id>")
@bp.get("/ideas/<int:idea_id>-<slug>")
@requires(anyone)
def show(idea_id: int, slug: str = "") -> AnyResponse:
    """One idea with all that was said and done about it; its number decides, its words are for people."""
    idea = visible_idea(idea_id, to=viewer())
    if idea.status is Status.MERGED and idea.merged_into_id is not None:
        return redirect(f"{queries.path_of(idea.merged_into_id)}?from={idea.id}", 301)
    if request.path != idea.path:
        return redirect(idea.path + _asked(), 301)
    return render_page("board/show.html", **_page(idea))


@bp.get("/ideas/<int:idea_id>/revisions")
@requires(anyone)
def revisions(idea_id: int) -> Response:
    """Every edit that people could have seen, the newest first."""
    idea = visible_idea(idea_id, to=viewer())
    kept = queries.revisions(idea)
    versions = [
        Version(new.number, new.at, changes(old.title, new.title), changes(old.body, new.body))
        for old, new in pairwise(kept)
    ]
    return render_page("board/revisions.html", idea=idea, first=kept[0], versions=versions[::-1])


def _asked() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"?{query}" if query else ""


def _page(idea: Idea) -> dict[str, Any]:
    """What the page shows; what the figures say is not there is not asked for."""
    who, args = viewer(), request.args
    figures = queries.facts(idea, viewer=who)
    large = ballot(idea, who, is_large=True)
    order, after, thread = args.get("order", "newest"), args.get("after"), args.get("thread")
    return {
        "idea": _shown(idea, figures),
        "ballot": large,
        "answer": newest_answer(idea.id) if figures.answers else None,
        "stands": stands(idea),
        "casefile_url": f"/ideas/{idea.id}/case-file" if idea.is_on_the_board else "",
        "why": _why(idea, figures),
        "where": _where(idea),
        "acts": _acts(idea),
        "talk": talk(idea, who, order=order, after=after, thread=thread),
        "programs": programs_of(idea.id) if figures.programs else [],
        "follow": follows_idea(idea, who, is_muted=figures.is_muted, supports=large.is_mine),
    }


def _shown(idea: Idea, figures: Facts) -> Shown:
    badge, kind = badge_of(idea.author.kind, idea.author.role) if idea.author else ("", "")
    return Shown(
        id=idea.id,
        path=idea.path,
        title=idea.title,
        language=words.foreign_language(idea),
        status=idea.status,
        topic=idea.topic.name,
        topic_id=idea.topic_id,
        district=words.district_word(idea),
        author=name_of(idea.author, elsewhere=idea.author_name),
        author_badge=badge,
        author_badge_kind=kind,
        posted=spoken_date(idea.posted_at),
        edits=words.edits_word(figures.edits),
        revisions_url=f"/ideas/{idea.id}/revisions",
        body=markdown(idea.body),
        photos=[],
        before=_before(idea),
        notes=_notes(idea),
    )


def _before(idea: Idea) -> str:
    if not idea.support_before:
        return ""
    return ngettext(
        "%(num)s person supported it on the platform before this one; that is shown here and not counted.",
        "%(num)s people supported it on the platform before this one; that is shown here and not counted.",
        idea.support_before,
    )


def _notes(idea: Idea) -> list[tuple[str, str]]:
    """What a reader must know before the first word: kind of notice, and its words."""
    since = spoken_date(idea.status_since)
    made = {
        Status.WAITING: ("sun", _waiting_words(idea)),
        Status.WITHDRAWN: ("info", _("Withdrawn by its author on %(day)s. It stays readable.", day=since)),
        Status.HIDDEN: ("risk", _("Hidden since %(day)s: only moderators see this page.", day=since)),
    }
    notes = [made[idea.status]] if idea.status in made else []
    merged = request.args.get("from", 0, type=int)
    title = queries.title_merged_into(idea, merged) if 0 < merged <= LARGEST_ROW else ""
    if title:
        line = _("Idea %(id)s, “%(title)s”, was merged into this one.", id=f"#{merged}", title=title)
        notes.append(("info", line))
    return notes


def _waiting_words(idea: Idea) -> str:
    if not is_author(viewer(), idea):
        return _("The first idea of this person: it waits for a moderator and is not on the board yet.")
    hours = city().moderation_hours
    return _(
        "This is your first idea here, so a moderator reads it before everybody can see it: "
        "usually within %(hours)s working hours.",
        hours=hours,
    )


def _why(idea: Idea, figures: Facts) -> str:
    """The numbers that put it where it is."""
    if idea.status not in LISTED:
        return _("It is not in the lists, so it has no place in them.")
    if figures.place:
        place = _("Place %(place)s in Trending.", place=number(figures.place))
    else:
        place = _("Behind the first %(places)s in Trending.", places=number(queries.FIRST_PLACES))
    return f"{place} {_lately(figures.lately)} {_warmth(figures.warmth)}"


def _lately(supporters: int) -> str:
    if not supporters:
        return _("Nobody new supported it in the last 7 days.")
    return ngettext(
        "%(num)s resident supported it in the last 7 days.",
        "%(num)s residents supported it in the last 7 days.",
        supporters,
    )


def _warmth(supports: float) -> str:
    """How much all that happened to an idea still weighs, in supports given now."""
    if supports < ALMOST_NOTHING:
        return _(
            "Support, comments and answers count half as much a week later, "
            "so what it once had weighs little now."
        )
    shown = round(supports, 1)
    return ngettext(
        "Support, comments and answers count half as much a week later: together they weigh as much as "
        "%(warmth)s support given now.",
        "Support, comments and answers count half as much a week later: together they weigh as much as "
        "%(warmth)s supports given now.",
        1 if shown == 1 else 2,
        warmth=number(shown),
    )


def _where(idea: Idea) -> Where | None:
    if idea.district is None and not idea.place:
        return None
    named = [part for part in (idea.place, idea.district.name if idea.district else "") if part]
    district = idea.district.name if idea.district else ""
    drawn = outline_map(idea.district.slug, lon=idea.lon, lat=idea.lat) if idea.district else None
    if drawn is None or not drawn.path:
        return Where(" · ".join(named), district)
    return Where(" · ".join(named), district, drawn.view_box, drawn.path, drawn.others, drawn.x, drawn.y)


def _acts(idea: Idea) -> list[tuple[str, str]]:
    """What this viewer may do with the idea beside supporting it."""
    who = viewer()
    made = []
    if may_edit(who, idea):
        made.append((_("Edit"), f"/ideas/{idea.id}/edit"))
    if may_withdraw(who, idea):
        made.append((_("Withdraw this idea"), f"/ideas/{idea.id}/withdraw"))
    may_report = may_act(who) or not who.is_authenticated  # a guest signs in on the way
    if idea.is_on_the_board and not is_author(who, idea) and may_report:
        made.append((_("Report this idea"), f"/ideas/{idea.id}/report"))
    if pipeline_people(who):
        made.append((_("This idea at the desk"), f"/desk/ideas/{idea.id}"))
    return made
