"""The front desk: find an account, look at the card, say that its person lives here."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from ideas.accounts import rules as people
from ideas.accounts.queries import person_by_email, viewer
from ideas.core.errors import Invalid
from ideas.core.fragments import form_page, redirect_saying
from ideas.core.languages import gettext as _
from ideas.core.languages import ngettext, spoken_date
from ideas.core.limits import limiter
from ideas.core.security import requires
from ideas.places.queries import district_by, districts
from ideas.voting import commands
from ideas.voting.forms import FindForm, VerifyForm
from ideas.voting.queries import front_desk

bp = Blueprint("front_desk", __name__)
TRIES = "60 per hour"


@bp.route("/desk/front-desk", methods=["GET", "POST"])
@requires(people.front_desk)
@limiter.limit(TRIES, methods=["POST"])
def index() -> Response:
    """Find an account by its address; what was done today stands beneath."""
    form = FindForm.from_request()
    if request.method == "POST" and form.validate():
        found = person_by_email(form.address)
        if found is not None:
            return redirect_saying(url_for("front_desk.show", person_id=found.id))
        form.email.errors = [_("No account has this address. Ask how it is written on “My page”.")]
    return form_page("voting/front_desk.html", form=form, today=front_desk.verified_today())


@bp.route("/desk/front-desk/<int:person_id>", methods=["GET", "POST"])
@requires(people.front_desk)
@limiter.limit(TRIES, methods=["POST"])
def show(person_id: int) -> Response:
    """One account: what the city knows, and the form that says the person lives here."""
    at_the_desk = front_desk.at_the_desk(person_id)
    form = VerifyForm.from_request()
    form.district.choices = {"": _("Choose"), **{one.slug: one.name for one in districts()}}
    if request.method == "POST" and form.validate():
        try:
            done = _verify(at_the_desk, form)
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for("front_desk.index"), _words_for(at_the_desk, done))
    return form_page("voting/resident.html", form=form, desk=at_the_desk)


@bp.post("/desk/front-desk/<int:person_id>/renew")
@requires(people.front_desk)
def renew(person_id: int) -> Response:
    """One more term of eligibility, by one press."""
    at_the_desk = front_desk.at_the_desk(person_id)
    resident = commands.renew_eligibility(at_the_desk.person, by=viewer())
    until = spoken_date(resident.eligible_until)
    words = _("%(name)s can be counted until %(day)s.", name=at_the_desk.person.display_name, day=until)
    return redirect_saying(url_for("front_desk.index"), words)


def _verify(at_the_desk: front_desk.AtTheDesk, form: VerifyForm) -> commands.Verified:
    return commands.verify(
        at_the_desk.person,
        by=viewer(),
        registry_id=form.registry_id.data or "",
        district=district_by(form.district.data),
        age_band=form.age_band.data,
        method="front_desk",
    )


def _words_for(at_the_desk: front_desk.AtTheDesk, done: commands.Verified) -> str:
    """What the person at the desk is told."""
    words = [_("%(name)s is verified.", name=at_the_desk.person.display_name)]
    if done.counted:
        words.append(
            ngettext("%(num)s kept support counts now.", "%(num)s kept supports count now.", done.counted)
        )
    if done.too_late:
        words.append(
            ngettext(
                "%(num)s came too late: support for that idea is closed.",
                "%(num)s came too late: support for those ideas is closed.",
                done.too_late,
            )
        )
    return " ".join(words)
