"""Made-up contents for the style guide, in the shapes that the parts take. No database knows of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

Sample = dict[str, Any]

BALLOT: Sample = {
    "count_words": "verified residents support this",
    "beside": "+ 38 waiting to be verified · 61 % from Old Harbour",
    "closed_words": "Support closed on 11 December",
    "share_url": "/styleguide",
    "poster_url": "",
    "said": "",
    "title": "Shade trees",
}
STATES = ("none", "cast", "kept", "held", "sign_in", "closed")
LONG_WORD = "Straßenbahnhaltestellenwartehäuschenbegrünungsförderprogramm"


def ballots(*, is_large: bool = False) -> list[Sample]:
    """A ballot in each of its states."""
    first = 100 if is_large else 0
    return [_ballot(first + n, state, 412 * 3**n, is_large=is_large) for n, state in enumerate(STATES)]


def _ballot(idea_id: int, state: str, count: int, *, is_large: bool = False) -> Sample:
    return {**BALLOT, "idea_id": idea_id, "state": state, "count": count, "is_large": is_large}


def finder() -> Sample:
    """The search and the filter rail, with one filter on."""
    topics = [_option("Streets & transit", 184, is_on=True), _option("Parks & nature", 131)]
    districts = [_option("Old Harbour", 120), _option("Eastfield", 96)]
    return {
        "action": "/ideas",
        "q": "",
        "total": 638,
        "active": 1,
        "groups": [
            {"name": "topic", "label": "Topic", "options": topics, "rest": []},
            {"name": "district", "label": "District", "options": districts, "rest": [_option("Marina", 7)]},
        ],
        "list_url": "/ideas",
        "map_url": "",
        "is_map": False,
        "clear_url": "/ideas",
        "is_open": False,
    }


def _option(label: str, count: int, *, is_on: bool = False) -> Sample:
    word = label.split()[0].lower()
    return {"name": "sample", "value": word, "label": label, "count": count, "is_on": is_on}


def results() -> Sample:
    """Three cards: supported and answered; late, with a word longer than a phone; written from the right."""
    orders = [("Trending", True), ("Most supported", False), ("Newest", False)]
    return {
        "orders": [{"label": label, "href": "/ideas", "is_on": is_on} for label, is_on in orders],
        "order": "",
        "order_name": "Trending",
        "order_words": "puts first what people support, discuss and get answers on now.",
        "words": "",
        "cards": _cards(),
        "older_url": "/ideas",
        "clear_url": "/ideas",
    }


def _cards() -> list[Sample]:
    trees = _card(
        201, "Shade trees and benches along the Canal Street tram stop", "under_review", "cast", 412
    )
    late = _card(202, f"{LONG_WORD} for line 7", "under_review", "none", 1287)
    shelter = _card(203, "موقف حافلات مظلل في الساحة", "open", "kept", 23)
    trees["city_word"] = "City replied · answer due 12 Dec"
    late["city_word"], late["is_late"] = "Answer overdue since 21 Nov", True
    shelter["facts"], shelter["language"] = (
        ["Streets & transit", "Southgate", "فاطمة الزهراء", "8 hours ago"],
        "ar",
    )
    return [trees, late, shelter]


def _card(number: int, title: str, status: str, state: str, count: int) -> Sample:
    words = {"under_review": "Under review", "open": "Gathering support"}
    return {
        "id": number,
        "path": "/ideas",
        "title": title,
        "language": "",
        "excerpt": "Twelve street trees and four benches would make the stop usable for older people.",
        "topic_id": number,
        "facts": ["Streets & transit", "Old Harbour", "Ana Ruiz", "3 days ago"],
        "status": status,
        "status_word": words[status],
        "comments": "34 comments",
        "city_word": "",
        "is_late": False,
        "photo": "",
        "ballot": _ballot(number, state, count),
    }


def talk() -> Sample:
    """Strongest points, the form, and comments: with a badge and a reply, and one that was hidden."""
    reply = _comment(303, "Ana Ruiz", "", "Yes, on both sides of the line.")
    staff = _comment(301, "Helena Costa", "question", "Would the shop in the corner lose its loading bay?")
    staff |= {"badge": "Streets Department", "badge_kind": "staff", "replies": [reply]}
    gone = _comment(302, "A member", "against", "")
    gone["is_gone"] = "Hidden by a moderator: advertising (rule 5)."
    point = {
        "body": "The stop serves the clinic: most who wait are over 65.",
        "author": "Lena S.",
        "href": "#talk",
    }
    return {
        "words": "3 comments · 1 against · 1 question",
        "points_for": [{**point, "helpful": "helpful to 41"}],
        "points_against": [],
        "orders": [{"label": "Newest", "href": "#talk", "is_on": True}],
        "comments": [staff, gone],
        "older_url": "",
        "may_comment": True,
        "closed_words": "",
        "form_action": "/styleguide",
        "stances": [("for", "For"), ("against", "Against"), ("question", "Question"), ("note", "Note")],
        "stance": "for",
        "body": "",
        "errors": ["Say a little more: at least 2 characters."],
        "sign_in_url": "",
    }


def _comment(number: int, author: str, stance: str, body: str) -> Sample:
    return {
        "id": number,
        "author": author,
        "badge": "",
        "badge_kind": "",
        "stance": stance,
        "stance_word": stance.capitalize(),
        "posted": "21 November 2026",
        "href": f"#comment-{number}",
        "body": Markup("<p>{}</p>").format(body),
        "is_gone": "",
        "from_idea": "",
        "helpful": "helpful to 6",
        "pressed": None,
        "may_press": False,
        "reply_action": "",
        "edit_url": "",
        "delete_url": "",
        "report_url": "#talk",
        "replies": [],
        "more_replies_url": "",
        "more_replies_words": "",
    }


def entries() -> list[Sample]:
    """Lines of a case file: a move, and a holding answer."""
    at = datetime(2026, 11, 12, 9, 12, tzinfo=UTC)
    due, late = datetime(2026, 12, 12, 9, 12, tzinfo=UTC), datetime(2026, 11, 30, 9, 12, tzinfo=UTC)
    text = Markup("<p>The tram operator must agree to the planting pits. We meet them on 3 December.</p>")
    both = {"department": "Parks Department", "at": at, "due_at": due}
    moved = {"kind": "move", "anchor": "sample-move", "status": "under_review", "by": "moderator", "rule": ""}
    answer = {"kind": "answer", "anchor": "sample-answer", "status": "", "answer_kind": "holding"}
    return [
        {**both, **moved, "text": Markup("<p>More than three times the support that it needs.</p>")},
        {**both, **answer, "text": text, "signature": "Parks Department", "moved_from": late},
    ]


def milestones() -> list[Sample]:
    """Done, now with a slip, and to come."""
    return [
        {
            "id": 1,
            "title": "Council funds it",
            "state": "done",
            "note": "done 18 Jun 2026",
            "slips": [],
            "evidence": "",
        },
        {
            "id": 2,
            "title": "South section opens",
            "state": "now",
            "note": "planned 25 Jan → now 15 Feb 2027: gas main found under the kerb",
            "slips": [],
            "evidence": "",
        },
        {
            "id": 3,
            "title": "40 trees planted",
            "state": "to_come",
            "note": "planned 15 Nov 2027",
            "slips": [],
            "evidence": "",
        },
    ]


def evidence() -> Sample:
    """Bars of three districts, one with too few voters to be told."""
    rows = [("Old Harbour", 41.2, 1318), ("Eastfield", 18.0, 504), ("Saltmarsh", None, None)]
    return {
        "districts": [
            {"district": name, "per_thousand": share, "voters": voters} for name, share, voters in rows
        ],
        "missing": ["Saltmarsh"],
    }


def where() -> Sample:
    """A district drawn among its neighbours, with a pin."""
    return {
        "words": "Canal Street · Old Harbour",
        "district": "Old Harbour",
        "view_box": "0 0 320 200",
        "others": "M40 20L160 10L170 90L60 110ZM170 90L160 10L290 40L280 130Z",
        "path": "M60 110L170 90L280 130L200 190L80 180Z",
        "x": 165,
        "y": 130,
    }


def queue() -> Sample:
    """Two cases of the desk, the first one open."""
    line = {"id": 1, "kind": "Comment · Quay Road", "title": "“These people should be thrown off…”"}
    return {
        "lines": [
            {
                **line,
                "about": "2 reports · 40 min",
                "pill": "Personal attack",
                "status": "overdue",
                "is_late": False,
            },
            {
                "id": 2,
                "kind": "Idea · waiting",
                "title": "Cheap SEO for your city project",
                "about": "2 days",
                "pill": "Publish it?",
                "status": "in_delivery",
                "is_late": True,
            },
        ]
    }
