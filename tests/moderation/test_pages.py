"""The desk's pages, the report forms and the public log, as people read them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ideas.accounts.models import Scope
from ideas.board.models import Status
from ideas.comments import commands as comments
from ideas.comments.models import Stance
from ideas.core.db import db
from ideas.core.events import relay
from ideas.core.transactions import transaction
from ideas.moderation import commands
from ideas.moderation.models import Case


def say(idea, by, body="Into the harbour with them."):
    with transaction():
        return comments.post_comment(idea, by=by, stance=Stance.NOTE, body=body)


def report(subject, by, rule="2", words=""):
    with transaction():
        return commands.report(subject, by=by, rule=rule, words=words).case_id


def waiting(town, title="Cheap lamps for every city street", **more):
    idea = town.idea(title, by=town.member("New Neighbour"), status=Status.WAITING, **more)
    relay()
    return idea


def hide(page, rule, text):
    """Press the last button of the hide form, which has the fields."""
    form = next(
        form for form in page.all("form") if any(t.get("name") == "text" for t in form.iter("textarea"))
    )
    token = next(field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token")
    fields = {"csrf_token": token, "verdict": "hidden", "rule": rule, "text": text}
    return page.browser.posts(form.get("action"), fields)


def test_a_first_idea_is_published_from_the_queue(town, browse):
    idea = waiting(town)
    page = browse(town.moderator()).visits("/desk/queue")
    assert page.says("Cheap lamps for every city street")
    assert page.says("It is the first idea of its author")

    after = page.press("Publish it")

    assert after.says("Published. Its author is told.")
    assert after.says("Nothing waits")
    assert browse(town.guest).visits(idea).status == 200


def test_an_idea_is_hidden_with_a_rule_and_its_address_says_so(town, browse):
    idea = waiting(town)
    page = browse(town.moderator()).visits("/desk/queue")

    hide(page, "5", "This sells something.")

    gone = browse(town.guest).visits(idea)
    assert gone.status == 410
    assert gone.says("advertising (rule 5)")


def test_hiding_without_a_rule_is_refused_in_place_and_keeps_the_text(town, browse):
    waiting(town)
    page = browse(town.moderator()).visits("/desk/queue")

    again = hide(page, "", "This sells something to the neighbours.")

    assert again.status == 422
    assert again.says("Choose the rule that is broken.")
    assert again.says("This sells something to the neighbours.")


def test_a_decision_opens_the_case_that_follows_in_the_list(town, browse):
    idea, omar, lena = town.idea(), town.member(), town.member("Lena S.")
    first, second, third = (report(say(idea, omar, f"Comment number {n}"), lena) for n in range(3))

    page = browse(town.moderator()).visits(f"/desk/queue/{second}").press("Keep it")

    assert page.url == f"/desk/queue/{third}"
    assert page.press("Keep it").url == f"/desk/queue/{first}"


def test_the_case_says_who_reported_why_and_what_the_author_did_before(town, browse):
    idea, omar = town.idea(), town.resident("Omar Khalil")
    case = report(say(idea, omar), town.member("Lena S."), words="They want to drown people.")

    page = browse(town.moderator()).visits(f"/desk/queue/{case}")

    assert page.says("Reported by Lena S.: personal attack. “They want to drown people.”")
    assert page.says("1 comment. 0 ideas. Nothing hidden before. Verified resident.")
    assert page.says("Waits for a decision")


def test_a_moderator_reads_their_own_case_without_buttons(town, browse):
    maria = town.moderator()
    case = report(say(town.idea(), maria), town.member("Lena S."))

    page = browse(maria).visits(f"/desk/queue/{case}")

    assert page.says("You wrote this yourself, so a colleague decides.")
    assert not any("Keep it" in "".join(button.itertext()) for button in page.all("button"))


def test_a_moderator_with_limits_sees_only_their_part_of_the_queue(town, browse):
    maria = town.moderator()
    with transaction():
        db.session.add(Scope(person_id=maria.id, district_id=town.eastfield.id))
    lena, omar = town.member("Lena S."), town.member()
    other = report(say(town.idea("A lane on Quay Road"), omar, "Theirs"), lena)
    report(say(town.idea("A pond in Eastfield", district=town.eastfield), omar, "Mine to read"), lena)

    page = browse(maria).visits("/desk/queue")

    assert page.says("1 case")
    assert page.says("Mine to read")
    assert browse(maria).visits(f"/desk/queue/{other}").status == 404


def test_a_note_is_there_for_colleagues(town, browse):
    case = report(say(town.idea(), town.member()), town.member("Lena S."))

    browse(town.moderator()).visits(f"/desk/queue/{case}").press("Keep this note", note="Ask legal first.")

    assert browse(town.moderator("Jo Silva")).visits(f"/desk/queue/{case}").says("Ask legal first.")


def test_what_was_hidden_is_put_back_from_the_log(town, browse):
    idea, maria = town.idea(), town.moderator()
    report(say(idea, town.member()), town.member("Lena S."))
    browser = browse(maria)
    hide(browser.visits("/desk/queue"), "2", "It wishes harm on people.")

    back = browser.visits("/desk/log").follow("Put it back").press("Put it back", text="It was about fish.")

    assert back.says("It is back, and its author is told.")
    assert browse(town.guest).visits(idea).says("Into the harbour with them.")


def test_the_public_log_has_rule_and_kind_and_neither_words_nor_names(town, browse):
    report(say(town.idea(), town.member()), town.member("Lena S."))
    hide(browse(town.moderator()).visits("/desk/queue"), "2", "It wishes harm on people.")

    page = browse(town.guest).visits("/moderation-log")

    assert page.says("A comment")
    assert page.says("Hidden: personal attack (rule 2)")
    for secret in ("harbour", "wishes harm", "Lena", "Maria", "Omar"):
        assert secret not in page.text


def test_a_member_reports_a_comment_and_is_told_what_follows(town, browse):
    idea = town.idea()
    comment = say(idea, town.member())

    page = browse(town.member("Lena S.")).visits(f"/comments/{comment.id}/report")
    sent = page.press("Send this report", rule="2")

    assert sent.says("Thank you. A moderator looks at it within 8 working hours.")
    assert db.session.scalars(select(Case)).one().comment_id == comment.id


def test_a_report_without_a_rule_keeps_its_words(town, browse):
    idea = town.idea()

    page = browse(town.member("Lena S.")).visits(f"/ideas/{idea.id}/report")
    again = page.press("Send this report", words="It is an advertisement.")

    assert again.status == 422
    assert again.says("Choose the rule that is broken.")
    assert again.says("It is an advertisement.")


@pytest.mark.parametrize("where", ["/desk/queue", "/desk/log"])
def test_the_desk_is_closed_to_members(town, browse, where):
    assert browse(town.member()).visits(where).status == 403


def test_the_queue_costs_the_same_for_two_cases_and_for_twelve(town, browse, count_queries):
    idea, lena = town.idea(), town.member("Lena S.")
    browser = browse(town.moderator())

    def cost(cases):
        for n in range(cases):
            report(say(idea, town.member(f"Neighbour {n}"), f"Comment {n}"), lena)
        browser.visits("/desk/queue")
        with count_queries() as asked:
            browser.visits("/desk/queue")
        return asked.number

    few = cost(2)
    assert cost(10) == few
    assert few <= 12
