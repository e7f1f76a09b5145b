"""Cursors survive the way through an address, and nonsense is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.core.paging import LARGEST_NUMBER, decode_cursor, encode_cursor, slice_of


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-LARGEST_NUMBER, LARGEST_NUMBER),
    st.datetimes(timezones=st.just(UTC)),
)
def test_a_cursor_comes_back_as_it_went(heat: float, number: int, moment: datetime):
    assert decode_cursor(encode_cursor(heat, number, moment), float, int, datetime) == (heat, number, moment)


@pytest.mark.parametrize("typed", [None, "", "%%%", "W10", "WzEsMl0", "a" * 500, "e30", "WyJ4Il0"])
def test_nonsense_is_nothing(typed):
    assert decode_cursor(typed, int) is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_that_no_calendar_has_in_utc_is_nonsense(at):
    assert decode_cursor(encode_cursor(at), datetime) is None


def test_a_number_that_no_row_can_have_is_nonsense():
    assert decode_cursor(encode_cursor(LARGEST_NUMBER + 1), int) is None


@given(st.text(max_size=100))
def test_no_text_breaks_a_page(typed):
    assert decode_cursor(typed, float, int) is None or isinstance(decode_cursor(typed, float, int), tuple)


def test_a_page_knows_whether_there_is_another():
    assert slice_of([1, 2, 3], 3, lambda row: (row,)).next is None
    cut = slice_of([1, 2, 3, 4], 3, lambda row: (row,))
    assert list(cut.items) == [1, 2, 3]
    assert decode_cursor(cut.next, int) == (3,)
