"""What happened in the house that was lived in: each chapter through the house's own commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.board.commands import edit_idea, withdraw_idea
from ideas.board.models import Idea, Status
from ideas.board.queries import visible_idea
from ideas.comments.commands import post_comment, press_helpful, remove_comment
from ideas.comments.models import Comment, Stance
from ideas.core.db import db
from ideas.core.events import relay
from ideas.core.transactions import transaction
from ideas.moderation.commands import decide, open_case, report
from ideas.moderation.models import CaseKind, Verdict
from ideas.notifications.commands import follow
from ideas.pipeline.commands import decline
from ideas.pipeline.models import Reason
from ideas.voting.commands import cast_vote
from tests.support import decisions, grounds

if TYPE_CHECKING:
    from tests.support.lived_in import LivedIn

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
RIGHT_TO_LEFT = "أشجار ظل على طول شارع القناة، وماء عند كل محطة ترام"
EMOJI = "🌳🌳🌳 Trees 👩‍👩‍👧‍👦 for everybody 🏳️‍🌈 and shade, please 🌞🌞🌞"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> & shade"
BAD_LUCK = ("Stairs at the mill", "A cable car for everybody", "Buy my umbrellas")
HOSTILE = {"long": LONG, "right to left": RIGHT_TO_LEFT, "emoji": EMOJI, "script": SCRIPT}


def happen(house: LivedIn) -> None:
    """Everything, in its order, and then everybody is told."""
    grounds.lay(house)
    talk(house)
    odd_ideas(house)
    decisions.case_file(house)
    decisions.council(house)
    decisions.works(house)
    desk(house)
    relay()
    db.session.remove()


def talk(house: LivedIn) -> None:
    """A resident's idea: support, comments of every kind, a reply, presses, a later edit, a follower."""
    ana, omar, circle = (house.people[role] for role in ("resident", "member", "organisation"))
    idea = house.town.idea(by=ana)
    voters = [ana, omar, house.town.resident("Priya Nair"), house.town.resident("Yuki Tanaka")]
    with transaction():
        trees = visible_idea(idea.id, to=ana)
        for person in voters:
            cast_vote(trees, by=person)
        clinic = _say(house, trees, "resident", Stance.FOR, "The stop serves the clinic: https://a.example/b")
        _say(house, trees, "organisation", Stance.AGAINST, "Roots near the water main. Use *planters*.")
        _say(house, trees, "member", Stance.QUESTION, LONG)
        house.made["comment"] = _say(house, trees, "officer", Stance.NOTE, RIGHT_TO_LEFT)
        post_comment(trees, by=omar, stance=Stance.NOTE, body="The school next door agrees.", parent=clinic)
        press_helpful(clinic, by=omar, is_helpful=True)
        remove_comment(_say(house, trees, "member", Stance.NOTE, "Never mind."), by=omar)
        words = f"{trees.body}\n\n- trees\n- benches"
        edit_idea(trees, by=ana, title="Shade trees and benches", body=words, seen_revision=1)
        follow(by=circle, idea_id=trees.id)
    house.made["trees"] = trees
    house.things |= {"idea_id": trees.id, "ideas/_-slug": trees.slug, "comment_id": clinic.id}


def _say(house: LivedIn, idea: Idea, role: str, stance: Stance, body: str) -> Comment:
    return post_comment(idea, by=house.people[role], stance=stance, body=body)


def odd_ideas(house: LivedIn) -> None:
    """Titles that nobody planned for, and ideas that wait, or were withdrawn, declined or hidden."""
    town, maria = house.town, house.people["moderator"]
    odd = [
        town.idea(title, by=town.resident(f"{kind} {'W' * 40}"), body=title, district=town.eastfield)
        for kind, title in HOSTILE.items()
    ]
    waiting = town.idea("A first idea that waits", by=house.people["member"], status=Status.WAITING)
    sam = town.resident("Sam Unlucky")
    back, costly, advert = (town.idea(title, by=sam) for title in BAD_LUCK)
    with transaction():
        withdraw_idea(visible_idea(back.id, to=sam), by=sam, text="Built already.")
        decline(
            visible_idea(costly.id, to=maria),
            by=maria,
            reason=Reason.TOO_COSTLY,
            text="It costs more than the bridge.",
            reopen_if="the state pays half.",
        )
        case = open_case(CaseKind.REPORTED, idea=advert)
        decide(case, by=maria, verdict=Verdict.HIDDEN, rule="5", text="This is an advertisement.")
    for idea in (*odd, waiting, back, costly, advert):
        house.show_idea(idea)
    house.show("/desk/queue/<int:case_id>/restore", f"/desk/queue/{case.id}/restore")


def desk(house: LivedIn) -> None:
    """Reports that somebody has to look at."""
    by, trees = house.people["member"], house.made["trees"]
    with transaction():
        on_idea = report(visible_idea(trees.id, to=by), by=by, rule="4", words=SCRIPT)
        on_comment = report(house.made["comment"], by=by, rule="2", words="Rude.")
    house.things["case_id"] = on_idea.case_id
    house.show(
        "/desk/queue/<int:case_id>", *(f"/desk/queue/{case}" for case in range(1, on_comment.case_id + 1))
    )
