"""The talk under an idea: three statements, whatever its length, put into the words of its page."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import Row

from ideas.accounts.models import Viewer
from ideas.accounts.words import badge as badge_of
from ideas.accounts.words import called
from ideas.board.models import Idea
from ideas.comments import words
from ideas.comments.models import Stance
from ideas.comments.queries import rows as find
from ideas.comments.queries.shapes import Point, Shown, Talk, Thread, thread_of, thread_word
from ideas.comments.rules import may_comment, takes_comments
from ideas.core.languages import spoken_date
from ideas.core.paging import encode_cursor
from ideas.core.parts import Tab
from ideas.core.text import excerpt, markdown

POINT_LENGTH = 220


def talk(
    idea: Idea,
    viewer: Viewer,
    *,
    order: str = "newest",
    after: str | None = None,
    thread: str | None = None,
    form: Any = None,
) -> Talk:
    """The talk under an idea, 20 comments from a cursor or from an opened thread on.

    `order` is newest, oldest or helpful; an unknown word and a cursor that is
    nonsense show the beginning. `form` is a refused form, shown again.
    """
    opened = thread_of(thread)
    order = order if order in find.KEYS and not opened else "newest"
    rows = find.page(idea, viewer, order, after, opened)
    empty = blank_talk(idea, viewer, form)
    if not rows:
        return empty
    tops = [row for row in rows if row.id is not None]
    shown = _with_replies(tops[: find.PAGE], idea, viewer, opened)
    points_for, points_against = strongest_points(idea) if rows[0].comments else ([], [])
    return empty._replace(
        words=words.counts(rows[0].comments, rows[0].in_favour, rows[0].against, rows[0].questions),
        points_for=points_for,
        points_against=points_against,
        orders=_orders(idea, order),
        comments=shown,
        older_url=_older_url(idea, order, tops),
    )


def blank_talk(idea: Idea, viewer: Viewer, form: Any = None) -> Talk:
    """The talk with its form alone, and what was typed into it."""
    is_open = takes_comments(idea)
    return Talk(
        words="",
        points_for=[],
        points_against=[],
        orders=[],
        comments=[],
        older_url="",
        may_comment=is_open and may_comment(viewer),
        closed_words=words.closed(idea.status),
        form_action=f"/ideas/{idea.id}/comments",
        stances=words.stances(),
        stance=(form.stance.data if form else "") or Stance.FOR,
        body=(form.body.data if form else "") or "",
        errors=_errors_of(form),
        sign_in_url="" if viewer.is_authenticated or not is_open else f"/sign-in?next={idea.path}%23say",
    )


def _with_replies(tops: list[Row[Any]], idea: Idea, viewer: Viewer, opened: Thread | None) -> list[Shown]:
    replies: dict[int, list[Row[Any]]] = {}
    for row in find.replies(idea, [top.id for top in tops], viewer, opened):
        replies.setdefault(row.parent_id, []).append(row)
    here = _here(idea, viewer)
    return [_shown(top, here, replies.get(top.id, [])) for top in tops]


class _Here(NamedTuple):
    """What is the same for every comment of a page, asked once."""

    path: str
    reply_action: str
    me: int | None
    speaks: bool
    is_open: bool
    reports: bool
    stance_words: dict[str, str]


def _here(idea: Idea, viewer: Viewer) -> _Here:
    speaks = may_comment(viewer)
    return _Here(
        path=idea.path,
        reply_action=f"/ideas/{idea.id}/comments",
        me=viewer.id,
        speaks=speaks,
        is_open=speaks and takes_comments(idea),
        reports=speaks or not viewer.is_authenticated,  # a guest signs in on the way
        stance_words=dict(words.stances()),
    )


def strongest_points(idea: Idea) -> tuple[list[Point], list[Point]]:
    """The strongest points for and against, as the idea's page and the council's papers show them."""
    rows = find.strongest(idea)
    return (
        [_point(row) for row in rows if row.stance is Stance.FOR],
        [_point(row) for row in rows if row.stance is Stance.AGAINST],
    )


def _point(row: Row[Any]) -> Point:
    return Point(
        body=excerpt(row.body, POINT_LENGTH),
        author=called(row.display_name),
        helpful=words.helpful(row.helpful) or words.new_point(),
        href=f"/comments/{row.id}",
    )


def _shown(row: Row[Any], here: _Here, replies: list[Row[Any]]) -> Shown:
    is_gone = words.gone(row.state, row.hidden_rule)
    badge, badge_kind = badge_of(row.kind, row.role, row.department)
    is_own = here.me is not None and row.author_id == here.me
    speaks, is_open = here.speaks and not is_gone, here.is_open and not is_gone
    more_url, more_words = _more_replies(row, here, replies)
    return Shown(
        id=row.id,
        author=called(row.author),
        badge=badge,
        badge_kind=badge_kind,
        stance=row.stance,
        stance_word=here.stance_words[row.stance] if row.parent_id is None and not is_gone else "",
        posted=words.posted(spoken_date(row.posted_at), is_edited=row.edited_at is not None),
        href=f"/comments/{row.id}",
        body=Markup("") if is_gone else markdown(row.body),
        is_gone=is_gone,
        from_idea="",
        helpful=words.helpful(row.helpful),
        pressed=row.pressed,
        may_press=speaks and not is_own,
        reply_action=here.reply_action if is_open else "",
        edit_url=f"/comments/{row.id}/edit" if is_open and is_own else "",
        delete_url=f"/comments/{row.id}/remove" if speaks and is_own else "",
        report_url="" if is_gone or is_own or not here.reports else f"/comments/{row.id}/report",
        replies=[_shown(reply, here, []) for reply in replies],
        more_replies_url=more_url,
        more_replies_words=more_words,
    )


def _more_replies(row: Row[Any], here: _Here, replies: list[Row[Any]]) -> tuple[str, str]:
    """Where the rest of the replies is: behind those that are shown, or before them."""
    if not replies:
        return "", ""
    if left := replies[-1].replies - replies[-1].place:
        skipped = replies[-1].place if replies[-1].place > find.REPLIES_SHOWN else 0
        return f"{here.path}?thread={thread_word(row.id, skipped)}#comment-{row.id}", words.more_replies(left)
    if replies[0].place > 1:
        return f"{here.path}?thread={row.id}#comment-{row.id}", words.earlier_replies()
    return "", ""


def _orders(idea: Idea, order: str) -> list[Tab]:
    return [
        Tab(label, f"{idea.path}?order={key}#talk" if key != "newest" else f"{idea.path}#talk", key == order)
        for key, label in words.orders()
    ]


def _older_url(idea: Idea, order: str, tops: list[Row[Any]]) -> str:
    if len(tops) <= find.PAGE:
        return ""
    last = tops[find.PAGE - 1]
    first = last.helpfulness if order == "helpful" else last.posted_at
    return f"{idea.path}?order={order}&after={encode_cursor(first, last.id)}#talk"


def _errors_of(form: Any) -> list[str]:
    if form is None:
        return []
    return [str(error) for errors in form.errors.values() for error in errors]
