"""From what was found to the parts of the page: search box, filters, orders, cards."""

from __future__ import annotations

from datetime import datetime

from ideas.accounts.queries import viewer
from ideas.board.find import BEST_MATCH, ORDERS, TRENDING, WHOLE_CITY, Find
from ideas.board.models import Status
from ideas.board.queries import Found, Option, Row
from ideas.board.views import words
from ideas.board.views.shapes import Card, Choice, Finder, Group, Results
from ideas.core.clock import town_now
from ideas.core.languages import ago
from ideas.core.languages import gettext as _
from ideas.core.parts import Tab
from ideas.voting.queries import Ballot, ballots

ACTION = "/ideas"
SHOWN = 7


def finder(find: Find, page: Found) -> Finder:
    """The search box and the filters with their figures."""
    groups = [group for group in _groups(find, page.options) if group.options]
    chosen = [choice for group in groups for choice in [*group.options, *group.rest] if choice.is_on]
    return Finder(
        action=ACTION,
        q=find.q,
        total=page.total,
        active=len(chosen),
        groups=groups,
        list_url=f"{ACTION}{find.query()}",
        map_url="",
        is_map=False,
        clear_url=f"{ACTION}{Find(q=find.q, order=find.order).query()}",
    )


def results(find: Find, page: Found) -> Results:
    """The orders, the sentence under them, and the cards."""
    usual = BEST_MATCH if find.q else TRENDING
    who, now = viewer(), town_now()
    votes = ballots([row.idea for row in page.rows.items], who)
    is_narrowed = bool(find._replace(order=TRENDING, after="").query())
    return Results(
        orders=[_order(order, find) for order in ((BEST_MATCH, *ORDERS) if find.q else ORDERS)],
        order="" if find.order == usual else find.order,
        order_name=words.order_word(find.order),
        order_words=words.order_words(find.order),
        words=words.results_words(
            page.ideas, find.q, has_all_words=page.has_all_words, is_narrowed=is_narrowed
        ),
        cards=[_card(row, votes[row.idea.id], now) for row in page.rows.items],
        older_url=f"{ACTION}{find.query(after=page.rows.next)}" if page.rows.next else "",
        clear_url=ACTION,
    )


def _order(order: str, find: Find) -> Tab:
    return Tab(words.order_word(order), f"{ACTION}{find.query(order=order)}", order == find.order)


def _card(row: Row, ballot: Ballot, now: datetime) -> Card:
    idea = row.idea
    return Card(
        id=idea.id,
        path=idea.path,
        title=idea.title,
        language=words.foreign_language(idea),
        excerpt=idea.excerpt,
        topic_id=idea.topic_id,
        facts=[idea.topic.name, words.district_word(idea), words.author_word(idea), ago(idea.posted_at)],
        status=idea.status,
        status_word=words.status_word(idea.status),
        comments=words.comments_word(row.comments),
        city_word=words.city_word(idea, is_answered=row.is_answered, now=now),
        is_late=idea.answer_due_at is not None and idea.answer_due_at < now,
        photo="",
        ballot=ballot,
    )


def _groups(find: Find, options: list[Option]) -> list[Group]:
    return [
        _group("topic", _("Topic"), _named(find, options, "topic")),
        _group("district", _("District"), _named(find, options, "district")),
        Group("status", _("Status"), _statuses(find, options), []),
        _group("call", _("Call"), _calls(find, options)),
        Group("only", _("Only show"), _own(find), []),
    ]


def _group(name: str, label: str, choices: list[Choice]) -> Group:
    """The most used first; those that are on are never folded away."""
    choices = sorted(choices, key=lambda choice: (-(choice.count or 0), choice.label))
    shown = [choice for place, choice in enumerate(choices) if place < SHOWN or choice.is_on]
    return Group(name, label, shown, [choice for choice in choices if choice not in shown])


def _named(find: Find, options: list[Option], kind: str) -> list[Choice]:
    """Topics, districts and calls by their names; the whole city stands beside its districts."""
    chosen = getattr(find, kind)
    made = [
        Choice(kind, option.value, option.name or _("The whole city"), option.ideas, option.value in chosen)
        for option in options
        if option.kind == kind
    ]
    return [choice for choice in made if choice.value != WHOLE_CITY or choice.count or choice.is_on]


def _calls(find: Find, options: list[Option]) -> list[Choice]:
    """No filter while there is but one call."""
    made = _named(find, options, "call")
    return made if len(made) > 1 else []


def _statuses(find: Find, options: list[Option]) -> list[Choice]:
    """In the order of an idea's life, those that have ideas."""
    figures = {option.value: option.ideas for option in options if option.kind == "status"}
    return [
        Choice("status", status, words.status_word(status), figures.get(status, 0), status in find.status)
        for status in Status
        if figures.get(status, 0) != 0 or status in find.status
    ]


def _own(find: Find) -> list[Choice]:
    """An answer of the city; and for people who are signed in, what is theirs."""
    made = [Choice("answered", "yes", _("With an answer of the city"), None, find.answered)]
    if viewer().is_authenticated:
        made.append(Choice("mine", "yes", _("My ideas"), None, find.mine))
        made.append(Choice("supported", "yes", _("Supported by me"), None, find.supported))
    return made
