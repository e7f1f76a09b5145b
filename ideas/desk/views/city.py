"""What the city says about itself."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from ideas.accounts.queries import me
from ideas.accounts.rules import administrators
from ideas.core.city import City
from ideas.core.errors import Invalid
from ideas.core.fragments import form_page, redirect_saying
from ideas.core.languages import gettext as _
from ideas.core.security import requires
from ideas.desk import commands, queries
from ideas.desk.commands import CityRules, CityWords
from ideas.desk.forms import CityForm
from ideas.desk.views.blueprint import bp


@bp.route("/desk/city", methods=["GET", "POST"])
@requires(administrators)
def city() -> Response:
    """Name, zone, money, languages, house rules, and the promises in days and hours."""
    kept = queries.kept_city()
    form = CityForm.from_request(**_held(kept))
    if request.method == "POST" and form.validate():
        try:
            commands.edit_city(kept, by=me(), words=_words(form), rules=_rules(form))
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect_saying(url_for(".city"), _("The city is saved."))
    return form_page("desk/city.html", form=form)


def _held(kept: City) -> dict[str, Any]:
    names = (*CityWords._fields, *CityRules._fields)
    return {name: getattr(kept, name) for name in names} | {"languages": ", ".join(kept.languages)}


def _words(form: Any) -> CityWords:
    return CityWords(*(form[name].data for name in CityWords._fields))


def _rules(form: Any) -> CityRules:
    return CityRules(*(form[name].data for name in CityRules._fields))
