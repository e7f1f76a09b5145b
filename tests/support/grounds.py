"""What was there first in the house that was lived in: a map, a call, and the addresses of both."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import current_app

from ideas.accounts.models import Level
from ideas.calls.commands import PhasePlan, create_call
from ideas.core.transactions import transaction
from ideas.notifications.unsubscribing import Stop, unsubscribe_url
from ideas.places.commands import draw_districts
from ideas.places.geometry import read_features
from ideas.places.held_files import hold
from ideas.places.plan import shapes_of

if TYPE_CHECKING:
    from tests.support.lived_in import LivedIn


def lay(house: LivedIn) -> None:
    """Boundaries, a file that waits to be taken over, a call with phases, and where to find them."""
    town, eva, member = house.town, house.people["administrator"], house.people["member"]
    week = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)
    phases = [
        PhasePlan("Ideas and support", True, True, None, week),
        PhasePlan("The city checks cost", False, False, week, week + timedelta(days=30)),
    ]
    with transaction():
        draw_districts(shapes_of(read_features(map_of("Old Harbour", "Eastfield")), name="name"), by=eva)
        call = house.made["call"] = create_call(
            by=eva,
            title="A cooler city",
            summary="Shade, water and wind.",
            body="What cools **your** street?",
            budget_cents=120_000_000,
            counts=Level.VERIFIED,
            phases=phases,
        )
    folder = current_app.config["SETTINGS"].data_dir / "district-files"
    house.things |= {
        "slug": call.slug,
        "call_slug": call.slug,
        "districts/slug": town.harbour.slug,
        "departments/slug": town.streets.slug,
        "topics/slug": town.parks.slug,
        "digest": hold(folder, map_of("Old Harbour", "Hillside")),
        "person_id": member.id,
        "token": unsubscribe_url(Stop(member.id)).rsplit("/", 1)[1],
    }
    house.show("/calls/<slug>", town.open_call.path)
    staff = [house.people[role].id for role in ("moderator", "officer", "clerk", "administrator")]
    house.show("/desk/people/<int:person_id>", *(f"/desk/people/{number}" for number in staff))


def map_of(*names: str) -> str:
    """Squares side by side, as a city's own file holds them."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "people": 30_000},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[n, 0], [n + 1, 0], [n + 1, 1], [n, 1], [n, 0]]],
            },
        }
        for n, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
