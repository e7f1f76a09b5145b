"""Words: what is kept, what is refused, what a reader and a search make of them."""

from __future__ import annotations

import unicodedata

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.core.text import excerpt, folded, markdown, normalised, one_line, plain, slug

HARMLESS = {"html", "head", "body", "p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code"}


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ud800", "\u202e", "\u2066", "\x85"])
def test_what_no_text_may_hold_is_refused(sign):
    with pytest.raises(ValueError, match="cannot be kept"):
        normalised(f"before{sign}after")


def test_a_pile_of_accents_is_cut_to_three():
    zalgo = "a" + "\u0301" * 40

    assert len(normalised(zalgo)) <= 1 + 3


def test_a_family_of_emoji_and_persian_joiners_survive_in_a_name_and_hidden_signs_do_not():
    assert one_line("Fa\u200bmily 👨‍👩‍👧 می‌خواهم") == "Family 👨‍👩‍👧 می‌خواهم"
    assert one_line("ad\u200dmin\u200c") == "admin"


def test_line_ends_of_every_system_become_one_kind():
    assert normalised("a\r\nb\rc") == "a\nb\nc"


@given(st.text(max_size=200))
def test_what_was_normalised_once_stays_as_it_is(text):
    try:
        once = normalised(text)
    except ValueError:
        return
    assert normalised(once) == once == unicodedata.normalize("NFC", once)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[press me](javascript:alert(1))",
        "[press me](data:text/html;base64,PHNjcmlwdD4=)",
        "![pixel](https://elsewhere.example/x.gif)",
        '<img src=x onerror="alert(1)">',
        '<https://a.example/" onmouseover=alert(1)>',
        "`</code><svg/onload=alert(1)>`",
    ],
)
def test_no_text_becomes_a_script_or_a_request_to_another_host(typed):
    tree = html5lib.parse(markdown(typed), namespaceHTMLElements=False)

    assert {element.tag for element in tree.iter()} <= HARMLESS
    for element in tree.iter():
        assert set(element.keys()) <= {"href", "rel"}
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:"))


def test_paragraphs_lists_emphasis_and_links_are_shown():
    html = markdown("One *two* **three**\nfour\n\n- five\n- six\n\nSee https://example.org/a?b=1.")

    assert "<em>two</em>" in html
    assert "<strong>three</strong><br>" in html
    assert html.count("<li>") == 2
    assert '<a href="https://example.org/a?b=1" rel="nofollow ugc noopener">' in html


def test_plain_text_and_marked_up_text_are_rendered_alike():
    assert markdown("a\nb\n\nc") == "<p>a<br>\nb</p>\n<p>c</p>"


@given(st.text(max_size=300))
def test_every_text_can_be_shown(text):
    assert isinstance(str(markdown(text)), str)


def test_an_excerpt_ends_at_a_word():
    assert excerpt("Twelve street trees and four benches", 24) == "Twelve street trees and…"
    assert plain("**Twelve** [trees](https://example.org)") == "Twelve trees"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("L'Eixample", "l eixample"),
        ("Paral·lel", "parallel"),
        ("ÑANDÚ", "nandu"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ('snake_case % " *', "snake case"),
        ("Ελλάδα", "ελλαδα"),
    ],
)
def test_search_reads_words_without_case_and_accents(typed, found):
    assert folded(typed) == found


def test_an_address_has_plain_words_and_ends_at_one():
    assert slug("Shade trees & benches: l’Eixample") == "shade-trees-benches-l-eixample"
    assert len(slug("very long words " * 20)) <= 60
    assert slug("مرحبا") == ""


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0f73", "\u0344\u0316", "\u05b0\u0591"])
def test_a_megabyte_of_marks_holds_nobody_up(marks):
    """Sorting them would take minutes, for a page that anybody may send."""
    assert len(normalised("a" + marks * 250_000)) < 100


def test_marks_that_languages_need_stay():
    for word in ("Việt Nam", "שָׁלוֹם", "مُحَمَّد", "ད\u0f72\u0f7c", "e\u0301\u0302\u0303"):
        assert normalised(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize(
    "nothing", ["\u3164\u3164", "\u2800", "\U000e0041\U000e0042", "\u115f\u1160", "\u061c"]
)
def test_a_name_of_signs_that_nobody_sees_is_empty(nothing):
    assert one_line(nothing) == ""
