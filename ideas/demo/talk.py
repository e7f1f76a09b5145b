"""What the people of the demo city post and say, each at its moment of the past."""

from __future__ import annotations

from datetime import datetime, timedelta

from ideas.board.commands import post_idea
from ideas.board.models import Status
from ideas.comments.commands import post_comment
from ideas.comments.models import Comment, Stance
from ideas.demo.stock import IdeaWords, Remark
from ideas.demo.world import World
from ideas.moderation.commands import decide, open_case
from ideas.moderation.models import CaseKind, Verdict
from ideas.places.geometry import Boundary, bounds, contains, parse_boundary

COMMENTS = 700
ENOUGH = 7
CARDS = {"for": 9, "against": 2, "question": 3, "note": 3, "reply": 6}
PASSER_BY = "*"
LONGEST_TALK = timedelta(days=70)
LONGEST_WAIT_MIN = 400
EDGE = 0.25


def plan_ideas(world: World) -> None:
    """Everybody posts; a first idea waits until a moderator has read it."""
    for words in world.stock.ideas:
        posted = world.almanac.moment(words.days or 0.05, words.key)
        world.plan(posted, lambda words=words: _post(world, words))  # type: ignore[misc]
        if not words.waiting:
            wait = timedelta(minutes=world.dice.randint(20, LONGEST_WAIT_MIN))
            published = min(posted + wait, world.almanac.now)
            world.plan(published, lambda words=words: _publish(world, words.key))  # type: ignore[misc]


def plan_comments(world: World) -> None:
    """The remarks written for each idea, then short ones until the city has talked enough."""
    remarks = {words.key: list(words.said) for words in world.stock.ideas if not words.waiting}
    _fill_up(world, remarks)
    for words in world.stock.ideas:
        if words.key in remarks:
            _plan_thread(world, words, remarks[words.key])


def _post(world: World, words: IdeaWords) -> None:
    district = world.districts.get(words.district)
    lon, lat = (
        _spot(world, parse_boundary(district.boundary or "")) if district and words.place else (None, None)
    )
    idea = post_idea(
        by=world.people[words.by],
        title=words.title,
        body=words.body,
        topic=world.topics[words.topic],
        district=district,
        call=world.calls[words.call],
        place=words.place,
        lon=lon,
        lat=lat,
        language=words.language or "en",
    )
    world.idea_ids[words.key] = idea.id
    if idea.status is Status.WAITING:
        open_case(CaseKind.FIRST_IDEA, idea=idea)


def _publish(world: World, key: str) -> None:
    idea = world.idea(key)
    if idea.status is Status.WAITING:
        case = open_case(CaseKind.FIRST_IDEA, idea=idea)
        decide(case, by=world.people["maria"], verdict=Verdict.PUBLISHED)


def _spot(world: World, boundary: Boundary) -> tuple[float, float]:
    """A place inside the district, not too near its edge."""
    box = bounds(boundary)
    inset_lon, inset_lat = (box.east - box.west) * EDGE, (box.north - box.south) * EDGE
    while True:
        lon = world.dice.uniform(box.west + inset_lon, box.east - inset_lon)
        lat = world.dice.uniform(box.south + inset_lat, box.north - inset_lat)
        if contains(boundary, lon, lat):
            return round(lon, 5), round(lat, 5)


def _fill_up(world: World, remarks: dict[str, list[Remark]]) -> None:
    """Short remarks, dealt like cards to the ideas that have few, until the city has talked enough."""
    decks = _decks(world)
    keys = [words.key for words in world.stock.ideas if words.key in remarks and not words.hidden]
    while sum(map(len, remarks.values())) < COMMENTS:
        thin = [key for key in keys if len(remarks[key]) < ENOUGH] or keys
        key = world.dice.choice(thin)
        (kind,) = world.dice.choices(list(CARDS), list(CARDS.values()))
        card = decks[kind].pop(0)
        decks[kind].append(card)
        if card.text not in {remark.text for remark in remarks[key]}:
            remarks[key].append(card)


def _decks(world: World) -> dict[str, list[Remark]]:
    """The cards of each kind, shuffled; who replies is somebody who comes by."""
    decks = {}
    for kind, texts in world.stock.people["remarks"].items():
        is_reply = kind == "reply"
        stance = Stance.NOTE if is_reply else Stance(kind)
        decks[kind] = [Remark(stance, PASSER_BY if is_reply else "", text, is_reply) for text in texts]
        world.dice.shuffle(decks[kind])
    return decks


def _plan_thread(world: World, words: IdeaWords, remarks: list[Remark]) -> None:
    began = world.almanac.moment(words.days or 0.05, words.key) + timedelta(minutes=LONGEST_WAIT_MIN + 10)
    until = min(world.almanac.now, began + LONGEST_TALK, _end_of_talk(world, words))
    span = max((until - began).total_seconds(), 60)
    moments = sorted(span * world.dice.random() ** 1.7 for _ in remarks)
    said: list[Comment] = []
    there = {words.by, *(remark.author for remark in remarks)}
    for after, remark in zip(moments, remarks, strict=True):
        author = _author(world, words, remark, there)
        there.add(author)
        _plan_remark(world, words.key, author, remark, said, min(began + timedelta(seconds=after), until))


def _plan_remark(
    world: World, key: str, author: str, remark: Remark, said: list[Comment], moment: datetime
) -> None:
    def act() -> None:
        tops = [comment for comment in said if comment.parent_id is None]
        comment = post_comment(
            world.idea(key),
            by=world.people[author],
            stance=remark.stance if not remark.is_reply else Stance.NOTE,
            body=remark.text,
            parent=tops[-1] if remark.is_reply and tops else None,
        )
        said.append(comment)

    world.plan(moment, act)


def _author(world: World, words: IdeaWords, remark: Remark, there: set[str]) -> str:
    """Who says it: the one named, the idea's author for a reply, else somebody not heard here yet."""
    if remark.author and remark.author != PASSER_BY:
        return remark.author
    if remark.is_reply and not remark.author:
        return words.by
    fresh = [key for key in world.humans() if key not in there and key != "anders"]
    return world.dice.choice(fresh or world.humans())


def _end_of_talk(world: World, words: IdeaWords) -> datetime:
    """An idea that was withdrawn or hidden takes no comments any more."""
    ends = {entry["idea"]: float(entry["day"]) for entry in world.stock.case_files["withdrawn"]}
    hidden = world.stock.desk["hidden"]
    ends[hidden["idea"]] = hidden["decided"]["day"]
    day = ends.get(words.key)
    return world.almanac.now if day is None else world.almanac.midnight(day + 1) + timedelta(hours=7)
