"""The first house"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_log',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('object', sa.String(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('prev_hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_log'))
    )
    op.create_table('board_count',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('waiting', 'open', 'under_review', 'shortlisted', 'before_council', 'adopted', 'in_delivery', 'delivered', 'declined', 'merged', 'withdrawn', 'hidden', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('ideas', sa.Integer(), nullable=False),
    sa.CheckConstraint('ideas >= 0', name=op.f('ck_board_count_ideas_not_negative')),
    sa.PrimaryKeyConstraint('call_id', 'topic_id', 'district_id', 'status', name=op.f('pk_board_count'))
    )
    op.create_table('call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('budget_cents', sa.BigInteger(), nullable=True),
    sa.Column('counts', sa.Enum('attested', 'verified', name='level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('is_always_open', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('budget_cents >= 0', name=op.f('ck_call_budget_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('slug', name=op.f('uq_call_slug'))
    )
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.create_index('uq_call_always_open', ['is_always_open'], unique=True, sqlite_where=sa.text('is_always_open'), postgresql_where=sa.text('is_always_open'))

    op.create_table('city',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('minimum_age', sa.Integer(), nullable=False),
    sa.Column('eligible_months', sa.Integer(), nullable=False),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('moderation_hours', sa.Integer(), nullable=False),
    sa.Column('appeal_days', sa.Integer(), nullable=False),
    sa.Column('house_rules', sa.String(), nullable=False),
    sa.Column('imprint', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_city'))
    )
    op.create_table('department',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('remit', sa.String(), nullable=False),
    sa.Column('signer_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['signer_id'], ['person.id'], name=op.f('fk_department_signer_id_person'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department')),
    sa.UniqueConstraint('name', name=op.f('uq_department_name')),
    sa.UniqueConstraint('slug', name=op.f('uq_department_slug'))
    )
    op.create_table('district',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('boundary', sa.Text(), nullable=True),
    sa.CheckConstraint('population >= 0', name=op.f('ck_district_population_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_district')),
    sa.UniqueConstraint('name', name=op.f('uq_district_name')),
    sa.UniqueConstraint('slug', name=op.f('uq_district_slug'))
    )
    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('relayed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_waiting', ['id'], unique=False, sqlite_where=sa.text('relayed_at IS NULL'), postgresql_where=sa.text('relayed_at IS NULL'))

    op.create_table('mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('to_address', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('html', sa.Text(), nullable=True),
    sa.Column('unsubscribe_url', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('key', name=op.f('uq_mail_key'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_next_at'), ['next_at'], unique=False)

    op.create_table('search_term',
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('ideas', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_search_term'))
    )
    op.create_table('sign_in_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('browser_hash', sa.LargeBinary(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_code'))
    )
    with op.batch_alter_table('sign_in_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_code_browser_hash'), ['browser_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_code_email'), ['email'], unique=False)

    op.create_table('sign_in_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failure'))
    )
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failure_account', ['account', 'at'], unique=False)

    op.create_table('tree_head',
    sa.Column('size', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_tree_head'))
    )
    op.create_table('wording',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('redacted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('redacted_why', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wording'))
    )
    op.create_table('cycle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=True),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_cycle_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle'))
    )
    op.create_table('event_delivery',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('listener', sa.String(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_delivery_event_id_event')),
    sa.PrimaryKeyConstraint('event_id', 'listener', name=op.f('pk_event_delivery'))
    )
    with op.batch_alter_table('event_delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_delivery_next_at'), ['next_at'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('person', 'organisation', name='kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('role', sa.Enum('member', 'moderator', 'officer', 'council_member', 'administrator', name='role', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('standing', sa.Enum('active', 'suspended', 'banned', 'erased', name='standing', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('suspended_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('totp_secret', sa.String(), nullable=True),
    sa.Column('totp_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(display_name) BETWEEN 2 AND 60', name=op.f('ck_person_display_name_length')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_person_department_id_department')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_role', ['role'], unique=False)

    op.create_table('phase',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('accepts_ideas', sa.Boolean(), nullable=False),
    sa.Column('accepts_support', sa.Boolean(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_phase_closes_after_it_opens')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_phase_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phase')),
    sa.UniqueConstraint('call_id', 'position', name=op.f('uq_phase_call_id_position'))
    )
    op.create_table('topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_topic_department_id_department')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic')),
    sa.UniqueConstraint('name', name=op.f('uq_topic_name')),
    sa.UniqueConstraint('slug', name=op.f('uq_topic_slug'))
    )
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.Column('approved_by', sa.Integer(), nullable=True),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.Column('after', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('appeal_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('approved_by <> opened_by', name=op.f('ck_correction_two_people')),
    sa.ForeignKeyConstraint(['approved_by'], ['person.id'], name=op.f('fk_correction_approved_by_person')),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_correction_opened_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_table('idea',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('excerpt', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('author_name', sa.String(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.Enum('web', 'desk', 'phone', 'paper', 'sms', 'event', 'import', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('status', sa.Enum('waiting', 'open', 'under_review', 'shortlisted', 'before_council', 'adopted', 'in_delivery', 'delivered', 'declined', 'merged', 'withdrawn', 'hidden', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('status_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('hidden_rule', sa.String(), nullable=True),
    sa.Column('answer_owner_id', sa.Integer(), nullable=True),
    sa.Column('answer_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer_moves', sa.Integer(), nullable=False),
    sa.Column('foreign_source', sa.String(), nullable=True),
    sa.Column('foreign_id', sa.String(), nullable=True),
    sa.Column('support_before', sa.Integer(), nullable=False),
    sa.CheckConstraint('(lon IS NULL) = (lat IS NULL)', name=op.f('ck_idea_point_is_whole')),
    sa.ForeignKeyConstraint(['answer_owner_id'], ['department.id'], name=op.f('fk_idea_answer_owner_id_department')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_idea_author_id_person')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_idea_call_id_call')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycle.id'], name=op.f('fk_idea_cycle_id_cycle')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_idea_district_id_district')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['idea.id'], name=op.f('fk_idea_merged_into_id_idea')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_idea_revision_id_revision'), use_alter=True),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_idea_topic_id_topic')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idea')),
    sa.UniqueConstraint('foreign_source', 'foreign_id', name=op.f('uq_idea_foreign_source_foreign_id'))
    )
    with op.batch_alter_table('idea', schema=None) as batch_op:
        batch_op.create_index('ix_idea_author', ['author_id'], unique=False)
        batch_op.create_index('ix_idea_call', ['call_id'], unique=False)
        batch_op.create_index('ix_idea_due', ['answer_due_at'], unique=False)
        batch_op.create_index('ix_idea_newest', ['posted_at', 'id'], unique=False)
        batch_op.create_index('ix_idea_status', ['status', 'posted_at'], unique=False)

    op.create_table('mail_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pace', sa.Enum('at_once', 'none', name='mailpace', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_choice_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_mail_choice'))
    )
    op.create_table('person_grant',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('grant', sa.Enum('front_desk', 'clerk', 'second', name='grant', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_grant_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'grant', name=op.f('pk_person_grant'))
    )
    op.create_table('program',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('planned', 'in_delivery', 'delivered', 'stopped', name='programstatus', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('status_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_program_department_id_department')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_program_district_id_district')),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_program_officer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_program'))
    )
    with op.batch_alter_table('program', schema=None) as batch_op:
        batch_op.create_index('ix_program_status', ['status'], unique=False)

    op.create_table('recovery_code',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_table('resident',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('ref', sa.LargeBinary(), nullable=False),
    sa.Column('level', sa.Enum('attested', 'verified', name='level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('age_band', sa.String(), nullable=True),
    sa.Column('eligible_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_by', sa.Integer(), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Enum('active', 'ended', name='residentstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.CheckConstraint('length(ref) = 32', name=op.f('ck_resident_ref_is_a_digest')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_resident_district_id_district')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_resident_person_id_person')),
    sa.ForeignKeyConstraint(['verified_by'], ['person.id'], name=op.f('fk_resident_verified_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resident')),
    sa.UniqueConstraint('person_id', name=op.f('uq_resident_person_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_resident_ref'))
    )
    op.create_table('scope',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(topic_id IS NULL) <> (district_id IS NULL)', name=op.f('ck_scope_topic_or_district')),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_scope_district_id_district')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_scope_person_id_person')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_scope_topic_id_topic')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope')),
    sa.UniqueConstraint('person_id', 'topic_id', 'district_id', name=op.f('uq_scope_person_id_topic_id_district_id'))
    )
    op.create_table('shortlist',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('budget_cents', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('open', 'sent', name='shortliststate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('budget_cents >= 0', name=op.f('ck_shortlist_budget_not_negative')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_shortlist_call_id_call')),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_shortlist_opened_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shortlist')),
    sa.UniqueConstraint('call_id', name=op.f('uq_shortlist_call_id'))
    )
    op.create_table('web_session',
    sa.Column('id_hash', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fresh_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proven_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_web_session_person_id_person')),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_web_session'))
    )
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_session_person_id'), ['person_id'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('holding', 'deciding', 'reply', name='answerkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_by', sa.Integer(), nullable=True),
    sa.Column('signed_by', sa.Integer(), nullable=True),
    sa.Column('signature', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('signed_by <> written_by', name=op.f('ck_answer_two_people')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_answer_department_id_department')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_answer_idea_id_idea')),
    sa.ForeignKeyConstraint(['signed_by'], ['person.id'], name=op.f('fk_answer_signed_by_person')),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name=op.f('fk_answer_wording_id_wording')),
    sa.ForeignKeyConstraint(['written_by'], ['person.id'], name=op.f('fk_answer_written_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index('ix_answer_idea', ['idea_id', 'id'], unique=False)

    op.create_table('answer_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('holding', 'deciding', 'reply', name='answerkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('new_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('writing', 'sign_off', 'returned', 'published', name='draftstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('written_by', sa.Integer(), nullable=False),
    sa.Column('returned_why', sa.Text(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_answer_draft_department_id_department')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_answer_draft_idea_id_idea')),
    sa.ForeignKeyConstraint(['written_by'], ['person.id'], name=op.f('fk_answer_draft_written_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_draft'))
    )
    with op.batch_alter_table('answer_draft', schema=None) as batch_op:
        batch_op.create_index('uq_answer_draft_open', ['idea_id', 'department_id'], unique=True, sqlite_where=sa.text("state <> 'published'"), postgresql_where=sa.text("state <> 'published'"))

    op.create_table('assessment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('cost_cents', sa.BigInteger(), nullable=True),
    sa.Column('feasibility', sa.Enum('feasible', 'with_conditions', 'not_feasible', name='feasibility', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('cost_cents >= 0', name=op.f('ck_assessment_cost_not_negative')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_assessment_by_id_person')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_assessment_department_id_department')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_assessment_idea_id_idea')),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name=op.f('fk_assessment_wording_id_wording')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index('ix_assessment_idea', ['idea_id', 'id'], unique=False)

    op.create_table('budget_year',
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('planned_cents', sa.BigInteger(), nullable=False),
    sa.Column('spent_cents', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('planned_cents >= 0', name=op.f('ck_budget_year_planned_not_negative')),
    sa.CheckConstraint('spent_cents >= 0', name=op.f('ck_budget_year_spent_not_negative')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_budget_year_program_id_program')),
    sa.PrimaryKeyConstraint('program_id', 'year', name=op.f('pk_budget_year'))
    )
    op.create_table('comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('stance', sa.Enum('for', 'against', 'question', 'note', name='stance', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('channel', sa.Enum('web', 'desk', 'phone', 'paper', 'sms', 'event', 'import', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Enum('visible', 'hidden', 'removed', name='commentstate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('hidden_rule', sa.String(), nullable=True),
    sa.Column('helpful', sa.Integer(), nullable=False),
    sa.Column('not_helpful', sa.Integer(), nullable=False),
    sa.Column('foreign_source', sa.String(), nullable=True),
    sa.Column('foreign_id', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_comment_author_id_person')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_comment_idea_id_idea')),
    sa.ForeignKeyConstraint(['parent_id'], ['comment.id'], name=op.f('fk_comment_parent_id_comment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment')),
    sa.UniqueConstraint('foreign_source', 'foreign_id', name=op.f('uq_comment_foreign_source_foreign_id'))
    )
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.create_index('ix_comment_author', ['author_id'], unique=False)
        batch_op.create_index('ix_comment_thread', ['idea_id', 'parent_id', 'id'], unique=False)

    op.create_table('follow',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('program_id', sa.Integer(), nullable=True),
    sa.Column('is_muted', sa.Boolean(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(idea_id IS NULL) <> (program_id IS NULL)', name=op.f('ck_follow_one_subject')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_follow_idea_id_idea')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_follow_person_id_person')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_follow_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow')),
    sa.UniqueConstraint('person_id', 'idea_id', name=op.f('uq_follow_person_id_idea_id')),
    sa.UniqueConstraint('person_id', 'program_id', name=op.f('uq_follow_person_id_program_id'))
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index('ix_follow_idea', ['idea_id'], unique=False)
        batch_op.create_index('ix_follow_program', ['program_id'], unique=False)

    op.create_table('kept_vote',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_kept_vote_idea_id_idea')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_kept_vote_person_id_person')),
    sa.PrimaryKeyConstraint('idea_id', 'person_id', name=op.f('pk_kept_vote'))
    )
    with op.batch_alter_table('kept_vote', schema=None) as batch_op:
        batch_op.create_index('ix_kept_vote_person', ['person_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shortlist_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['shortlist_id'], ['shortlist.id'], name=op.f('fk_meeting_shortlist_id_shortlist')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_shortlist_id'), ['shortlist_id'], unique=False)

    op.create_table('milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('forecast_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_milestone_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index('ix_milestone_program', ['program_id', 'position'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('program_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_notice_event_id_event')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_notice_idea_id_idea')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_notice_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('event_id', 'person_id', 'kind', name=op.f('uq_notice_event_id_person_id_kind'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_person', ['person_id', 'id'], unique=False)

    op.create_table('outcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('baseline', sa.Numeric(precision=14, scale=3, asdecimal=False), nullable=False),
    sa.Column('target', sa.Numeric(precision=14, scale=3, asdecimal=False), nullable=False),
    sa.Column('value', sa.Numeric(precision=14, scale=3, asdecimal=False), nullable=True),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_outcome_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_program_id'), ['program_id'], unique=False)

    op.create_table('private_note',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_private_note_idea_id_idea')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_private_note_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'idea_id', name=op.f('pk_private_note'))
    )
    op.create_table('program_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('to_status', sa.Enum('planned', 'in_delivery', 'delivered', 'stopped', name='programstatus', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_program_move_by_id_person')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_program_move_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_program_move'))
    )
    with op.batch_alter_table('program_move', schema=None) as batch_op:
        batch_op.create_index('ix_program_move_program', ['program_id', 'id'], unique=False)

    op.create_table('program_update',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_program_update_by_id_person')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_program_update_program_id_program')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_program_update'))
    )
    with op.batch_alter_table('program_update', schema=None) as batch_op:
        batch_op.create_index('ix_program_update_program', ['program_id', 'id'], unique=False)

    op.create_table('revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_revision_by_id_person')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_revision_idea_id_idea')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('idea_id', 'number', name=op.f('uq_revision_idea_id_number'))
    )
    op.create_table('search_entry',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_search_entry_idea_id_idea')),
    sa.PrimaryKeyConstraint('idea_id', name=op.f('pk_search_entry'))
    )
    op.create_table('shortlist_entry',
    sa.Column('shortlist_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('votes', sa.Integer(), nullable=True),
    sa.Column('cost_cents', sa.BigInteger(), nullable=True),
    sa.Column('is_funded', sa.Boolean(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_shortlist_entry_idea_id_idea')),
    sa.ForeignKeyConstraint(['shortlist_id'], ['shortlist.id'], name=op.f('fk_shortlist_entry_shortlist_id_shortlist')),
    sa.PrimaryKeyConstraint('shortlist_id', 'idea_id', name=op.f('pk_shortlist_entry'))
    )
    with op.batch_alter_table('shortlist_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shortlist_entry_idea_id'), ['idea_id'], unique=False)

    op.create_table('source',
    sa.Column('program_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Text(), nullable=False),
    sa.Column('not_taken', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_source_idea_id_idea')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_source_program_id_program')),
    sa.PrimaryKeyConstraint('program_id', 'idea_id', name=op.f('pk_source'))
    )
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_idea_id'), ['idea_id'], unique=False)

    op.create_table('status_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('from_status', sa.Enum('waiting', 'open', 'under_review', 'shortlisted', 'before_council', 'adopted', 'in_delivery', 'delivered', 'declined', 'merged', 'withdrawn', 'hidden', name='from_status', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('to_status', sa.Enum('waiting', 'open', 'under_review', 'shortlisted', 'before_council', 'adopted', 'in_delivery', 'delivered', 'declined', 'merged', 'withdrawn', 'hidden', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rule', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_status_event_by_id_person')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_status_event_department_id_department')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_status_event_idea_id_idea')),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name=op.f('fk_status_event_wording_id_wording')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_event'))
    )
    with op.batch_alter_table('status_event', schema=None) as batch_op:
        batch_op.create_index('ix_status_event_idea', ['idea_id', 'id'], unique=False)

    op.create_table('talk_count',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('comments', sa.Integer(), nullable=False),
    sa.Column('in_favour', sa.Integer(), nullable=False),
    sa.Column('against', sa.Integer(), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.CheckConstraint('comments >= 0', name=op.f('ck_talk_count_comments_not_negative')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_talk_count_idea_id_idea')),
    sa.PrimaryKeyConstraint('idea_id', name=op.f('pk_talk_count'))
    )
    op.create_table('tally',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('attested', sa.Integer(), nullable=False),
    sa.Column('held', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=False),
    sa.Column('heat_votes', sa.Float(), nullable=True),
    sa.Column('heat_comments', sa.Float(), nullable=True),
    sa.Column('heat_answers', sa.Float(), nullable=True),
    sa.Column('heat', sa.Float(), nullable=False),
    sa.CheckConstraint('attested >= 0', name=op.f('ck_tally_attested_not_negative')),
    sa.CheckConstraint('counted >= 0', name=op.f('ck_tally_counted_not_negative')),
    sa.CheckConstraint('held >= 0', name=op.f('ck_tally_held_not_negative')),
    sa.CheckConstraint('kept >= 0', name=op.f('ck_tally_kept_not_negative')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_tally_idea_id_idea')),
    sa.PrimaryKeyConstraint('idea_id', name=op.f('pk_tally'))
    )
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.create_index('ix_tally_counted', ['counted', 'idea_id'], unique=False)
        batch_op.create_index('ix_tally_heat', ['heat', 'idea_id'], unique=False)

    op.create_table('vote_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('cast', 'retract', 'carry', 'uncarry', 'hold', 'release', 'void', 'restore', name='voteeventkind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('leaf', sa.Text(), nullable=False),
    sa.Column('leaf_hash', sa.LargeBinary(), nullable=False),
    sa.Column('not_before', sa.Date(), nullable=False),
    sa.Column('correction_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['correction_id'], ['correction.id'], name=op.f('fk_vote_event_correction_id_correction')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_vote_event_idea_id_idea')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote_event')),
    sa.UniqueConstraint('leaf_hash', name=op.f('uq_vote_event_leaf_hash'))
    )
    with op.batch_alter_table('vote_event', schema=None) as batch_op:
        batch_op.create_index('ix_vote_event_idea', ['idea_id', 'id'], unique=False)

    op.create_table('helpful_press',
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('is_helpful', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_helpful_press_comment_id_comment')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_helpful_press_person_id_person')),
    sa.PrimaryKeyConstraint('comment_id', 'person_id', name=op.f('pk_helpful_press'))
    )
    op.create_table('moderation_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('first_idea', 'reported', 'edit_after_votes', name='casekind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint('(idea_id IS NULL) <> (comment_id IS NULL)', name=op.f('ck_moderation_case_one_subject')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_moderation_case_comment_id_comment')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_moderation_case_idea_id_idea')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_case'))
    )
    with op.batch_alter_table('moderation_case', schema=None) as batch_op:
        batch_op.create_index('ix_case_queue', ['closed_at', 'opened_at'], unique=False)
        batch_op.create_index('uq_case_open_comment', ['kind', 'comment_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index('uq_case_open_idea', ['kind', 'idea_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('position',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('stand', sa.Enum('support', 'with_conditions', 'oppose', 'abstain', 'interest', name='stand', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_position_idea_id_idea')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_position_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_position_person_id_person')),
    sa.PrimaryKeyConstraint('meeting_id', 'idea_id', 'person_id', name=op.f('pk_position'))
    )
    op.create_table('result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('ending', sa.Enum('adopted', 'deferred', 'declined', name='ending', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('deferred_to', sa.Date(), nullable=True),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_result_idea_id_idea')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_result_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_result_recorded_by_person')),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name=op.f('fk_result_wording_id_wording')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result')),
    sa.UniqueConstraint('meeting_id', 'idea_id', name=op.f('uq_result_meeting_id_idea_id'))
    )
    with op.batch_alter_table('result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_idea_id'), ['idea_id'], unique=False)

    op.create_table('slip',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('milestone_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_slip_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_slip_milestone_id_milestone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip'))
    )
    with op.batch_alter_table('slip', schema=None) as batch_op:
        batch_op.create_index('ix_slip_milestone', ['milestone_id', 'id'], unique=False)

    op.create_table('tree_leaf',
    sa.Column('leaf_index', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['vote_event.id'], name=op.f('fk_tree_leaf_event_id_vote_event')),
    sa.PrimaryKeyConstraint('leaf_index', name=op.f('pk_tree_leaf')),
    sa.UniqueConstraint('event_id', name=op.f('uq_tree_leaf_event_id'))
    )
    op.create_table('vote',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('resident_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('cast', 'retracted', name='votestate', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('checked', sa.Enum('clear', 'held', 'void', name='checked', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('level', sa.Enum('attested', 'verified', name='level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('channel', sa.Enum('web', 'desk', 'phone', 'paper', 'sms', 'event', 'import', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('origin_idea_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cast_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_vote_idea_id_idea')),
    sa.ForeignKeyConstraint(['origin_idea_id'], ['idea.id'], name=op.f('fk_vote_origin_idea_id_idea')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_vote_resident_id_resident')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_vote_revision_id_revision')),
    sa.PrimaryKeyConstraint('idea_id', 'resident_id', name=op.f('pk_vote'))
    )
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.create_index('ix_vote_resident', ['resident_id', 'idea_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verdict', sa.Enum('published', 'kept', 'hidden', 'restored', name='verdict', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('wording_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_decision_by_id_person')),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_decision_case_id_moderation_case')),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_decision_comment_id_comment')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_decision_idea_id_idea')),
    sa.ForeignKeyConstraint(['wording_id'], ['wording.id'], name=op.f('fk_decision_wording_id_wording')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index('ix_decision_at', ['at', 'id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_report_by_id_person')),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_report_case_id_moderation_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index('uq_report_person', ['case_id', 'by_id'], unique=True)

    _search_indexes()
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_department_signer_id_person", "department", "person", ["signer_id"], ["id"])
        op.create_foreign_key("fk_idea_revision_id_revision", "idea", "revision", ["revision_id"], ["id"])


def _search_indexes() -> None:
    """Full text over the folded words: FTS5 beside the table on SQLite, an index over it on PostgreSQL."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX search_fts_words ON search_entry "
            "USING gin (to_tsvector('simple', title || ' ' || body))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_fts USING fts5("
        "title, body, content='search_entry', content_rowid='idea_id', tokenize='unicode61', prefix='2 3')"
    )
    gone = "INSERT INTO search_fts(search_fts, rowid, title, body) VALUES ('delete', old.idea_id, old.title, old.body);"
    come = "INSERT INTO search_fts(rowid, title, body) VALUES (new.idea_id, new.title, new.body);"
    op.execute(f"CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN {come} END")
    op.execute(f"CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN {gone} {come} END")


def downgrade() -> None:
    raise NotImplementedError("There is nothing below the first house.")
