"""review meetings with their slides, snapshots and texts; comments and notes on charts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chart_notes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('series', sa.String(length=80), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_chart_notes_community_code_communities')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_chart_notes_created_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chart_notes')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_chart_notes_idempotency_key'))
    )
    with op.batch_alter_table('chart_notes', schema=None) as batch_op:
        batch_op.create_index('ix_chart_notes_series', ['series', 'day'], unique=False)

    op.create_table('meetings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('period_code', sa.String(length=40), nullable=False),
    sa.Column('communities', sa.JSON(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('frozen_by', sa.String(length=60), nullable=False),
    sa.Column('data_version', sa.Integer(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(frozen_at IS NULL) = (data_version IS NULL)', name=op.f('ck_meetings_frozen')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_meetings_created_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_meetings_idempotency_key'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index('ix_meetings_held_on', ['held_on', 'id'], unique=False)

    op.create_table('meeting_slides',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('headline', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_slides_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_slides'))
    )
    with op.batch_alter_table('meeting_slides', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_slides_meeting', ['meeting_id', 'position', 'id'], unique=False)

    op.create_table('meeting_snapshots',
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_snapshots_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('meeting_id', 'language', name=op.f('pk_meeting_snapshots'))
    )
    op.create_table('meeting_texts',
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('computed', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_texts_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('meeting_id', 'part', 'language', name=op.f('pk_meeting_texts'))
    )
    op.create_table('slide_comments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slide_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('mentioned', sa.JSON(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['slide_id'], ['meeting_slides.id'], name=op.f('fk_slide_comments_slide_id_meeting_slides')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_slide_comments_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slide_comments')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_slide_comments_idempotency_key'))
    )
    with op.batch_alter_table('slide_comments', schema=None) as batch_op:
        batch_op.create_index('ix_slide_comments_slide', ['slide_id', 'id'], unique=False)
