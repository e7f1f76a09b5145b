"""The bound by which points are strong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from ideas.comments.queries.rows import _wilson_low
from ideas.comments.wilson import Z_90, lower_bound
from ideas.core.db import db

presses = st.integers(min_value=0, max_value=100_000)


@given(presses, presses)
def test_the_bound_is_where_the_score_test_just_accepts(yes, no):
    n, bound = yes + no, lower_bound(yes, no)

    if n:
        assert (yes / n - bound) ** 2 * n == pytest.approx(Z_90**2 * bound * (1 - bound), rel=1e-6, abs=1e-9)


def test_without_presses_nothing_is_believed():
    assert lower_bound(0, 0) == 0.0


@given(presses, presses)
def test_the_bound_is_a_share_and_never_above_what_was_pressed(yes, no):
    bound = lower_bound(yes, no)

    assert -1e-12 <= bound <= (yes / (yes + no) if yes + no else 0) + 1e-12


@given(presses, presses)
def test_one_more_helpful_press_never_lowers_the_bound(yes, no):
    assert lower_bound(yes + 1, no) >= lower_bound(yes, no)


@pytest.mark.parametrize(("yes", "no"), [(0, 0), (1, 0), (0, 7), (41, 1), (12_345, 678)])
def test_both_databases_compute_the_same_bound(app, yes, no):
    found = db.session.scalar(select(_wilson_low(literal(yes), literal(no))))

    assert found == pytest.approx(lower_bound(yes, no), abs=1e-9)
