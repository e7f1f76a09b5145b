"""The floor: the least that a Flask page of the same twenty cards can cost, on the same tables.

One keyset query through SQLAlchemy Core, and one Jinja loop over the house's own card.
What the house does above it is what it costs: who is there, counts beside filters,
the frame of the page, headers, a transaction that cannot write.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask, request
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import Row, create_engine, text

from ideas.board.picture import idea_picture

TEMPLATES = Path(__file__).resolve().parent.parent / "ideas" / "templates"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ideas</title></head><body><main><h1>Ideas</h1>
<ul>{% for card in cards %}<li>{% include "board/_card.html" %}</li>{% endfor %}</ul>
</main></body></html>"""
QUERY = text(
    """
    SELECT idea.id, idea.slug, idea.title, idea.excerpt, idea.status, idea.posted_at, idea.topic_id,
           idea.language, tally.counted, topic.name AS topic, district.name AS district,
           person.display_name AS author, coalesce(talk_count.comments, 0) AS comments
    FROM idea JOIN tally ON tally.idea_id = idea.id JOIN topic ON topic.id = idea.topic_id
    LEFT JOIN district ON district.id = idea.district_id LEFT JOIN person ON person.id = idea.author_id
    LEFT JOIN talk_count ON talk_count.idea_id = idea.id
    WHERE idea.status NOT IN ('waiting', 'hidden', 'merged', 'withdrawn')
      AND (tally.heat, idea.id) < (:heat, :id)
    ORDER BY tally.heat DESC, idea.id DESC LIMIT 20
    """
)

app = Flask(__name__)
engine = create_engine(os.environ["FLOOR_DATABASE_URL"], pool_size=8)
jinja = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
jinja.globals.update(
    _=lambda words, **values: words % values if values else words,
    ngettext=lambda one, many, count, **values: (one if count == 1 else many) % {"num": count, **values},
    idea_picture=idea_picture,
)
jinja.filters["number"] = lambda value: f"{value:,}"
page = jinja.from_string(PAGE)


@app.get("/")
def cards() -> str:
    """Twenty cards after a place in the order."""
    after = {"heat": request.args.get("heat", 1e9, float), "id": request.args.get("id", 2**31 - 1, int)}
    with engine.connect() as connection:
        return page.render(cards=[_card(row) for row in connection.execute(QUERY, after)])


def _card(row: Row[Any]) -> dict[str, Any]:
    path = f"/ideas/{row.id}-{row.slug}"
    return {
        "id": row.id,
        "path": path,
        "title": row.title,
        "language": row.language,
        "excerpt": row.excerpt,
        "topic_id": row.topic_id,
        "facts": [row.topic, row.district, row.author, row.posted_at.date()],
        "status": row.status,
        "status_word": row.status,
        "comments": f"{row.comments} comments",
        "ballot": {
            "idea_id": row.id,
            "title": row.title,
            "state": "sign_in",
            "count": row.counted,
            "is_large": False,
        },
    }
