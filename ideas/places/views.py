"""The districts, as administrators keep them: a list, a form each, and a file for all at once."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, url_for

from ideas.accounts.queries import viewer
from ideas.accounts.rules import administrators
from ideas.core.errors import Invalid, Missing, Refused
from ideas.core.fragments import form_page, redirect_saying, render_page
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext
from ideas.core.security import UPLOAD_LIMIT, body_limit, requires
from ideas.places import commands, queries
from ideas.places.forms import DistrictForm, FileForm
from ideas.places.geometry import Feature, read_features
from ideas.places.held_files import held, hold, let_go
from ideas.places.plan import name_choices, number_choices, shapes_of

bp = Blueprint("places", __name__)


def init_app(app: Flask) -> None:
    """Hang the pages."""
    app.register_blueprint(bp)


@bp.get("/desk/districts")
@requires(administrators)
def index() -> Response:
    """Every district with its people, the picture of all of them, and the way to a file."""
    return _index(FileForm.from_request(), 200)


@bp.route("/desk/districts/new", methods=["GET", "POST"])
@requires(administrators)
def new() -> Response:
    """One more district, without a boundary."""
    form = DistrictForm.from_request()
    if request.method == "POST" and form.validate():
        try:
            district = commands.create_district(
                by=viewer(), name=form.name.data, population=form.population.data
            )
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".index"), _("%(name)s is a district now.", name=district.name))
    return form_page("places/new.html", form=form)


@bp.route("/desk/districts/<slug>/edit", methods=["GET", "POST"])
@requires(administrators)
def edit(slug: str) -> Response:
    """Name and people of one district."""
    district = queries.district_by(slug)
    form = DistrictForm.from_request(name=district.name, population=district.population)
    if request.method == "POST" and form.validate():
        try:
            commands.edit_district(
                district, by=viewer(), name=form.name.data, population=form.population.data
            )
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".index"), _("%(name)s is saved.", name=district.name))
    outline = queries.outline_map(slug)
    return form_page("places/edit.html", form=form, district=district, outline=outline)


@bp.post("/desk/districts/<slug>/remove")
@requires(administrators)
def remove(slug: str) -> Response:
    """Take away a district that nothing belongs to."""
    district = queries.district_by(slug)
    commands.remove_district(district, by=viewer())
    return redirect_saying(url_for(".index"), _("%(name)s is removed.", name=district.name))


@bp.post("/desk/districts/file")
@requires(administrators)
@body_limit(UPLOAD_LIMIT)
def upload() -> Response:
    """Read a file and, if it can be read, show what it would change."""
    form = FileForm.from_request()
    try:
        text = _sent_text()
        read_features(text)
    except ValueError as fault:
        form.refuse(Invalid(str(fault), field="file"))
        return _index(form, 422)
    return redirect_saying(url_for(".preview", digest=hold(_folder(), text)))


@bp.get("/desk/district-file/<digest>")
@requires(administrators)
def preview(digest: str) -> Response:
    """What the file would change, under the name property that was chosen; nothing is kept yet."""
    features = _held_features(digest)
    names, numbers = name_choices(features), number_choices(features)
    name = request.args.get("name", names[0] if names else "")
    population = request.args.get("population", "")
    known = {district.name for district in queries.districts()}
    try:
        shapes, fault = shapes_of(features, name=name, population=population), ""
    except ValueError as refused:
        shapes, fault = [], str(refused)
    chosen = {"name": name, "population": population, "names": names, "numbers": numbers}
    return render_page(
        "places/file.html", shapes=shapes, fault=fault, known=known, digest=digest, chosen=chosen,
        outline=queries.outline_of([shape.boundary for shape in shapes]),
    )  # fmt: skip


@bp.post("/desk/district-file/<digest>")
@requires(administrators)
def draw(digest: str) -> Response:
    """Take the file over, whole."""
    features = _held_features(digest)
    try:
        shapes = shapes_of(
            features, name=request.form.get("name", ""), population=request.form.get("population", "")
        )
    except ValueError as fault:
        raise Refused(str(fault)) from None
    drawn = commands.draw_districts(shapes, by=viewer())
    let_go(_folder(), digest)
    words = ngettext("%(num)d district is new", "%(num)d districts are new", drawn.new)
    if not drawn.redrawn:
        return redirect_saying(url_for(".index"), _("%(new)s.", new=words))
    return redirect_saying(
        url_for(".index"), _("%(new)s, %(redrawn)s redrawn.", new=words, redrawn=drawn.redrawn)
    )


def _index(form: FileForm, status: int) -> Response:
    return render_page(
        "places/index.html",
        districts=queries.districts(),
        outline=queries.outline_map(),
        drawn=queries.drawn_slugs(),
        form=form,
        status=status,
    )


def _sent_text() -> str:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise ValueError("Choose a file first.")
    try:
        with sent.stream as stream:
            return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not written in UTF-8. Save it as UTF-8 and try again.") from None


def _held_features(digest: str) -> list[Feature]:
    text = held(_folder(), digest)
    if text is None:
        raise Missing("This file is not here any more. Choose it again on the page of the districts.")
    return read_features(text)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data_dir / "district-files"
    return folder
