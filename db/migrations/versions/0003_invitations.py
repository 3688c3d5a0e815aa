"""invitations, and indices of the change log"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitations',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_invitations_user_id_users')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_invitations'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index('ix_changes_at', ['at', 'id'], unique=False)
        batch_op.create_index('ix_changes_kind', ['entity', 'at', 'id'], unique=False)
        batch_op.create_index('ix_changes_number', ['entity_key', 'at', 'id'], unique=False)
        batch_op.create_index('ix_changes_reason', ['at', 'id', 'reason'], unique=False, sqlite_where=sa.text("reason <> ''"), postgresql_where=sa.text("reason <> ''"))
        batch_op.create_index('ix_changes_user', ['user_id', 'at', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.drop_index('ix_changes_user')
        batch_op.drop_index('ix_changes_reason', sqlite_where=sa.text("reason <> ''"), postgresql_where=sa.text("reason <> ''"))
        batch_op.drop_index('ix_changes_number')
        batch_op.drop_index('ix_changes_kind')
        batch_op.drop_index('ix_changes_at')

    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_user_id'))

    op.drop_table('invitations')
