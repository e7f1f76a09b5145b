"""My notices, following by one press, and stopping mails by one press."""

from __future__ import annotations

from urllib.parse import urlsplit

from ideas.board.models import Status
from ideas.comments.commands import post_comment
from ideas.comments.models import Stance
from ideas.core.events import relay
from ideas.core.transactions import reading, transaction
from ideas.notifications import queries
from ideas.notifications.models import MailPace
from ideas.programs.commands import create_program, post_update
from tests.notifications.telling import mails_to, moves, settled, told
from tests.voting.pressing import fresh, presses


def test_a_person_reads_what_happened_and_marks_it_as_read(town, browse):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)

    page = browse(bo).visits("/me/notices")
    assert page.says("“Shade trees”, which you support, is on the shortlist")
    assert page.says("Shade is planned.")
    assert page.says("1 is new")
    page = page.press("Mark all as read")

    assert page.says("You have seen them all.")


def test_what_comes_in_after_the_page_was_shown_stays_new(town, browse):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)
    page = browse(bo).visits("/me/notices")
    moves(trees, Status.BEFORE_COUNCIL)

    page = page.press("Mark all as read")

    assert page.says("1 is new")


def test_thirty_notices_at_a_time_cost_the_same_statements(town, browse, count_queries):
    ana = town.resident("Ana")
    trees = settled(town, by=ana)
    talkers = [town.resident(f"Neighbour {number}") for number in range(5)]
    browser = browse(ana)
    for n in range(2):
        comment(trees, talkers[n], n)
    browser.visits("/me/notices")
    with count_queries() as few:
        browser.visits("/me/notices")
    for n in range(33):
        comment(trees, talkers[n % 5], n)

    with count_queries() as many:
        page = browser.visits("/me/notices")

    assert many.number == few.number <= 8, str(many)
    older = page.follow("Earlier notices")
    assert older.says("Comment number 0")
    assert not older.says("Comment number 32")


def comment(idea, by, number) -> None:
    with transaction():
        post_comment(fresh(idea), by=by, stance=Stance.NOTE, body=f"Comment number {number}")
    relay()


def test_nobody_reads_the_notices_of_another(town, browse):
    bo, eve = town.resident("Bo"), town.resident("Eve")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)

    assert browse(eve).visits("/me/notices").says("No notice yet")


def test_following_is_one_press_and_so_is_ending_it(town, browse):
    omar = town.member("Omar")
    trees = settled(town, status=Status.UNDER_REVIEW)

    page = browse(omar).visits(trees).press("Follow this")
    assert page.says("You hear of this from now on.")
    moves(trees, Status.SHORTLISTED)
    page = page.press("You follow this. Stop following")
    moves(trees, Status.BEFORE_COUNCIL)

    assert told(omar) == ["“Shade trees”, which you follow, is on the shortlist"]


def test_who_supports_an_idea_sees_that_they_follow_it(town, browse):
    bo = town.resident("Bo")
    trees = settled(town)
    presses(trees, bo)

    assert browse(bo).visits(trees).says("You follow this")


def test_a_title_that_looks_like_a_page_is_shown_as_words(town, browse):
    bo = town.resident("Bo")
    trees = settled(town, "<b>Trees</b> & <script>shade</script>", status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED, text="<img src=x onerror=alert(1)>")

    page = browse(bo).visits("/me/notices")

    assert page.says("“<b>Trees</b> & <script>shade</script>”")
    assert "<script>shade" not in page.html
    mail = mails_to(bo)[0]
    assert "<script>shade" not in (mail.html or "")
    assert mail.subject.startswith("“<b>Trees</b> & <script>shade</script>”")


def test_the_link_in_a_mail_stops_all_mail_after_one_press(town, browse):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)
    address = urlsplit(mails_to(bo)[0].unsubscribe_url or "").path

    page = browse(town.guest).visits(address)
    assert pace(bo) is MailPace.AT_ONCE
    page = page.press("Stop all mails about the board")

    assert page.says("You get no more mail")
    assert pace(bo) is MailPace.NONE
    moves(trees, Status.BEFORE_COUNCIL)
    assert len(mails_to(bo)) == 1
    assert len(told(bo)) == 2


def test_a_mail_program_stops_mail_without_a_page(town, browse):
    bo = town.resident("Bo")
    trees = settled(town, status=Status.UNDER_REVIEW)
    presses(trees, bo)
    moves(trees, Status.SHORTLISTED)
    address = urlsplit(mails_to(bo)[0].unsubscribe_url or "").path

    answer = browse(town.guest).posts(
        address, {"List-Unsubscribe": "One-Click"}, Origin="https://mail.example"
    )

    assert answer.status == 200
    assert pace(bo) is MailPace.NONE


def test_the_link_in_a_mail_can_end_this_one_matter_alone(town, browse):
    bo = town.resident("Bo")
    trees, roofs = (
        settled(town, status=Status.UNDER_REVIEW),
        settled(town, "Roofs", status=Status.UNDER_REVIEW),
    )
    presses(trees, bo)
    presses(roofs, bo)
    moves(trees, Status.SHORTLISTED)
    address = urlsplit(mails_to(bo)[0].unsubscribe_url or "").path

    browse(town.guest).visits(address).press("Only those about “Shade trees”")
    moves(trees, Status.BEFORE_COUNCIL)
    moves(roofs, Status.SHORTLISTED)

    assert told(bo) == [
        "“Shade trees”, which you support, is on the shortlist",
        "“Roofs”, which you support, is on the shortlist",
    ]


def test_a_word_that_was_not_signed_stops_nothing(town, browse):
    assert browse(town.guest).visits("/unsubscribe/WzEsbnVsbCxudWxsXQ.nonsense").status == 404
    assert browse(town.guest).posts("/unsubscribe/WzEsbnVsbCxudWxsXQ.nonsense").status == 404


def test_a_person_chooses_no_mail_on_the_page(town, browse):
    bo = town.resident("Bo")

    page = browse(bo).visits("/me/notices").press("Keep my choice", pace="none")

    assert page.says("Your choice is kept.")
    assert pace(bo) is MailPace.NONE


def pace(person) -> MailPace:
    with reading():
        return queries.pace_of(person.id)


def test_a_program_is_followed_by_one_press(town, browse):
    omar, officer = town.member("Omar"), town.officer()
    with transaction():
        program = create_program(by=officer, title="Cool stops", summary="Shade.", department=town.streets)

    browse(omar).visits(program).press("Follow this")
    with transaction():
        post_update(program, by=officer, title="First trees", body="Twelve stand.")
    relay()

    assert told(omar) == ["News of “Cool stops”: First trees"]
    assert browse(omar).visits("/me/notices").follow("News of “Cool stops”").url == program.path
