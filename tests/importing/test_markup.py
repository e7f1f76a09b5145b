"""HTML of other platforms becomes our Markdown: its words stay, nothing dangerous does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.core.text import markdown, normalised, plain
from ideas.importing.markup import to_markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>A line<br>and another</p>", "A line\nand another"),
        ("<p><strong> Sombra </strong>en la plaza</p>", "**Sombra** en la plaza"),
        ("<p><strong>Propuesta:</strong>plantar</p>", "**Propuesta:** plantar"),
        ("<p>muy <em>verde</em></p>", "muy *verde*"),
        ("<ul><li>uno</li><li>dos</li></ul>", "- uno\n- dos"),
        ("<ol><li>uno<ul><li>a</li></ul></li><li>dos</li></ol>", "1. uno\n   - a\n2. dos"),
        ("<h2>Título</h2><p>texto</p>", "**Título**\n\ntexto"),
        ('<p><a href="https://example.org/x">aquí</a></p>', "[aquí](https://example.org/x)"),
        ('<p><a href="https://example.org">https://example.org</a></p>', "https://example.org"),
        ("<p>M&amp;M &gt; nada</p>", "M&M > nada"),
        ("plain words\nin two lines", "plain words\nin two lines"),
        ("<p> </p><p>&nbsp;</p>", ""),
    ],
)
def test_what_people_meant_is_kept(source: str, text: str):
    assert to_markdown(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script><p>hola</p>",
        '<p onclick="alert(1)">hola</p>',
        '<p><img src=x onerror="alert(1)">hola</p>',
        '<p><a href="javascript:alert(1)">hola</a></p>',
        '<p><a href="data:text/html,x">hola</a></p>',
        "<style>p{}</style><iframe src='https://evil.example'>x</iframe>hola",
        "<svg><script>alert(1)</script></svg><p>hola",
    ],
)
def test_nothing_that_acts_survives(source: str):
    text = to_markdown(source)

    assert text == "hola"


def test_signs_that_markdown_would_take_stay_signs():
    text = to_markdown("<p># 5 * 3 = [15] y 1. nada</p><p>- sin lista</p><p>2. no es lista</p>")

    assert plain(text) == "# 5 * 3 = [15] y 1. nada - sin lista 2. no es lista"
    assert "<li>" not in markdown(text)


def test_tags_written_as_words_stay_words():
    assert "&lt;a onclick=alert(1)&gt;" in markdown(to_markdown("<p>&lt;a onclick=alert(1)&gt;</p>"))


def test_open_and_crossed_tags_lose_no_word():
    assert plain(to_markdown("<p><strong>uno <em>dos</strong> tres</em><li>cuatro")) == "uno dos tres cuatro"


@given(st.text(alphabet=st.sampled_from("ab <>/p&;\"'=*_[]()`\n\\#-1.strongulia\u202e\x00"), max_size=80))
def test_whatever_comes_the_result_can_be_kept_and_is_harmless(source: str):
    text = normalised(to_markdown(source))

    html = markdown(text)
    assert "<script" not in html.lower()
    assert "onclick=" not in html.split("&lt;")[0].lower()
