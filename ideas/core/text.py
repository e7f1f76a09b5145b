"""Words: what may be kept, how Markdown becomes safe HTML, slugs for addresses, and folding for search."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

MARKS_IN_A_ROW = 3
LONGEST_RUN = 30
_HIDDEN_MARKS = "\u0f73\u0f75\u0f81"  # no marks themselves, but made of two
# Bidirectional overrides and embeddings can make a text read as another one; isolates come with pasted names.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f"
    "\u2800\u3164\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_STRAY_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")
_MARK_RUN = re.compile(
    f"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{{{MARKS_IN_A_ROW}}})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)

_MARKED_UP = re.compile(
    r"[*_`\[\]<>#!\\&~|]|https?://|^\s*(?:[-+]|\d+[.)])\s|^ {4}|^\s*[-=]{2,}\s*$", re.MULTILINE
)
_BARE_URL = re.compile(r"(?<![<(\[\w\"'=])(https?://[^\s<>]*[^\s<>.,;:!?)\]\"'])")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code"}
_to_html = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "html_block", "html_inline", "heading", "lheading", "hr", "fence", "code", "reference"]
)

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "·": ""}
)


def normalised(text: str) -> str:
    """One form for every text: NFC, line feeds, at most three combining marks in a row.

    Raises ValueError on what no text may hold: control characters, lone
    surrogates, bidirectional overrides.
    """
    text = unicodedata.normalize("NFC", _stream_safe(text.replace("\r\n", "\n").replace("\r", "\n")))
    if _FORBIDDEN.search(text):
        raise ValueError("a character that cannot be kept")
    return _MARK_RUN.sub(r"\1", text)


def _stream_safe(text: str) -> str:
    """At most thirty marks in a row (UAX 15, stream-safe text), which no language needs.

    Sorting a run of marks takes the square of its length: a megabyte of them
    would hold the whole server for minutes.
    """
    if text.isascii():
        return text
    kept, run = [], 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) or sign in _HIDDEN_MARKS else 0
        if run <= LONGEST_RUN:
            kept.append(sign)
    return "".join(kept)


def one_line(text: str) -> str:
    """The same for names and titles: one line, single spaces, nothing invisible."""
    text = _STRAY_JOINER.sub("", _ZERO_WIDTH.sub("", normalised(text)))
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def markdown(text: str) -> Markup:
    """Limited Markdown as safe HTML: paragraphs, emphasis, lists, quotes, links. Never pictures or HTML."""
    if not _MARKED_UP.search(text):
        paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
        return Markup("\n").join(_paragraph(part) for part in paragraphs if part)
    html = _to_html.render(_BARE_URL.sub(r"<\1>", text))
    return Markup(  # noqa: S704 - nh3 has just cleaned it
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener",
        )
    )


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(escape(line) for line in text.split("\n")))


def plain(text: str) -> str:
    """The words of a Markdown text without its signs, for excerpts, mails and feeds."""
    return " ".join(markdown(text).striptags().split())


def excerpt(text: str, most: int = 180) -> str:
    """The beginning, cut at a word."""
    words = plain(text)
    if len(words) <= most:
        return words
    cut = words[:most].rsplit(" ", 1)[0] or words[:most]
    return cut.rstrip(".,;:!?– ") + "…"


def slug(title: str, most: int = 60) -> str:
    """The words of an address; empty where a title has no letters of the Latin alphabet."""
    words = [word for word in folded(title).split() if word.isascii()]
    kept = ""
    for word in words:
        if len(kept) + len(word) + 1 > most:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or (words[0][:most] if words else "")


def slug_or(name: str, kind: str) -> str:
    """The same, never empty: a name without Latin letters gets its kind and a digest of itself."""
    return slug(name) or f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def folded(text: str) -> str:
    """Words as search sees them: no case, no accents, `l·l` as `ll`, apostrophes part words."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text)))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return folded(text).split()
