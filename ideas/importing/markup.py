"""HTML from other platforms becomes our limited Markdown; nothing else of it survives. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

DROPPED = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "svg",
    "math",
    "head",
    "title",
}
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "table",
    "tr",
    "pre",
    "figure",
    "hr",
    "dl",
    "dt",
    "dd",
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STRONG, EM = {"strong", "b"}, {"em", "i"}
# Marks stand for emphasis until a block is whole; they are private characters, so no text holds them.
BOLD, UNBOLD, LEAN, UNLEAN = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile("[\ue000-\ue003]")
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>")
_URL = re.compile(r"https?://[^\s<>]+")
_SAFE_LINK = re.compile(r"(?:https?://[^\s<>\"']+|mailto:[^\s<>\"']+@[^\s<>\"']+)\Z", re.IGNORECASE)
_SIGNS = re.compile(r"[\\*`\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_AT_START = re.compile(r"^(\s*)([#>+\-=~]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def to_markdown(source: str) -> str:
    """Paragraphs, emphasis, lists and harmless links of the source; other tags leave their words behind."""
    if not _TAG.search(source):
        return _plain_lines(html.unescape(source))
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.text()


def kept(text: str) -> str:
    """Without what no text may hold: control characters, lone surrogates, overrides, our marks."""
    text = _BIDI.sub("", _MARKS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _plain_lines(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", kept(text))
    escaped = ("\n".join(_tidied(_escaped(part)).splitlines()) for part in paragraphs)
    return "\n\n".join(part for part in escaped if part)


class _Reader(HTMLParser):
    """Reads tags as they come; what is left open at the end of a block is closed with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str, bool]] = []
        self.words: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.bullet = ""
        self.dropped = 0
        self.is_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a list, an emphasis or a link."""
        if tag in DROPPED:
            self.dropped += 1
        elif self.dropped:
            return
        elif tag == "br":
            self.words.append("\n")
        elif tag in STRONG:
            self.words.append(BOLD)
        elif tag in EM:
            self.words.append(LEAN)
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.words)))
        else:
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what began; an end without a beginning is nothing."""
        if tag in DROPPED:
            self.dropped = max(self.dropped - 1, 0)
        elif self.dropped:
            return
        elif tag in STRONG:
            self.words.append(UNBOLD)
        elif tag in EM:
            self.words.append(UNLEAN)
        elif tag == "a" and self.links:
            self._end_link(*self.links.pop())
        elif tag in {"ul", "ol"}:
            self._flush()
            self.lists and self.lists.pop()
        elif tag in BLOCKS | HEADINGS | {"li"}:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Words; a line break in the source is only a space."""
        if not self.dropped:
            self.words.append(_escaped(re.sub(r"\s+", " ", kept(data))))

    def text(self) -> str:
        """All blocks: items of one list on lines of their own, everything else apart by an empty line."""
        self._flush()
        whole = ""
        for prefix, words, is_item in self.blocks:
            block = prefix + words.replace("\n", "\n" + " " * len(prefix))
            apart = "" if not whole else "\n" if is_item and self._was_item else "\n\n"
            whole, self._was_item = whole + apart + block, is_item
        return whole

    _was_item = False

    def _begin_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._flush()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._flush()
            self.bullet = self._next_bullet()
        elif tag in BLOCKS | HEADINGS:
            self._flush()
            self.is_heading = tag in HEADINGS

    def _next_bullet(self) -> str:
        indent = "   " * max(len(self.lists) - 1, 0)
        if not self.lists or self.lists[-1] is None:
            return f"{indent}- "
        self.lists[-1] += 1
        return f"{indent}{self.lists[-1]}. "

    def _end_link(self, href: str, start: int) -> None:
        """Keep a link to a page or an address; any other leaves its words."""
        words = "".join(self.words[start:]).strip()
        href = href.strip()
        if not words or not _SAFE_LINK.match(href) or _MARKS.search(words):
            return
        del self.words[start:]
        bare = words.rstrip("/") == href.rstrip("/")
        target = href.replace("(", "%28").replace(")", "%29")
        self.words.append(href if bare else f"[{words}]({target})")

    def _flush(self) -> None:
        """End the block that is being read, if it has any words."""
        words = "".join(self.words)
        if self.is_heading:
            words = BOLD + re.sub(f"[{BOLD}{UNBOLD}]", "", words) + UNBOLD
        words = _tidied(_emphasised(words))
        self.words, self.links, self.is_heading = [], [], False
        if words:
            self.blocks.append((self.bullet, words, bool(self.bullet)))
            self.bullet = ""


def _escaped(text: str) -> str:
    """Signs that Markdown would take for its own stand for themselves; addresses stay as they are."""
    parts, last = [], 0
    for url in _URL.finditer(text):
        parts += [_SIGNS.sub(r"\\\g<0>", text[last : url.start()]), url.group()]
        last = url.end()
    return "".join([*parts, _SIGNS.sub(r"\\\g<0>", text[last:])])


def _emphasised(text: str) -> str:
    """Marks become stars, set close to the words as Markdown wants them; marks without a partner go."""
    text = re.sub(f"{LEAN}(\\s*)([^{LEAN}{UNLEAN}]*?)(\\s*){UNLEAN}", _starred("*"), text)
    text = re.sub(f"{BOLD}(\\s*)([^{BOLD}{UNBOLD}]*?)(\\s*){UNBOLD}", _starred("**"), text)
    return _MARKS.sub("", text)


def _starred(stars: str) -> Callable[[re.Match[str]], str]:
    def replace(found: re.Match[str]) -> str:
        before, words, after = found.groups()
        if not words or "\n" in words:
            return before + words + after
        before = before or _gap(found.string[: found.start()][-1:], words[0])
        after = after or _gap(found.string[found.end() :][:1], words[-1])
        return f"{before}{stars}{words}{stars}{after}"

    return replace


def _gap(outside: str, edge: str) -> str:
    """A star between a letter and a sign opens and closes nothing; a space between them helps."""
    return " " if outside.isalnum() and not edge.isalnum() else ""


def _tidied(text: str) -> str:
    """Single spaces, no blank lines inside a block, and no line that begins like a list, quote or heading."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(_AT_START.sub(_escape_start, line) for line in lines if line)


def _escape_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"
