"""The house rules: seven short sentences in the profile that a city's lawyers start from. Pure data."""

from __future__ import annotations

from typing import NamedTuple


class HouseRule(NamedTuple):
    """One rule: its number, which decisions name, its title, and what it means."""

    number: str
    title: str
    words: str


PERSONAL_ATTACK = (
    "Argue with what somebody says, never against who they are. No insults, no threats, no wishes of "
    "harm, no hatred of a group. Hard criticism of how officials do their work is welcome."
)
OFF_TOPIC = "Say what belongs to this idea and this city. Another matter deserves an idea of its own."
ADVERTISING = "No selling, no links that earn money, no campaigning for a party or a candidate."
REPEATED = "Say a thing once, where it fits. The same text under many ideas is taken away."

EU = (
    HouseRule(
        "1",
        "Unlawful or dangerous",
        "Nothing that the law of this country or of the European Union forbids, and nothing that puts people "
        "in danger.",
    ),
    HouseRule("2", "Personal attack", PERSONAL_ATTACK),
    HouseRule(
        "3",
        "Private details of others",
        "No addresses, phone numbers, health or family matters of other people, and no pictures of children. "
        "What is personal belongs to the person it is about.",
    ),
    HouseRule("4", "Off topic", OFF_TOPIC),
    HouseRule("5", "Advertising", ADVERTISING),
    HouseRule("6", "Repeated", REPEATED),
    HouseRule(
        "7",
        "Not yours to post",
        "Only texts and pictures that you made yourself or may pass on. Say whose they are when they are not "
        "yours.",
    ),
)
US = (
    HouseRule(
        "1",
        "Unlawful or dangerous",
        "Nothing that is a crime, such as a true threat or a call to break the law at once, and nothing that "
        "puts people in danger. Opinions, also harsh and unpopular ones, are free here.",
    ),
    HouseRule("2", "Personal attack", PERSONAL_ATTACK),
    HouseRule(
        "3",
        "Private details of others",
        "No home addresses, phone numbers, health or family matters of other people, and no pictures of "
        "children.",
    ),
    HouseRule("4", "Off topic", OFF_TOPIC),
    HouseRule("5", "Advertising", ADVERTISING),
    HouseRule("6", "Repeated", REPEATED),
    HouseRule(
        "7",
        "Not yours to post",
        "Only texts and pictures that you made yourself or may pass on under copyright law.",
    ),
)
PROFILES = {"eu": EU, "us": US}
NUMBERS = tuple(rule.number for rule in EU)


def rules_of(profile: str) -> tuple[HouseRule, ...]:
    """The seven rules in a profile; an unknown one is read as the European."""
    return PROFILES.get(profile, EU)


def rule_title(number: str) -> str:
    """The title of a rule, the same in every profile; empty for what is no rule."""
    return next((rule.title for rule in EU if rule.number == number), "")
