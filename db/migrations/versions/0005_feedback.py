"""voices of residents, and commitments, each with its course"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feedback_channels',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_feedback_channels'))
    )
    op.create_table('feedback_topics',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('domain_code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['domain_code'], ['service_domains.code'], name=op.f('fk_feedback_topics_domain_code_service_domains')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_feedback_topics'))
    )
    op.create_table('commitments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('meeting', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=True),
    sa.Column('domain_code', sa.String(length=40), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('due_on >= made_on', name=op.f('ck_commitments_days_in_order')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_commitments_community_code_communities')),
    sa.ForeignKeyConstraint(['domain_code'], ['service_domains.code'], name=op.f('fk_commitments_domain_code_service_domains')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitments'))
    )
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.create_index('ix_commitments_done', ['done_on', 'due_on'], unique=False)

    op.create_table('commitment_steps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commitment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_commitment_steps_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_commitment_steps_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_steps')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_commitment_steps_idempotency_key'))
    )
    with op.batch_alter_table('commitment_steps', schema=None) as batch_op:
        batch_op.create_index('ix_commitment_steps_commitment', ['commitment_id', 'id'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('channel_code', sa.String(length=40), nullable=False),
    sa.Column('topic_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('school', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('responded_on', sa.Date(), nullable=True),
    sa.Column('resolved_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'received') = (due_on IS NULL)", name=op.f('ck_feedback_due')),
    sa.CheckConstraint("(state = 'received') = (owner_id IS NULL)", name=op.f('ck_feedback_owner')),
    sa.CheckConstraint("(state IN ('resolved', 'closed')) = (resolved_on IS NOT NULL)", name=op.f('ck_feedback_resolved')),
    sa.CheckConstraint("state IN ('received', 'assigned', 'resolved', 'closed')", name=op.f('ck_feedback_state')),
    sa.CheckConstraint("verdict IN ('', 'satisfied', 'unsatisfied', 'not_resolved')", name=op.f('ck_feedback_verdict')),
    sa.CheckConstraint('rounds >= 1', name=op.f('ck_feedback_rounds')),
    sa.ForeignKeyConstraint(['channel_code'], ['feedback_channels.code'], name=op.f('fk_feedback_channel_code_feedback_channels')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_feedback_community_code_communities')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_feedback_owner_id_users')),
    sa.ForeignKeyConstraint(['topic_code'], ['feedback_topics.code'], name=op.f('fk_feedback_topic_code_feedback_topics')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_owner', ['owner_id', 'state', 'due_on'], unique=False)
        batch_op.create_index('ix_feedback_received', ['received_on', 'id'], unique=False)

    op.create_table('feedback_steps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('feedback_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_feedback_steps_feedback_id_feedback')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_feedback_steps_owner_id_users')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_feedback_steps_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_steps')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_feedback_steps_idempotency_key'))
    )
    with op.batch_alter_table('feedback_steps', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_steps_feedback', ['feedback_id', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('feedback_steps', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_steps_feedback')

    op.drop_table('feedback_steps')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_received')
        batch_op.drop_index('ix_feedback_owner')

    op.drop_table('feedback')
    with op.batch_alter_table('commitment_steps', schema=None) as batch_op:
        batch_op.drop_index('ix_commitment_steps_commitment')

    op.drop_table('commitment_steps')
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.drop_index('ix_commitments_done')

    op.drop_table('commitments')
    op.drop_table('feedback_topics')
    op.drop_table('feedback_channels')
