"""What staff do is written down, each row bound to the one before."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ideas.accounts.models import Department
from ideas.board.models import Status
from ideas.core.audit import AuditRow, audit, broken_links
from ideas.core.db import db
from ideas.core.transactions import transaction


def note(act: str) -> None:
    with transaction():
        audit(act, actor=None, role="moderator", about="idea:1")


def test_the_chain_holds_also_when_two_write_at_once(app, town):
    def write() -> None:
        with app.app_context():
            for _ in range(10):
                note("case.decided")
            db.session.remove()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(db.session.scalars(select(AuditRow.id)).all()) == 30
    assert broken_links() == []
    db.session.commit()


@pytest.mark.parametrize("words", ["UPDATE audit_log SET actor = 7", "DELETE FROM audit_log"])
def test_no_row_can_be_changed_or_taken_away(town, words):
    note("case.decided")

    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(words))


def test_a_refused_act_of_staff_is_written_down(town, browse):
    maria = town.moderator()
    browser = browse(maria)

    answer = browser.posts("/desk/meetings/1/open", {"csrf_token": browser.token()})

    assert answer.status == 403
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (row.actor, row.result) == (maria.id, "refused")
    db.session.commit()


def test_an_act_that_the_command_refused_is_written_down_too(town, browse):
    trees = town.idea(status=Status.UNDER_REVIEW)
    parks = add_department("parks")
    gita = town.officer("Gita Rao", department=parks)
    browser = browse(gita)

    answer = browser.posts(
        f"/desk/ideas/{trees.id}/assess",
        {"text": "Too dear.", "feasibility": "not_feasible", "csrf_token": browser.token()},
    )

    assert answer.status == 403
    assert answer.says("Only officers of the department check cost and feasibility.")
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (row.actor, row.act, row.result) == (gita.id, "POST acts.assess", "refused")
    db.session.commit()


def test_what_residents_may_not_do_is_nobodys_record(town, browse):
    trees, browser = town.idea(), browse(town.resident("Omar Khalil"))

    answer = browser.posts(
        f"/ideas/{trees.id}/withdraw", {"reason": "It is not mine.", "csrf_token": browser.token()}
    )

    assert answer.status == 403
    assert db.session.scalars(select(AuditRow).where(AuditRow.result == "refused")).all() == []
    db.session.commit()


def add_department(slug: str) -> Department:
    with transaction():
        part = Department(slug=slug, name=slug.capitalize(), email=f"{slug}@alderbay.example", remit="")
        db.session.add(part)
    return part
