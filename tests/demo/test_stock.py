"""The words of the demo city hold together, and what is strange in them is there on purpose."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from ideas.core.text import normalised, one_line
from ideas.demo.almanac import Almanac
from ideas.demo.geography import boundaries
from ideas.demo.stock import stock
from ideas.demo.support import VOTES, how_many
from ideas.demo.talk import plan_comments, plan_ideas
from ideas.demo.world import World
from ideas.places.geometry import bounds, contains, parse_boundary

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def world(seed: int = 1) -> World:
    return World(stock(), Almanac(NOW, ZoneInfo("Europe/Lisbon")), seed, random.Random(seed))


def test_a_hundred_and_twenty_ideas_keep_to_the_limits_of_the_form():
    ideas = stock().ideas

    assert len(ideas) == 120
    assert len({idea.title for idea in ideas}) == 120
    assert all(10 <= len(one_line(idea.title)) <= 120 for idea in ideas)
    assert all(40 <= len(normalised(idea.body)) <= 4000 for idea in ideas)
    assert all(2 <= len(normalised(remark.text)) <= 1500 for idea in ideas for remark in idea.said)


def test_each_idea_has_a_topic_a_call_and_an_author_that_exist():
    words = stock()
    people = {
        entry["key"]
        for group in ("staff", "organisations", "members", "newcomers")
        for entry in words.people[group]
    }

    assert {idea.topic for idea in words.ideas} == {topic["slug"] for topic in words.city["topic"]}
    assert {idea.district for idea in words.ideas} - {""} == {d["slug"] for d in words.map["district"]}
    assert {idea.call for idea in words.ideas} == {call["key"] for call in words.city["call"]}
    assert {idea.by for idea in words.ideas} <= people
    assert {remark.author for idea in words.ideas for remark in idea.said} - {""} <= people


def test_people_have_said_something_about_each_idea_on_the_board():
    assert all(len(idea.said) >= 2 for idea in stock().ideas if not idea.waiting)
    texts = {remark.text for idea in stock().ideas for remark in idea.said}
    assert len(texts) >= 450


def test_the_city_is_strange_enough_to_try_a_page_on():
    titles = " ".join(idea.title for idea in stock().ideas)

    assert "<script>" in titles
    assert "🛹" in titles
    assert "موقف" in titles
    assert "Straßenbahnhaltestellenwartehäuschenbegrünungsförderprogramm" in titles


def test_nine_districts_share_their_borders_and_leave_no_gap():
    rings = [json.loads(text)["coordinates"][0] for text in boundaries(stock().map).values()]
    seen: dict[frozenset[tuple[float, float]], int] = {}
    for ring in rings:
        for a, b in pairwise(ring):
            edge = frozenset((tuple(a), tuple(b)))
            seen[edge] = seen.get(edge, 0) + 1

    assert len(rings) == 9
    assert set(seen.values()) == {1, 2}
    alone = [edge for edge, times in seen.items() if times == 1]
    ends = [point for edge in alone for point in edge]
    assert all(ends.count(point) == 2 for point in ends), "the outline of the city is one closed line"


def test_no_place_lies_in_two_districts():
    parsed = [parse_boundary(text) for text in boundaries(stock().map).values()]
    box = bounds(*parsed)
    dice = random.Random(1)
    for _ in range(300):
        lon, lat = dice.uniform(box.west, box.east), dice.uniform(box.south, box.north)
        assert sum(contains(boundary, lon, lat) for boundary in parsed) <= 1


def test_two_hundred_and_forty_thousand_people_live_there():
    assert sum(district["population"] for district in stock().map["district"]) == 240_000


def test_votes_add_up_to_six_thousand():
    assert sum(how_many(world()).values()) == VOTES


def test_the_same_seed_plans_the_same_past():
    def moments(seed: int) -> list[datetime]:
        city = world(seed)
        plan_ideas(city)
        plan_comments(city)
        return [moment for moment, *_ in city.acts]

    assert moments(1) == moments(1)
    assert moments(1) != moments(2)
    assert max(moments(3)) <= NOW
