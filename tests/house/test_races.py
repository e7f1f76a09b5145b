"""Many windows at once, over the whole edge: limits hold, nothing is done twice, and nobody sees a fault."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from ideas.accounts.models import Person, Resident, SignInCode
from ideas.board.commands.posting import IDEAS_A_DAY
from ideas.board.models import Idea, Revision, Status, StatusEvent
from ideas.comments.commands import IN_TEN_MINUTES
from ideas.comments.models import Comment
from ideas.core.db import db
from ideas.core.limits import limiter
from ideas.core.transactions import reading, transaction
from ideas.council.models import Result
from ideas.moderation.models import Report
from ideas.pipeline.commands import ask_sign_off, draft_answer
from ideas.pipeline.models import Answer, AnswerKind
from tests.support.furnished import furnished

HANDS = 12
BODY = "Children walk along the canal in June, and there is no tree between the bridge and the school."

Press = tuple[Person, str, dict[str, Any]]


def at_once(browse, *presses: Press) -> Counter[int]:
    """Each press from a browser of its own, all begun in the same moment; how they were answered."""
    limiter.reset()
    start = Barrier(len(presses))
    made = [(browse(person), path, fields) for person, path, fields in presses]
    ready = [(browser, path, {**fields, "csrf_token": browser.token()}) for browser, path, fields in made]

    def press(browser, path, fields) -> int:
        start.wait(timeout=30)
        with browser.app.app_context():
            return int(browser.client.post(path, data=fields).status_code)

    with ThreadPoolExecutor(len(presses)) as pool:
        done = [pool.submit(press, *each) for each in ready]
        answers = Counter(each.result(timeout=60) for each in done)
    assert not [status for status in answers if status >= 500], answers
    return answers


def number_of(model: Any, *where: Any) -> int:
    with reading():
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_three_ideas_a_day_are_three_from_many_windows_too(town, browse):
    omar = town.member()
    form = {"title": "Shade on the way to school", "body": BODY, "topic": "streets", "call": "always-open"}

    answers = at_once(browse, *[(omar, "/ideas/new", form)] * HANDS)

    assert answers == {303: IDEAS_A_DAY, 422: HANDS - IDEAS_A_DAY}
    assert number_of(Idea, Idea.author_id == omar.id) == IDEAS_A_DAY


def test_ten_comments_in_ten_minutes_are_ten_from_many_windows_too(town, browse):
    trees, omar = town.idea(), town.member()
    form = {"body": "The stop at the canal has none.", "stance": "for"}

    answers = at_once(browse, *[(omar, f"/ideas/{trees.id}/comments", form)] * (IN_TEN_MINUTES + 4))

    assert answers == {303: IN_TEN_MINUTES, 429: 4}
    assert number_of(Comment) == IN_TEN_MINUTES


def test_one_report_of_one_person_is_one(town, browse):
    trees, omar = town.idea(), town.member()

    answers = at_once(browse, *[(omar, f"/ideas/{trees.id}/report", {"rule": "5"})] * HANDS)

    assert answers[303] == 1
    assert number_of(Report) == 1


def test_an_idea_taken_back_while_it_is_promoted_ends_in_one_of_the_two(town, browse):
    maria = town.moderator()
    for _round in range(4):
        ana = town.resident()
        trees = town.idea(by=ana)
        back = (ana, f"/ideas/{trees.id}/withdraw", {"reason": "It was built in the meantime."})
        review = (maria, f"/desk/ideas/{trees.id}/review", {"department_id": "1", "text": "It has support."})

        answers = at_once(browse, back, review)

        moves = number_of(StatusEvent, StatusEvent.idea_id == trees.id)
        assert moves == 2 + answers[303]  # posted, published; both are legal if the review came first


def test_an_idea_is_promoted_once(town, browse):
    trees, staff = town.idea(), [town.moderator(f"Moderator {n}") for n in range(HANDS)]

    answers = at_once(
        browse,
        *[
            (each, f"/desk/ideas/{trees.id}/review", {"department_id": "1", "text": "It has support."})
            for each in staff
        ],
    )

    assert answers == {303: 1, 409: HANDS - 1}
    assert number_of(StatusEvent, StatusEvent.to_status == Status.UNDER_REVIEW) == 1


def test_an_answer_is_signed_once(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    helena, signers = town.officer(), [town.officer(f"Officer {n}") for n in range(HANDS)]
    with transaction():
        draft = draft_answer(trees, by=helena, kind=AnswerKind.DECIDING, body="We plant twelve.")
        ask_sign_off(draft, by=helena)
    seen = {"seen_at": draft.updated_at.isoformat()}

    answers = at_once(browse, *[(each, f"/desk/ideas/{trees.id}/sign", seen) for each in signers])

    assert answers[303] == 1
    assert number_of(Answer) == 1


def test_a_result_is_recorded_once(town, browse):
    house = furnished(town)
    olga = house.people["clerk"]
    where = house.things["/desk/meetings/<int:meeting_id>/ideas/<int:idea_id>"]
    form = {"ending": "adopted", "text": "The council takes it up.", "program": "0", "title": "Night bus"}

    answers = at_once(browse, *[(olga, where, {**form, "department": "1", "reason": "law"})] * HANDS)

    assert answers[303] == 1
    assert number_of(Result) == 1


def test_one_human_is_one_resident_whoever_stands_at_the_desk(town, browse):
    sam, kim = town.front_desk(), town.front_desk("Kim Lee")
    twins = [town.member(f"Twin {n}") for n in range(4)]
    card = {"registry_id": "AB 123 456", "district": "old-harbour", "age_band": "25-39"}

    answers = at_once(
        browse,
        *[(desk, f"/desk/front-desk/{twin.id}", card) for twin in twins for desk in (sam, kim)],
    )

    assert number_of(Resident) == 1
    assert answers[422] == 6  # the other three accounts, at both desks; the same account may be renewed


def test_words_changed_in_two_windows_are_changed_once(town, browse):
    ana = town.resident()
    trees = town.idea(by=ana)
    form = {"title": "Shade on the way to school", "body": BODY, "seen": "1"}

    at_once(browse, *[(ana, f"/ideas/{trees.id}/edit", form)] * HANDS)

    numbers = number_of(Revision, Revision.idea_id == trees.id)
    assert numbers == 1  # young and without other supporters: quietly rewritten, never twice


def test_six_wrong_codes_in_one_moment_leave_no_try(town, browse):
    ana, tries = town.member(email="ana@example.org"), 30
    browser = browse()
    token = browser.token()
    limiter.reset()
    browser.client.post("/sign-in", data={"email": ana.email, "csrf_token": token})
    start = Barrier(tries)

    def guess(n: int) -> int:
        start.wait(timeout=30)
        with browser.app.app_context():
            fresh = browser.app.test_client()
            fresh.set_cookie("browser", browser.client.get_cookie("browser").value)
            answer = fresh.post("/sign-in/code", data={"code": f"{n:06d}", "csrf_token": token})
            return int(answer.status_code)

    with ThreadPoolExecutor(tries) as pool:
        answers = Counter(pool.map(guess, range(tries)))

    with reading():
        assert db.session.scalars(select(SignInCode.tries)).one() == 5
    assert set(answers) <= {303, 409, 422, 429}
