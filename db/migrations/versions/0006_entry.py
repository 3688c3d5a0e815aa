"""drafts, approval, remarks, plans and rounds, inspections, workbooks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('activity_rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.CheckConstraint('last_day IS NULL OR last_day >= first_day', name=op.f('ck_activity_rounds_days_in_order')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activity_rounds_type_code_activity_types')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_rounds')),
    sa.UniqueConstraint('type_code', 'number', name=op.f('uq_activity_rounds_type_code_number'))
    )
    op.create_table('activity_plans',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('on_day_off', sa.String(length=20), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("on_day_off IN ('keep', 'skip', 'next_workday')", name=op.f('ck_activity_plans_on_day_off')),
    sa.CheckConstraint('grace_days >= 0', name=op.f('ck_activity_plans_grace_days')),
    sa.CheckConstraint('last_day IS NULL OR last_day >= first_day', name=op.f('ck_activity_plans_days_in_order')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_activity_plans_community_code_communities')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_activity_plans_created_by_users')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activity_plans_type_code_activity_types')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_plans')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_activity_plans_idempotency_key'))
    )
    with op.batch_alter_table('activity_plans', schema=None) as batch_op:
        batch_op.create_index('ix_activity_plans_community', ['community_code', 'type_code'], unique=False)

    op.create_table('workbook_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('unchanged', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_workbook_imports_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workbook_imports'))
    )
    with op.batch_alter_table('workbook_imports', schema=None) as batch_op:
        batch_op.create_index('ix_workbook_imports_sha256', ['kind', 'sha256'], unique=False)

    op.create_table('activity_drafts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('discarded', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('updated_by', sa.Integer(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_drafts_activity_id_activities')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_activity_drafts_community_code_communities')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_activity_drafts_created_by_users')),
    sa.ForeignKeyConstraint(['updated_by'], ['users.id'], name=op.f('fk_activity_drafts_updated_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_drafts')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_activity_drafts_idempotency_key'))
    )
    with op.batch_alter_table('activity_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_drafts_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index('ix_activity_drafts_month', ['community_code', 'month', 'position', 'id'], unique=False)

    op.create_table('activity_remarks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('finding', sa.String(length=40), nullable=False),
    sa.Column('figure', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(length=60), nullable=False),
    sa.Column('closed_note', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('confirmed', 'follow_up')", name=op.f('ck_activity_remarks_kind')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_remarks_activity_id_activities')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_activity_remarks_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_remarks'))
    )
    with op.batch_alter_table('activity_remarks', schema=None) as batch_op:
        batch_op.create_index('ix_activity_remarks_activity', ['activity_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_remarks_open', ['kind', 'closed_at'], unique=False)

    op.create_table('inspections',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('domain_code', sa.String(length=40), nullable=True),
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('inspector', sa.String(length=60), nullable=False),
    sa.Column('rank', sa.String(length=60), nullable=False),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('follows_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(verdict = 'qualified') = (due_on IS NULL)", name=op.f('ck_inspections_due')),
    sa.CheckConstraint("verdict IN ('qualified', 'rectify', 'unqualified')", name=op.f('ck_inspections_verdict')),
    sa.CheckConstraint('due_on IS NULL OR due_on >= day', name=op.f('ck_inspections_days_in_order')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_inspections_activity_id_activities')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_inspections_community_code_communities')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_inspections_created_by_users')),
    sa.ForeignKeyConstraint(['domain_code'], ['service_domains.code'], name=op.f('fk_inspections_domain_code_service_domains')),
    sa.ForeignKeyConstraint(['follows_id'], ['inspections.id'], name=op.f('fk_inspections_follows_id_inspections')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspections')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_inspections_idempotency_key'))
    )
    with op.batch_alter_table('inspections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspections_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index('ix_inspections_community', ['community_code', 'day'], unique=False)
        batch_op.create_index('ix_inspections_day', ['day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspections_follows_id'), ['follows_id'], unique=False)

    op.create_table('plan_exceptions',
    sa.Column('plan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('moved_to', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['activity_plans.id'], name=op.f('fk_plan_exceptions_plan_id_activity_plans')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_plan_exceptions_user_id_users')),
    sa.PrimaryKeyConstraint('plan_id', 'day', name=op.f('pk_plan_exceptions'))
    )
    op.create_table('inspection_photos',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('inspection_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('moment', sa.String(length=10), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("moment IN ('before', 'after')", name=op.f('ck_inspection_photos_moment')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspections.id'], name=op.f('fk_inspection_photos_inspection_id_inspections')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_inspection_photos_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_photos'))
    )
    with op.batch_alter_table('inspection_photos', schema=None) as batch_op:
        batch_op.create_index('ix_inspection_photos_inspection', ['inspection_id', 'id'], unique=False)

    # SQLite takes a check of a new column only with the column.
    op.execute(
        "ALTER TABLE activities ADD COLUMN review VARCHAR(20) DEFAULT 'approved' NOT NULL "
        "CONSTRAINT ck_activities_review CHECK (review IN ('submitted', 'approved', 'returned'))"
    )
    op.add_column('activities', sa.Column('return_reason', sa.String(length=500), server_default=sa.text("''"), nullable=False))
    op.drop_index('ix_activities_first_day_type', 'activities')
    op.create_index('ix_activities_first_day_type', 'activities', ['first_day', 'type_code', 'state', 'review', 'group_id', 'participants'])
    op.create_index('ix_activities_review_host', 'activities', ['review', 'host_code'])

    sums = {
        'activity_months': {'activities': sa.Integer(), 'participants': sa.BigInteger()},
        'activity_weeks': {'activities': sa.Integer()},
        'quantity_months': {'activities': sa.Integer(), 'thousandths': sa.BigInteger()},
    }
    for table, columns in sums.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(f'approved_{name}', kind, server_default='0', nullable=False))
        # What was entered so far, without approval, is approved.
        op.execute(sa.table(table, *map(sa.column, [*columns, *(f'approved_{name}' for name in columns)])).update().values(
            {f'approved_{name}': sa.column(name) for name in columns}
        ))

    op.add_column('measures', sa.Column('better', sa.String(length=4), server_default=sa.text("''"), nullable=False))
    # Until now that was told from the rhythm: what is paid every month goes by who is entitled.
    op.execute(
        "UPDATE measures SET better = 'more' WHERE code NOT IN (SELECT m.measure_code "
        "FROM activity_type_measures AS m JOIN activity_types AS t ON t.code = m.type_code "
        "WHERE t.rhythm = 'monthly')"
    )
    op.add_column('measures', sa.Column('least', sa.BigInteger(), nullable=True))
    op.add_column('measures', sa.Column('most', sa.BigInteger(), nullable=True))
    op.add_column('office', sa.Column('approval', sa.Boolean(), server_default=sa.false(), nullable=False))
