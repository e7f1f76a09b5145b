"""Calls: what each takes now, as the clock has it, and how administrators open and change them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ideas.accounts.models import Level
from ideas.calls import queries
from ideas.calls.commands import PhasePlan, create_call, edit_call, set_phases
from ideas.core.clock import clock_bound_to
from ideas.core.errors import Invalid, Missing, NotAllowed
from ideas.core.transactions import reading, transaction

MARCH, APRIL, MAY, JUNE = (datetime(2027, month, 1, 9, tzinfo=UTC) for month in (3, 4, 5, 6))
COLLECT = PhasePlan("Ideas", True, True, MARCH, APRIL)
CHECK = PhasePlan("The city checks", False, False, APRIL, MAY)
VOTE = PhasePlan("Support", False, True, MAY, JUNE)


def opened(town, *phases: PhasePlan, **more):
    words = {"title": "Cooler streets", "summary": "Shade.", "body": "", "budget_cents": 50_000_000}
    with transaction():
        call = create_call(
            by=town.administrator(),
            phases=phases or (COLLECT, CHECK, VOTE),
            **{**words, "counts": Level.VERIFIED, **more},
        )
    with reading():
        return queries.call_by(call.slug)


@pytest.mark.parametrize(
    ("moment", "ideas", "support", "state"),
    [
        (MARCH - timedelta(seconds=1), False, False, "to_come"),
        (MARCH, True, True, "now"),
        (APRIL - timedelta(seconds=1), True, True, "now"),
        (APRIL, False, False, "now"),
        (MAY, False, True, "now"),
        (JUNE, False, False, "over"),
    ],
)
def test_a_call_takes_what_its_phase_takes_to_the_second(town, moment, ideas, support, state):
    cooler = opened(town)

    assert cooler.takes_ideas(moment) is ideas
    assert cooler.takes_support(moment) is support
    assert queries.call_state(cooler, moment) == state


def test_the_steps_say_what_is_done_and_what_comes(town):
    steps = queries.phase_steps(opened(town), APRIL)

    assert steps == [("Ideas", "done"), ("The city checks", "now"), ("Support", "to_come")]


def test_only_calls_that_take_ideas_now_are_offered(town):
    opened(town)

    with clock_bound_to(MARCH):
        assert [c.title for c in queries.calls_taking_ideas()] == ["Always open", "Cooler streets"]
    with clock_bound_to(APRIL):
        assert [c.title for c in queries.calls_taking_ideas()] == ["Always open"]


def test_there_is_one_call_that_is_always_open(town):
    assert queries.always_open().title == "Always open"


def test_an_unknown_call_is_missing(town):
    with pytest.raises(Missing):
        queries.call_by("nowhere")


def test_a_new_call_has_a_key_for_its_ideas(town):
    cooler = opened(town, COLLECT._replace(opens_at=None))

    with clock_bound_to(MARCH):
        idea = town.idea("Shade for the school yard", call=cooler)

    assert idea.call_id == cooler.id


@pytest.mark.parametrize(
    ("phases", "sentence"),
    [
        ((COLLECT._replace(closes_at=MARCH),), "“Ideas” closes before it opens."),
        ((COLLECT, VOTE._replace(opens_at=MARCH)), "“Support” opens before “Ideas” closes."),
        ((COLLECT._replace(closes_at=None), VOTE), "Say when “Ideas” closes: “Support” follows."),
        ((COLLECT, VOTE._replace(opens_at=None)), "Say when “Support” opens: “Ideas” comes first."),
    ],
)
def test_phases_that_make_no_order_are_refused(town, phases, sentence):
    with pytest.raises(Invalid, match=sentence):
        opened(town, *phases)


def test_which_level_counts_stays_once_somebody_posted(town):
    eva = town.administrator()
    town.idea()

    with pytest.raises(Invalid, match="so it stays"), transaction():
        edit_call(
            queries.always_open(),
            by=eva,
            title="Always open",
            summary="",
            body="",
            budget_cents=None,
            counts=Level.ATTESTED,
        )


def test_nobody_but_administrators_sets_phases(town):
    with pytest.raises(NotAllowed), transaction():
        set_phases(queries.always_open(), [COLLECT], by=town.moderator())


def test_an_administrator_opens_a_call_in_the_citys_time(town, browse):
    page = browse(town.administrator()).visits("/desk/calls/new")

    shown = page.press(
        "Open this call",
        title="Cooler streets",
        summary="Shade and water.",
        budget="480,000",
        opens_1="2027-07-01T09:00",
        closes_1="2027-08-01T09:00",
        name_2="",
        name_3="",
    )

    assert shown.says("Cooler streets")
    assert shown.says("€480,000")
    assert shown.says("1 July 2027, 09:00")
    (phase,) = queries.call_by("cooler-streets").phases
    assert phase.opens_at == datetime(2027, 7, 1, 8, tzinfo=UTC)


def test_a_refused_phase_is_shown_at_its_row_with_what_was_typed(town, browse):
    page = browse(town.administrator()).visits("/desk/calls/new")

    refused = page.press(
        "Open this call",
        title="Cooler streets",
        name_1="",
        name_2="Ideas",
        opens_2="2027-08-01T09:00",
        closes_2="2027-07-01T09:00",
        name_3="",
    )

    assert refused.status == 422
    assert refused.says("Closes: “Ideas” closes before it opens.")
    assert any(a.get("href") == "#closes_2" for a in refused.all("a"))
    assert 'value="2027-08-01T09:00"' in refused.html


def test_nonsense_in_a_time_is_a_sentence(town, browse):
    page = browse(town.administrator()).visits("/desk/calls/always-open/phases")

    for nonsense in ("soon", "0001-01-01T00:00", "9999-12-31T23:59", "2027-02-30T09:00", "2027-02-03T09:00Z"):
        refused = page.press("Save these phases", opens_1=nonsense)
        assert refused.status == 422
        assert refused.says("Write day and time")


def test_phases_can_be_changed_and_are_shown_in_the_citys_zone(town, browse):
    opened(town)
    eva = browse(town.administrator())

    page = eva.visits("/desk/calls/cooler-streets/phases")
    assert 'value="2027-05-01T10:00"' in page.html
    after = page.press("Save these phases", name_3="Everybody supports", closes_3="2027-07-01T10:00")

    assert after.says("The phases of “Cooler streets” are saved.")
    assert [p.name for p in queries.call_by("cooler-streets").phases][-1] == "Everybody supports"


def test_two_calls_of_one_title_cannot_be(town, browse):
    opened(town)

    refused = (
        browse(town.administrator()).visits("/desk/calls/new").press("Open this call", title="Cooler streets")
    )

    assert refused.status == 422
    assert refused.says("There is already a call with this title")


def test_everybody_reads_the_calls_and_what_counts(town, browse):
    opened(town)
    guest = browse(town.guest)

    page = guest.visits("/calls")
    assert page.says("Going on now")
    assert page.says("Always open")
    page = page.follow("Cooler streets")

    assert page.says("The support of verified residents counts.")
    assert page.says("Takes ideas and support.")
    assert page.says("No idea yet.")


def test_what_ends_at_midnight_is_shown_by_its_last_day(town, browse):
    midnight_in_lisbon = datetime(2027, 3, 31, 23, tzinfo=UTC)
    opened(town, PhasePlan("Ideas", True, True, MARCH, midnight_in_lisbon))

    page = browse(town.guest).visits("/calls/cooler-streets")

    assert page.says("1 March 2027, 09:00 to 31 March 2027. Takes ideas and support.")


def test_a_call_leads_to_its_ideas(town, browse):
    town.idea()

    page = browse(town.guest).visits("/calls/always-open")

    assert page.link("See 1 idea") == "/ideas?call=always-open"


def test_the_list_of_calls_costs_the_same_for_many(town, browse, count_queries):
    guest = browse(town.guest)
    guest.visits("/calls")
    with count_queries() as few:
        guest.visits("/calls")
    for n in range(12):
        opened(town, title=f"Call number {n}")

    with count_queries() as many:
        guest.visits("/calls")

    assert many.number == few.number
