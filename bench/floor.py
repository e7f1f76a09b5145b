"""The floor: the least that a Flask page of twenty cards can cost, on the same tables.

One keyset query through SQLAlchemy Core, one Jinja loop. What the house does
above it (who is there, counts, filters, headers, the frame) is what it costs.
"""

from __future__ import annotations

import os

from flask import Flask, render_template_string, request
from sqlalchemy import create_engine, text

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ideas</title></head><body><main><h1>Ideas</h1>
{% for card in cards %}
<article id="idea-{{ card.id }}">
  <p><b>{{ card.counted }}</b> Support</p>
  <h3><a href="/ideas/{{ card.id }}-{{ card.slug }}">{{ card.title }}</a></h3>
  <p>{{ card.topic }} · {{ card.district }} · {{ card.author }} · {{ card.posted_at }}</p>
  <p>{{ card.excerpt }}</p>
  <p><span>{{ card.status }}</span> {{ card.comments }} comments</p>
</article>
{% endfor %}
</main></body></html>"""
QUERY = text(
    """
    SELECT idea.id, idea.slug, idea.title, idea.excerpt, idea.status, idea.posted_at, tally.counted,
           topic.name AS topic, district.name AS district, person.display_name AS author,
           coalesce(talk_count.comments, 0) AS comments
    FROM idea JOIN tally ON tally.idea_id = idea.id JOIN topic ON topic.id = idea.topic_id
    LEFT JOIN district ON district.id = idea.district_id LEFT JOIN person ON person.id = idea.author_id
    LEFT JOIN talk_count ON talk_count.idea_id = idea.id
    WHERE idea.status NOT IN ('waiting', 'hidden') AND (tally.heat, idea.id) < (:heat, :id)
    ORDER BY tally.heat DESC, idea.id DESC LIMIT 20
    """
)

app = Flask(__name__)
engine = create_engine(os.environ["FLOOR_DATABASE_URL"], pool_size=8)


@app.get("/")
def cards() -> str:
    """Twenty cards after a place in the order."""
    after = {"heat": request.args.get("heat", 1e9, float), "id": request.args.get("id", 2**31, int)}
    with engine.connect() as connection:
        return render_template_string(PAGE, cards=connection.execute(QUERY, after).all())
