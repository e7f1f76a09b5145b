"""A department runs a program: dates that keep their slips, news, money, a status that its ideas follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from ideas.board.models import Idea, Status, StatusEvent
from ideas.core.db import db
from ideas.core.errors import Invalid, NotAllowed, TooLate
from ideas.core.events import Event
from ideas.core.transactions import transaction
from ideas.pipeline.queries import case_file
from ideas.programs import commands, queries
from ideas.programs.models import Milestone, Program, ProgramStatus, Slip, Source


@pytest.fixture
def helena(town):
    return town.officer("Helena Costa")


def program_of(town, by, title="Quay Road for everyone", **more):
    with transaction():
        return commands.create_program(
            by=by,
            title=title,
            summary="A bike lane in both directions.",
            department=town.streets,
            district=town.harbour,
            **more,
        )


def adopted(town, program, title="Protected bike lane on Quay Road", clerk=None):
    idea = town.idea(title, status=Status.BEFORE_COUNCIL)
    clerk = clerk or town.clerk()
    with transaction():
        commands.adopt(idea, by=clerk, into=program, text="The whole of it.")
    return idea


def moved(program, to, by, text="As planned."):
    with transaction():
        commands.move_program(program, by=by, to=to, text=text)


def status_of(idea):
    found = db.session.scalar(select(Idea.status).where(Idea.id == idea.id))
    db.session.commit()
    return found


def today():
    return datetime.now(UTC).date()


def test_an_officer_begins_a_program_and_everybody_finds_it(town, browse, helena):
    page = browse(helena).visits("/desk/programs/new")

    done = page.press(
        "Begin this program",
        title="Quay Road for everyone",
        summary="A protected bike lane and 40 trees.",
        district_id=str(town.harbour.id),
    )

    assert done.says("The program is planned and public.")
    board = browse().visits("/programs")
    program = board.follow("Quay Road for everyone")
    assert program.url.endswith("-quay-road-for-everyone")
    assert program.says("Streets Department · Old Harbour · begun by the city")


def test_a_program_without_a_title_is_refused_and_keeps_the_summary(browse, helena):
    page = browse(helena).visits("/desk/programs/new")

    refused = page.press("Begin this program", title="", summary="A protected bike lane.")

    assert refused.status == 422
    assert refused.says("Give it a title.")
    assert refused.says("A protected bike lane.")


def test_a_date_that_moves_keeps_the_old_one_and_the_reason(town, browse, helena):
    program = program_of(town, helena)
    officer = browse(helena)
    desk = officer.visits(f"/desk/programs/{program.id}")
    planned = desk.press("Add this milestone", title="South section opens", planned_on="2099-01-25")

    moved_on = planned.follow("Move the date: South").press(
        "Move the date", to="2099-02-15", reason="gas main found under the kerb"
    )

    assert moved_on.says("The date is moved; the old one stays on the page.")
    page = browse().visits(program)
    assert page.says("planned 25 Jan → now 15 Feb 2099: gas main found under the kerb")
    assert page.says("moved 3 weeks")


def test_a_date_that_does_not_move_or_has_no_reason_is_refused(town, browse, helena):
    program = program_of(town, helena)
    with transaction():
        step = commands.add_milestone(program, by=helena, title="Opens", planned_on=date(2099, 1, 25))
    page = browse(helena).visits(f"/desk/milestones/{step.id}/move")

    same = page.press("Move the date", to="2099-01-25", reason="None.")
    silent = page.press("Move the date", to="2099-02-25", reason=" ")
    nonsense = page.press("Move the date", to="tomorrow", reason="A long reason.")

    assert same.says("That is the date it has already.")
    assert silent.says("Say why: the reason stays beside the date.")
    assert nonsense.says("Write the day as year-month-day, such as 2027-02-15.")
    assert nonsense.says("A long reason.") or "A long reason." in nonsense.html
    assert {same.status, silent.status, nonsense.status} == {422}
    assert db.session.query(Slip).count() == 0


def test_a_milestone_is_done_with_evidence_and_once(town, browse, helena):
    program = program_of(town, helena)
    with transaction():
        step = commands.add_milestone(program, by=helena, title="Design agreed", planned_on=date(2026, 4, 30))
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    done = desk.follow("It is done: Design").press(
        "It is done", done_on="2026-04-28", evidence="112 residents at two meetings"
    )

    assert done.says("planned 30 Apr · done 28 Apr 2026 · 112 residents at two meetings")
    again = db.session.get_one(Milestone, step.id)
    db.session.commit()
    with pytest.raises(TooLate), transaction():
        commands.finish_milestone(again, by=helena, done_on=date(2026, 4, 29), evidence="x")


def test_nothing_is_done_on_a_day_that_has_not_come(town, helena):
    program = program_of(town, helena)
    with transaction():
        step = commands.add_milestone(program, by=helena, title="Opens", planned_on=today())

    with pytest.raises(Invalid), transaction():
        commands.finish_milestone(step, by=helena, done_on=today() + timedelta(days=3), evidence="x")


def test_a_milestone_whose_day_has_passed_says_so(town, browse, helena):
    program = program_of(town, helena)
    with transaction():
        commands.add_milestone(
            program, by=helena, title="South section opens", planned_on=today() - timedelta(days=5)
        )

    assert browse().visits(program).says("this day has passed")
    assert browse().visits("/programs").says("late: South section opens")


def test_an_update_is_public_and_can_hold_limited_markdown(town, browse, helena):
    program = program_of(town, helena)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    done = desk.press(
        "Post this update", title="Gas main", body="We found a **live** main. <script>x</script>"
    )

    page = browse().visits(program)
    assert done.says("The update is public")
    assert page.says("Gas main")
    assert "<strong>live</strong>" in page.html
    assert "<script>x" not in page.html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("180,000", "€180,000"), ("180000.50", "€180,000.50"), ("€2 400 000", "€2,400,000"), ("0", "€0")],
)
def test_money_is_read_as_people_write_it(town, browse, helena, typed, shown):
    program = program_of(town, helena)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    page = desk.press("Keep this budget", year="2027", planned=typed, spent="")

    assert page.status == 200
    assert page.says(shown)


@pytest.mark.parametrize(
    "typed", ["180.000", "1,80,000", "12,50", "about 5", "-3", "1e9", "٣٠٠", "180,000.5.5"]
)
def test_money_that_could_mean_two_things_is_asked_back(town, browse, helena, typed):
    program = program_of(town, helena)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    page = desk.press("Keep this budget", year="2027", planned=typed, spent="")

    assert page.status == 422
    assert page.says("Write it as 180,000 or 180000.50.")
    assert f'value="{typed}"' in page.html


def test_a_budget_needs_a_year_and_a_sum(town, browse, helena):
    program = program_of(town, helena)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    page = desk.press("Keep this budget", year="27", planned="  ", spent="")
    huge = desk.press("Keep this budget", year="2027", planned="9,000,000,000,000,000", spent="")

    assert page.status == 422
    assert page.says("Write a year between 1990 and 2100.")
    assert page.says("Say what is planned, 0 if nothing is.")
    assert huge.says("That is more than this page can hold.")


def test_the_same_measure_again_changes_its_figures(town, browse, helena):
    program = program_of(town, helena)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    desk.press("Keep these figures", indicator="Cyclists a day", baseline="1,250", target="3000", value="")
    page = desk.press(
        "Keep these figures", indicator="Cyclists a day", baseline="1,250", target="3000", value="1800.5"
    )

    assert page.says("1,250")
    assert page.says("1,800.5")
    assert len(queries.whole(program).outcomes) == 1


def test_ideas_follow_the_program_and_its_people_are_told_once(town, browse, helena):
    program = program_of(town, helena)
    idea = adopted(town, program)
    desk = browse(helena).visits(f"/desk/programs/{program.id}")

    page = desk.press("Change the status", nth=0, to="in_delivery", text="The first kerb is cut.")

    assert page.says("The status is changed, and everybody who follows is told.")
    assert status_of(idea) is Status.IN_DELIVERY
    entry = case_file(db.session.get_one(Idea, idea.id))[-1]
    assert entry.rule == f"program:{program.id}"
    assert "The first kerb is cut." in entry.text
    events = db.session.scalars(select(Event).where(Event.kind == "idea.moved").order_by(Event.id)).all()
    assert events[-1].about["rule"] == f"program:{program.id}"
    assert browse().visits(program).says("In delivery: the work has begun")


def test_an_idea_in_two_programs_stands_where_the_furthest_back_stands(town, helena):
    clerk = town.clerk()
    first, second = program_of(town, helena), program_of(town, helena, "Trees on Quay Road")
    idea = adopted(town, first, clerk=clerk)
    with transaction():
        db.session.add(
            Source(program_id=second.id, idea_id=idea.id, taken="40 trees", added_at=datetime.now(UTC))
        )

    moved(first, ProgramStatus.DELIVERED, helena)
    assert status_of(idea) is Status.ADOPTED

    moved(second, ProgramStatus.STOPPED, helena)
    assert status_of(idea) is Status.DELIVERED


def test_when_every_program_is_stopped_the_city_owes_an_answer_again(town, helena):
    program = program_of(town, helena)
    idea = adopted(town, program)

    moved(program, ProgramStatus.STOPPED, helena, "The bridge came first.")

    db.session.rollback()
    again = db.session.get_one(Idea, idea.id)
    assert again.status is Status.UNDER_REVIEW
    assert again.answer_due_at is not None
    moved(program, ProgramStatus.PLANNED, helena, "It goes on.")
    assert status_of(idea) is Status.ADOPTED


def test_an_idea_that_was_hidden_stays_hidden_when_its_program_moves(town, browse, helena):
    from ideas.board.commands import move

    program = program_of(town, helena)
    idea = adopted(town, program, "A hidden story")
    with transaction():
        move(idea, to=Status.HIDDEN, by=None, text="Rule 3.", rule="3")

    moved(program, ProgramStatus.IN_DELIVERY, helena)

    assert status_of(idea) is Status.HIDDEN
    assert not browse().visits(program).says("A hidden story")


def test_an_idea_that_joins_a_program_under_way_goes_along_at_once(town, helena):
    program = program_of(town, helena)
    moved(program, ProgramStatus.IN_DELIVERY, helena)

    idea = adopted(town, program)

    assert status_of(idea) is Status.IN_DELIVERY
    steps = db.session.scalars(
        select(StatusEvent.to_status).where(StatusEvent.idea_id == idea.id).order_by(StatusEvent.id.desc())
    ).all()
    assert steps[:2] == [Status.IN_DELIVERY, Status.ADOPTED]


def test_a_stopped_program_takes_up_nothing(town, helena):
    program = program_of(town, helena)
    moved(program, ProgramStatus.STOPPED, helena)

    with pytest.raises(TooLate, match="was stopped"):
        adopted(town, program)


def test_only_the_department_and_administrators_change_a_program(town, browse, helena):
    from ideas.accounts.models import Department

    program = program_of(town, helena)
    with transaction():
        parks = Department(slug="parks", name="Parks Department", email="parks@alderbay.example")
        db.session.add(parks)
    stranger = town.officer("Stranger", department=parks)

    page = browse(stranger).visits(f"/desk/programs/{program.id}")
    forced = browse(stranger).posts_form(
        "/desk/programs/new", f"/desk/programs/{program.id}/updates", title="Mine", body="Now."
    )

    assert not page.says("Post an update")
    assert browse(stranger).visits(f"/desk/programs/{program.id}/edit").status == 403
    assert forced.status == 403
    with pytest.raises(NotAllowed), transaction():
        commands.post_update(program, by=stranger, title="Mine", body="Now.")
    assert browse(town.administrator()).visits(f"/desk/programs/{program.id}").says("Post an update")


def test_an_officer_begins_programs_of_the_own_department_alone(town, browse, helena):
    from ideas.accounts.models import Department

    with transaction():
        parks = Department(slug="parks", name="Parks Department", email="parks@alderbay.example")
        db.session.add(parks)

    page = browse(helena).visits("/desk/programs/new")
    forced = page.press("Begin this program", title="Ours", summary="All of it.", department_id=str(parks.id))

    assert not page.says("Parks Department")
    assert forced.status == 422
    assert forced.says("Choose one of these.")


def test_the_words_of_a_program_change_and_its_old_address_still_leads_there(town, browse, helena):
    program = program_of(town, helena)
    old = program.path

    done = (
        browse(helena)
        .visits(f"/desk/programs/{program.id}/edit")
        .press("Change the words", title="Quay Road for all")
    )

    assert done.says("The words are changed.")
    found = browse().visits(old)
    assert found.status == 200
    assert found.url.endswith("quay-road-for-all")
    assert browse().visits("/programs/999").status == 404


def test_what_was_taken_of_an_idea_and_what_was_not_is_said(town, browse, helena):
    program = program_of(town, helena)
    idea = town.idea("Trees instead of parking", status=Status.BEFORE_COUNCIL)
    clerk = town.clerk()
    with transaction():
        commands.adopt(idea, by=clerk, into=program, text="40 of 90 trees", not_taken="the parking stays")

    page = browse().visits(program)

    assert page.says("from 1 resident’s idea")
    assert page.says("40 of 90 trees")
    assert page.says("Not taken: the parking stays")


def test_a_second_change_of_status_is_told_that_it_is_that_already(town, browse, helena):
    program = program_of(town, helena)
    first = browse(helena).visits(f"/desk/programs/{program.id}")
    second = browse(helena).visits(f"/desk/programs/{program.id}")
    first.press("Change the status", to="in_delivery", text="It begins.")

    late = second.press("Change the status", to="in_delivery", text="My careful text.")

    assert late.status == 422
    assert late.says("Choose one of these.")
    assert late.says("My careful text.")
    assert db.session.get_one(Program, program.id).status is ProgramStatus.IN_DELIVERY


@pytest.mark.parametrize("size", [10, 100])
def test_the_list_and_the_page_cost_the_same_for_ten_and_for_a_hundred(
    town, browse, helena, count_queries, size
):
    with transaction():
        program = commands.create_program(by=helena, title="Whole", summary="Work.", department=town.streets)
        for number in range(1, size):
            program = commands.create_program(
                by=helena, title=f"Program {number}", summary="Work.", department=town.streets
            )
            commands.add_milestone(program, by=helena, title="Begins", planned_on=today())
        for number in range(size):
            step = commands.add_milestone(program, by=helena, title=f"Step {number}", planned_on=today())
            commands.slip_milestone(step, by=helena, to=today() + timedelta(days=9), reason="Rain.")
            commands.post_update(program, by=helena, title=f"News {number}", body="It goes on.")
    guest = browse()
    guest.visits("/programs")

    with count_queries() as listing:
        guest.visits("/programs")
    with count_queries() as page:
        guest.visits(program)

    assert listing.number == 4, str(listing)
    assert page.number == 9, str(page)


def test_older_updates_are_one_press_away_and_each_is_shown_once(town, browse, helena):
    program = program_of(town, helena)
    for number in range(13):
        with transaction():
            commands.post_update(program, by=helena, title=f"News no. {number:02d}", body="It goes on.")

    first = browse().visits(program)
    second = browse().visits(first.link("Earlier updates").partition("#")[0])

    shown = [name for name in (f"News no. {n:02d}" for n in range(13)) if first.says(name)]
    older = [name for name in (f"News no. {n:02d}" for n in range(13)) if second.says(name)]
    assert len(shown) == 10
    assert sorted(shown + older) == [f"News no. {n:02d}" for n in range(13)]
