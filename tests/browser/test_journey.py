"""One idea from the first look at the board to the day it is built, as the town lives through it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask_migrate import upgrade
from playwright.sync_api import Browser

from ideas import create_app
from ideas.accounts.models import Grant, Role
from ideas.calls.commands import begin_cycle
from ideas.calls.models import Call, Phase
from ideas.config import Settings
from ideas.core.clock import town_now
from ideas.core.db import db
from ideas.core.transactions import transaction
from tests.support.post_office import PostOffice, free_port, text_of
from tests.support.served import serving
from tests.support.town import Town
from tests.support.visiting import Visitor, visitor

TITLE = "Shade trees at the Canal Street tram stop"
BODY = "Waiting for line 4 in July means standing on bare concrete at 41 degrees. Twelve trees would do."
STAFF = {
    "maria": ("Maria Okafor", Role.MODERATOR, ()),
    "helena": ("Helena Costa", Role.OFFICER, ()),
    "jonas": ("Jonas Weber", Role.OFFICER, ()),
    "olga": ("Olga Reyes", Role.MEMBER, (Grant.CLERK,)),
    "sam": ("Sam Porter", Role.MEMBER, (Grant.FRONT_DESK,)),
    "adeyemi": ("Cllr T. Adeyemi", Role.COUNCIL_MEMBER, ()),
    "lindqvist": ("Cllr E. Lindqvist", Role.COUNCIL_MEMBER, ()),
}
NEIGHBOURS = {"priya": "Priya Nair", "tomas": "Tomás Vidal", "yuki": "Yuki Tanaka"}


def mail_of(name: str) -> str:
    return f"{name}@alderbay.example"


@pytest.fixture
def city(tmp_path: Path, office: PostOffice) -> Iterator[str]:
    """Alder Bay with its staff, three verified neighbours and a call with a budget, on a real server."""
    environment = {
        "IDEAS_MODE": "demo",
        "SMTP_URL": office.url,
        "SECRET_KEY": "a secret that only this story knows, long enough",
        "DEMO_STAFF_WITHOUT_SECOND_FACTOR": "yes",
        "DATABASE_URL": "",
        "TRUSTED_HOSTS": "",
    }
    app = create_app(
        Settings.from_environment(environment | {"DATA_DIR": str(tmp_path), "LOG_LEVEL": "ERROR"})
    )
    with app.app_context():
        upgrade()
        _people_it(Town(app))
        db.session.remove()
        db.engine.dispose()
    with serving(tmp_path, port=free_port(), environment=environment) as served:
        yield served.url


def _people_it(town: Town) -> None:
    for name, (display, role, grants) in STAFF.items():
        more = {"department_id": town.streets.id} if role is Role.OFFICER else {}
        town.person(display, role, grants=grants, email=mail_of(name), **more)
    for name, display in NEIGHBOURS.items():
        town.resident(display, email=mail_of(name))
    town.idea("Benches along the harbour wall", by=town.resident("Ada Novak"))
    with transaction():
        call = Call(
            slug="cooler", title="A cooler city by 2028", budget_cents=120_000_000, created_at=town_now()
        )
        db.session.add(call)
        db.session.flush()
        db.session.add(
            Phase(call_id=call.id, position=1, name="Ideas", accepts_ideas=True, accepts_support=True)
        )
        begin_cycle(call)


class Story:
    """The people of the story, each at a browser of their own."""

    def __init__(self, chromium: Browser, url: str, office: PostOffice, stack: ExitStack, **more) -> None:
        self.open = lambda: stack.enter_context(visitor(chromium, url, office, **more))
        self.office = office
        self.idea = ""
        self._known: dict[str, Visitor] = {}

    def person(self, name: str) -> Visitor:
        """Somebody who is signed in, from their first appearance on."""
        if name not in self._known:
            self._known[name] = self.open().signs_in(mail_of(name))
        return self._known[name]

    def known_as(self, name: str, visitor: Visitor) -> None:
        """Somebody who came by the front door."""
        self._known[name] = visitor

    @property
    def number(self) -> str:
        """The number of the idea, from its address."""
        return self.idea.removeprefix("/ideas/").split("-")[0]

    def were_told(self, words: str, *names: str) -> None:
        """Each got exactly one mail that says these words, and reads them among the notices."""
        for name in names:
            self.office.waits_for(mail_of(name), words)
            told = [mail for mail in self.office.to(mail_of(name)) if words in all_of(mail)]
            assert len(told) == 1, f"{name} was told {len(told)} times: {words}"
            self.person(name).goes_to("/me/notices").reads(words)


EVERYBODY = ("ana", "priya", "tomas", "yuki", "lena")


def all_of(mail: EmailMessage) -> str:
    """What a mail says, head and body."""
    return f"{mail['Subject']}\n{text_of(mail)}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_idea_is_posted_supported_answered_adopted_and_delivered(chromium, office, city, scripts):
    with ExitStack() as stack:
        story = Story(chromium, city, office, stack, scripts=scripts)
        a_guest_looks_around(story)
        ana_joins_and_posts(story)
        maria_publishes_it(story)
        neighbours_talk_and_support(story)
        lena_is_verified_and_counts(story)
        the_city_answers_twice(story)
        the_cost_is_checked(story)
        the_clerk_makes_the_shortlist(story)
        the_council_decides(story)
        the_program_is_delivered(story)


def a_guest_looks_around(story: Story) -> None:
    guest = story.open()
    guest.goes_to("/").reads("What should Alder Bay do next?")
    guest.goes_to("/ideas").fills("Search ideas, places or people", "benches").presses(
        "Search", within="main"
    )
    guest.reads("Benches along the harbour wall")
    guest.goes_to("/ideas?q=volcano").reads("No idea is like this yet")


def ana_joins_and_posts(story: Story) -> None:
    ana = story.open()
    ana.goes_to("/ideas/new").follows("Join")
    ana.fills("Name", "Ana Ruiz", within="main").fills("E-mail address", mail_of("ana")).ticks("I am")
    ana.presses("E-mail me a code").enters_the_code(mail_of("ana"))
    ana.reads("Share an idea").fills("Title", TITLE).fills("Your idea", BODY)
    ana.chooses("Topic", "Streets & transit").chooses("District", "Old Harbour")
    ana.chooses("Call", "A cooler city by 2028").presses("Post this idea")
    ana.reads(TITLE).reads("Waiting for a moderator")
    story.idea = ana.path
    story.known_as("ana", ana)


def maria_publishes_it(story: Story) -> None:
    maria = story.person("maria")
    story.open().goes_to(story.idea).reads("There is nothing at this address")
    maria.goes_to("/desk/queue").reads(TITLE).presses("Publish it")
    story.were_told(TITLE, "ana")


def neighbours_talk_and_support(story: Story) -> None:
    for name, stance, words in [
        ("priya", "For", "The stop serves the clinic: most who wait are over 65."),
        ("tomas", "Against", "Roots near the 1920s water main. Use planters instead."),
        ("yuki", "Question", "Who waters them in the first two summers?"),
    ]:
        person = story.person(name).goes_to(story.idea)
        person.ticks(stance).fills("Your comment", words).presses("Post this comment").reads(words)
        person.goes_to(story.idea).presses("Support", within="#ballot").reads("You support this")
    ana = story.person("ana").goes_to(story.idea)
    ana.opens("Reply").fills("Your reply", "The school next door has agreed.").presses("Post this reply")
    ana.reads("The school next door has agreed.")
    story.office.waits_for(mail_of("ana"), "water main")


def lena_is_verified_and_counts(story: Story) -> None:
    lena = story.open()
    lena.goes_to(story.idea).follows("Support").follows("Join with your e-mail address")
    lena.fills("Name", "Lena Sørensen", within="main").fills("E-mail address", mail_of("lena")).ticks("I am")
    lena.presses("E-mail me a code").enters_the_code(mail_of("lena"))
    lena.goes_to(story.idea).presses("Support", within="#ballot").reads("Your support is kept")
    story.known_as("lena", lena)
    sam = story.person("sam").goes_to("/desk/front-desk")
    sam.fills("E-mail", mail_of("lena"), within="main").presses("Find this account").reads("Lena Sørensen")
    sam.reads("1 support is kept").fills("register", "AB-1984-7731").chooses("District", "Old Harbour")
    sam.ticks("25").presses("Confirm that this person lives here")
    lena.goes_to(story.idea).reads("You support this").reads("4 verified residents support this")


def the_city_answers_twice(story: Story) -> None:
    maria = story.person("maria").goes_to(f"/desk/ideas/{story.number}")
    maria.opens("Take under review").fills("What everybody will read", "Many people wait here in the sun.")
    maria.presses("Take under review")
    story.were_told("is under review", *EVERYBODY)
    an_answer(story, "Holding", "We meet the tram operator on 3 December.", in_days(45))
    an_answer(story, "Deciding", "The operator agrees. We can plant twelve trees in pits.", None)
    guest = story.open().goes_to(story.idea).reads("The operator agrees")
    guest.follows("All answers").reads("We meet the tram operator")


def an_answer(story: Story, kind: str, words: str, new_date: str | None) -> None:
    helena = story.person("helena").goes_to(f"/desk/ideas/{story.number}")
    helena.opens("Write the answer").ticks(kind).fills("The answer", words)
    if new_date:
        helena.fills("We will decide by", new_date)
    helena.presses("Save and hand on to sign-off")
    story.person("jonas").goes_to(f"/desk/ideas/{story.number}").presses("Sign and publish")
    story.were_told(words, *EVERYBODY)


def the_cost_is_checked(story: Story) -> None:
    helena = story.person("helena").goes_to(f"/desk/ideas/{story.number}")
    helena.opens("Cost and feasibility").ticks("It can be done").fills("What it would cost", "64,000")
    helena.fills("How you know", "Twelve pits, twelve trees, two summers of water.")
    helena.presses("Put it on record").reads("€64,000")


def the_clerk_makes_the_shortlist(story: Story) -> None:
    olga = story.person("olga").goes_to("/desk/shortlists")
    olga.chooses("Call", "A cooler city by 2028").fills("Budget", "1200000").presses("Open the shortlist")
    olga.fills("What the case file says", "Checked, and within the money.", within="form[action$='add']")
    olga.presses("Put it on the list").reads(TITLE)
    story.were_told("is on the shortlist", *EVERYBODY)
    olga.goes_to("/desk/shortlists").follows("A cooler city by 2028")
    olga.fills("What the case file of each idea says", "The list is complete.")
    olga.presses("Send the list to the council")
    story.were_told("lies before the council", *EVERYBODY)


def the_council_decides(story: Story) -> None:
    olga = story.person("olga").goes_to("/desk/shortlists").follows("A cooler city by 2028")
    olga.follows("Call a meeting").fills("Name of the meeting", "Council meeting of January")
    olga.fills("Day", in_days(50), within="main").presses("Call the meeting").presses("Open the meeting")
    meeting = olga.path
    story.person("adeyemi").goes_to("/council-room").reads("A cooler city by 2028")
    for name, stand, words in [
        ("adeyemi", "Support", ""),
        ("lindqvist", "Support with conditions", "The operator pays for the pits."),
    ]:
        member = story.person(name).goes_to(f"/council-room/ideas/{story.number}").reads(TITLE)
        member.ticks(stand).fills("Conditions, or the interest", words).presses("Record my position")
        member.reads(name.title())
    olga.goes_to(meeting).presses("Close the meeting").follows("Record the result")
    olga.ticks("Adopted: a program takes it up").fills("The decision in words", "Adopted by 24 votes to 7.")
    olga.fills("Name of the new program", "Cool stops").presses("Put it on record")
    story.were_told("was adopted", *EVERYBODY)
    story.open().goes_to("/shortlists/cooler").reads("Adopted")


def the_program_is_delivered(story: Story) -> None:
    helena = story.person("helena").goes_to("/desk/programs").follows("Cool stops")
    desk = helena.path
    helena.opens("Add a milestone").fills("What will be done", "Trees planted")
    helena.fills("Planned for", in_days(120)).presses("Add this milestone")
    helena.goes_to(desk).follows("Move the date").fills("New date", in_days(141))
    helena.fills("Why it moves", "A gas main lies under the kerb").presses("Move the date")
    story.were_told("A gas main lies under the kerb", *EVERYBODY)
    helena.goes_to(desk).opens("Post an update").fills("Headline", "Pits are dug")
    helena.fills("What happened", "Nine of twelve pits are dug.").presses("Post this update")
    story.were_told("Nine of twelve pits", *EVERYBODY)
    for status, words in [
        ("In delivery: the work has begun", "Work has begun."),
        ("Delivered: the city says it is done", "Twelve trees stand."),
    ]:
        helena.goes_to(desk).opens("Change the status").chooses("New status", status)
        helena.fills("What everybody will read", words).presses("Change the status")
        story.were_told(words, *EVERYBODY)
    guest = story.open().goes_to(story.idea).reads("Delivered")
    guest.follows("Cool stops").reads("A gas main lies under the kerb").reads("Pits are dug")


def in_days(days: int) -> str:
    """A day from now on, as a field for dates takes it."""
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()
