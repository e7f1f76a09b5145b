"""Most votes first: the rule alone, in exact cents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ideas.shortlists.greedy import Candidate, most_votes_first, why

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)


def idea(number: int, votes: int, euros: int, *, days: int = 0) -> Candidate:
    return Candidate(number, votes, euros * 100, MONDAY + timedelta(days=days))


def euros(cents: int) -> str:
    return f"€{cents // 100:,}"


def funded(outcomes) -> list[int]:
    return [outcome.idea.idea_id for outcome in outcomes if outcome.is_funded]


def test_the_idea_with_most_votes_is_paid_first():
    outcomes = most_votes_first([idea(1, 10, 60), idea(2, 30, 60)], budget_cents=100_00)

    assert [outcome.idea.idea_id for outcome in outcomes] == [2, 1]
    assert funded(outcomes) == [2]


def test_an_idea_that_costs_too_much_is_passed_over_and_the_next_is_tried():
    outcomes = most_votes_first([idea(1, 30, 80), idea(2, 20, 30), idea(3, 10, 20)], budget_cents=100_00)

    assert funded(outcomes) == [1, 3]


def test_an_idea_that_costs_exactly_what_is_left_is_funded():
    assert funded(most_votes_first([idea(1, 3, 70), idea(2, 2, 30)], budget_cents=100_00)) == [1, 2]


def test_of_equal_votes_the_earlier_idea_comes_first_and_then_the_lower_number():
    ideas = [idea(4, 5, 1, days=1), idea(9, 5, 1), idea(7, 5, 1)]

    outcomes = most_votes_first(ideas, budget_cents=100)

    assert [outcome.idea.idea_id for outcome in outcomes] == [7, 9, 4]
    assert funded(outcomes) == [7]


def test_each_outcome_says_why():
    outcomes = most_votes_first([idea(1, 412, 150), idea(2, 1, 30), idea(3, 0, 80)], budget_cents=180_00)

    assert [why(outcome, money=euros) for outcome in outcomes] == [
        "Funded: 412 votes, €150 of the €180 left",
        "Funded: 1 vote, €30 of the €30 left",
        "Not funded: no money is left",
    ]


def test_who_is_passed_over_is_told_what_was_left():
    outcomes = most_votes_first([idea(1, 2, 150), idea(2, 1, 80)], budget_cents=180_00)

    assert why(outcomes[1], money=euros) == "Not funded: costs more than the €30 left"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10**12)), max_size=30), st.integers(0, 10**13))
def test_the_money_spent_never_passes_the_budget_and_nobody_who_fits_is_passed_over(ideas, budget):
    candidates = [Candidate(n, votes, cost, MONDAY) for n, (votes, cost) in enumerate(ideas)]

    outcomes = most_votes_first(candidates, budget_cents=budget)

    spent = sum(outcome.idea.cost_cents for outcome in outcomes if outcome.is_funded)
    assert spent <= budget
    assert all(outcome.idea.cost_cents > outcome.left_cents for outcome in outcomes if not outcome.is_funded)
    assert sorted(outcome.idea.idea_id for outcome in outcomes) == list(range(len(ideas)))
