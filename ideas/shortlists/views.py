"""The shortlists in public, and the clerk's pages to keep them."""

from __future__ import annotations

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from ideas.accounts.queries import viewer
from ideas.accounts.rules import anyone
from ideas.board.queries import visible_idea
from ideas.core.errors import Invalid, TooLate
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.council import queries as council
from ideas.shortlists import commands, queries
from ideas.shortlists.forms import BudgetForm, IdeaForm, OpenForm, SendForm
from ideas.shortlists.models import Shortlist
from ideas.shortlists.rules import may_keep_shortlist

bp = Blueprint("shortlists", __name__)


@bp.get("/shortlists")
@requires(anyone)
def index() -> Response:
    """Every shortlist of the city."""
    return render_page("shortlists/index.html", shortlists=queries.shortlists())


@bp.get("/shortlists/<call_slug>")
@requires(anyone)
def show(call_slug: str) -> Response:
    """One shortlist: the rule in words, the order, what is funded and why, and what the council decided."""
    shortlist = queries.shortlist_of(call_slug)
    lines = queries.standing(shortlist)
    return render_page(
        "shortlists/show.html",
        shortlist=shortlist,
        lines=lines,
        figures=queries.figures(shortlist, lines),
        turnout=queries.turnout(shortlist),
        meetings=council.meetings_of(shortlist.id),
        results=council.results_of(shortlist.id),
    )


@bp.route("/desk/shortlists", methods=["GET", "POST"])
@requires(may_keep_shortlist)
def desk() -> Response:
    """The clerk's list of shortlists, and a form to open one."""
    form = OpenForm.from_request()
    calls = queries.calls_without_shortlist()
    form.call.choices = [(call.id, call.title) for call in calls]
    if request.method == "POST" and form.validate():
        call = next(call for call in calls if call.id == form.call.data)
        shortlist = commands.open_shortlist(call, by=viewer(), budget_cents=form.budget.data)
        return redirect_saying(_desk_path(shortlist), _("The shortlist is open. Put checked ideas on it."))
    return form_page("shortlists/desk/index.html", shortlists=queries.shortlists(), form=form)


@bp.get("/desk/shortlists/<int:shortlist_id>")
@requires(may_keep_shortlist)
def desk_show(shortlist_id: int) -> Response:
    """One shortlist at the clerk's desk."""
    return _desk_page(queries.shortlist_by(shortlist_id))


@bp.post("/desk/shortlists/<int:shortlist_id>/budget")
@requires(may_keep_shortlist)
def budget(shortlist_id: int) -> Response:
    """Mend how much there is."""
    shortlist, form = queries.shortlist_by(shortlist_id), BudgetForm.from_request(prefix="budget")
    if not form.validate():
        return _desk_page(shortlist, budget=form)
    commands.set_budget(shortlist, by=viewer(), budget_cents=form.budget.data)
    return redirect_saying(_desk_path(shortlist), _("The budget is changed; the order follows."))


@bp.post("/desk/shortlists/<int:shortlist_id>/add")
@requires(may_keep_shortlist)
def add(shortlist_id: int) -> Response:
    """Put a checked idea on the list."""
    shortlist = queries.shortlist_by(shortlist_id)
    form = _add_form(shortlist)
    if form.validate():
        try:
            idea = visible_idea(form.idea.data, to=viewer())
            commands.add_to_shortlist(idea, by=viewer(), to=shortlist, text=form.text.data)
            return redirect_saying(
                _desk_path(shortlist), _("“%(title)s” is on the shortlist.", title=idea.title)
            )
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    return _desk_page(shortlist, add=form)


@bp.post("/desk/shortlists/<int:shortlist_id>/take-off")
@requires(may_keep_shortlist)
def take_off(shortlist_id: int) -> Response:
    """Take an idea off the list."""
    shortlist = queries.shortlist_by(shortlist_id)
    form = _take_off_form(shortlist)
    if form.validate():
        try:
            idea = queries.listed_idea(shortlist.id, form.idea.data)
            commands.take_off_shortlist(idea, by=viewer(), off=shortlist, text=form.text.data)
            return redirect_saying(_desk_path(shortlist), _("It is off the shortlist."))
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    return _desk_page(shortlist, take_off=form)


@bp.post("/desk/shortlists/<int:shortlist_id>/send")
@requires(may_keep_shortlist)
def send(shortlist_id: int) -> Response:
    """Lay the list before the council as it is."""
    shortlist, form = queries.shortlist_by(shortlist_id), SendForm.from_request(prefix="send")
    if form.validate():
        try:
            commands.send_to_council(shortlist, by=viewer(), text=form.text.data)
            return redirect_saying(_desk_path(shortlist), _("The shortlist lies before the council."))
        except (Invalid, TooLate) as refused:
            form.refuse(refused)
    return _desk_page(shortlist, send=form)


def _desk_page(shortlist: Shortlist, **refused: object) -> Response:
    """The clerk's page; a form that was refused takes the place of the empty one."""
    lines = queries.standing(shortlist)
    forms = {
        "budget": BudgetForm(prefix="budget", budget=shortlist.budget_cents),
        "add": _add_form(shortlist),
        "take_off": _take_off_form(shortlist),
        "send": SendForm(prefix="send"),
    }
    return form_page(
        "shortlists/desk/show.html",
        shortlist=shortlist,
        lines=lines,
        figures=queries.figures(shortlist, lines),
        forms=forms | refused,
        meetings=council.meetings_of(shortlist.id),
    )


def _add_form(shortlist: Shortlist) -> IdeaForm:
    form: IdeaForm = IdeaForm.from_request(prefix="add")
    return form.offer((idea.idea_id, idea.title) for idea in queries.addable(shortlist))


def _take_off_form(shortlist: Shortlist) -> IdeaForm:
    form: IdeaForm = IdeaForm.from_request(prefix="off")
    return form.offer(queries.listed_titles(shortlist.id))


def _desk_path(shortlist: Shortlist) -> str:
    return f"/desk/shortlists/{shortlist.id}"


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)
