"""The pages of a shortlist: the clerk's desk, and what everybody reads."""

from __future__ import annotations

from ideas.board.models import Status
from ideas.core.transactions import reading
from tests.shortlists.keeping import REASON, checked, listed, residents, sent
from tests.voting.pressing import fresh


def test_a_clerk_opens_a_list_puts_an_idea_on_it_and_sends_it(town, browse):
    trees = checked(town, "Shade trees", euros=600, voters=residents(town, 2))
    clerk = browse(town.clerk())

    page = clerk.visits("/desk/shortlists").press("Open the shortlist", budget="€1,000")
    assert page.says("The shortlist is open")
    page = page.press("Put it on the list", **{"add-text": REASON})
    assert page.says("“Shade trees” is on the shortlist.")
    page = page.press("Send the list to the council", **{"send-text": "The council takes it up."})

    assert page.says("The shortlist lies before the council.")
    with reading():
        assert fresh(trees).status is Status.BEFORE_COUNCIL


def test_a_refused_form_keeps_what_was_typed(town, browse):
    clerk = browse(town.clerk())

    page = clerk.visits("/desk/shortlists").press("Open the shortlist", budget="about a thousand")

    assert page.status == 422
    assert "about a thousand" in page.html


def test_a_text_is_asked_for_each_move(town, browse):
    clerk = town.clerk()
    shortlist = listed(town, clerk, checked(town, "Shade trees", euros=600), euros=1000)

    page = browse(clerk).visits(f"/desk/shortlists/{shortlist.id}").press("Take it off")

    assert page.status == 422
    assert page.says("Say it in a sentence or two; it is public.")


def test_everybody_reads_order_rule_and_reasons(town, browse):
    trees = checked(town, "Shade trees", euros=600, voters=residents(town, 2))
    sent(town, town.clerk(), trees, euros=1000)

    page = browse(town.guest).visits("/shortlists").follow("Always open")

    assert page.status == 200
    assert page.says("2 votes, €600 of the €1,000 left")
    assert page.says("Each idea that the money left can pay for is funded")
    assert page.says("€600 of €1,000 given to funded ideas, €400 left")


def test_a_list_costs_the_same_statements_however_long_it_is(town, browse, count_queries):
    clerk = town.clerk()
    guest = browse(town.guest)
    listed(town, clerk, checked(town, "Idea 0", euros=1), euros=1000)
    guest.visits("/shortlists/always-open")
    with count_queries() as few:
        guest.visits("/shortlists/always-open")
    from ideas.core.transactions import transaction
    from ideas.shortlists.commands import add_to_shortlist
    from ideas.shortlists.queries import shortlist_of

    for n in range(1, 6):
        idea = checked(town, f"Idea number {n}", euros=1)
        with transaction():
            add_to_shortlist(fresh(idea), by=clerk, to=shortlist_of("always-open"), text=REASON)

    with count_queries() as many:
        guest.visits("/shortlists/always-open")

    assert many.number == few.number <= 12, str(many)
