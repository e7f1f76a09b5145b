"""What every HTML answer owes its readers, as far as the markup alone can show it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import html5lib

from tests.support.browsing import name_of

Element = Any
NEEDS_A_NAME = {"a", "button"}
TYPED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


def faults(html: str, *, is_page: bool = True) -> list[str]:
    """Sentences about what is wrong; none for a good answer."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html) if is_page else parser.parseFragment(html)
    found = [f"parse error {code} at {position}" for position, code, _ in parser.errors]
    found += _ids(tree)
    found += _names(tree)
    found += _inline(tree)
    return found + (_page(tree) if is_page else [])


def _page(tree: Element) -> list[str]:
    found = []
    html = tree if tree.tag == "html" else tree.find("html")
    if not html.get("lang"):
        found.append("the page has no language")
    if not "".join(tree.find(".//title").itertext()).strip():
        found.append("the page has no title")
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 on the page")
    mains = list(tree.iter("main"))
    if len(mains) != 1:
        found.append(f"{len(mains)} main on the page")
    return found


def _ids(tree: Element) -> list[str]:
    ids = Counter(element.get("id") for element in _elements(tree) if element.get("id"))
    return [f"id {name} stands {times} times" for name, times in ids.items() if times > 1]


def _names(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(field) for label in tree.iter("label") for field in label.iter() if field.tag in TYPED}
    found = []
    for element in _elements(tree):
        if element.tag in NEEDS_A_NAME and not (name_of(element) or element.get("aria-labelledby")):
            found.append(f"a {element.tag} without a name: {dict(element.attrib)}")
        if element.tag not in TYPED or element.get("type") in NEEDS_NO_LABEL:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby")
        if not (named or element.get("id") in labelled or id(element) in wrapped):
            found.append(f"a field without a label: {element.get('name')}")
    return found


def _inline(tree: Element) -> list[str]:
    found = []
    for element in _elements(tree):
        bad = [name for name in element.attrib if name == "style" or name.startswith(("on", "hx-on"))]
        found += [f"{element.tag} has {name}" for name in bad]
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            found.append(f"an inline {element.tag}")
        if element.tag == "img" and element.get("alt") is None:
            found.append("a picture without alt")
    return found


def _elements(tree: Element) -> list[Element]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]
