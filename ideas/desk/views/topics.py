"""The topics, as administrators keep them."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from ideas.accounts.queries import department_with, departments, me
from ideas.accounts.rules import administrators
from ideas.board.queries import topic_by
from ideas.core.errors import Invalid
from ideas.core.fields import options
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.desk import commands, queries
from ideas.desk.forms import TopicForm
from ideas.desk.views.blueprint import bp


@bp.get("/desk/topics")
@requires(administrators)
def topics() -> Response:
    """Every topic with its department and number of ideas."""
    return render_page("desk/topics.html", lines=queries.topic_lines())


@bp.route("/desk/topics/new", methods=["GET", "POST"])
@requires(administrators)
def new_topic() -> Response:
    """One more thing ideas can be about."""
    form = _form()
    if request.method == "POST" and form.validate():
        try:
            topic = commands.create_topic(by=me(), **_typed(form))
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".topics"), _("%(name)s is a topic now.", name=topic.name))
    return form_page("desk/topic.html", form=form, topic=None)


@bp.route("/desk/topics/<slug>/edit", methods=["GET", "POST"])
@requires(administrators)
def edit_topic(slug: str) -> Response:
    """A topic's words and department."""
    topic = topic_by(slug)
    form = _form(name=topic.name, sentence=topic.sentence, department=str(topic.department_id))
    if request.method == "POST" and form.validate():
        try:
            commands.edit_topic(topic, by=me(), **_typed(form))
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".topics"), _("%(name)s is saved.", name=topic.name))
    return form_page("desk/topic.html", form=form, topic=topic)


def _form(**held: Any) -> Any:
    form = TopicForm.from_request(**held)
    form.department.choices = options((part.id, part.name) for part in departments())
    return form


def _typed(form: Any) -> dict[str, Any]:
    department = department_with(int(form.department.data))
    return {"name": form.name.data, "sentence": form.sentence.data or "", "department": department}
