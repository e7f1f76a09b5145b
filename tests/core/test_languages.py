"""Which language a page claims to be in."""

from __future__ import annotations


def test_a_page_claims_no_language_that_the_house_has_no_words_in(town, browse):
    desk = browse(town.administrator()).visits("/desk/city")
    assert desk.press("Save the city", languages="es, en").says("The city is saved.")

    page = browse().visits("/how-it-works")

    assert page.all("html")[0].get("lang") == "en"
