"""first schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('community_groups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=2000), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_community_groups')),
    sa.UniqueConstraint('key', name=op.f('uq_community_groups_key'))
    )
    op.create_table('data_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_version'))
    )
    op.create_table('office',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('demonstration_day', sa.Date(), nullable=True),
    sa.Column('running_since', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office'))
    )
    op.create_table('partner_kinds',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_partner_kinds'))
    )
    op.create_table('service_domains',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_service_domains'))
    )
    op.create_table('sign_in_failures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failures'))
    )
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failures_who', ['username', 'address', 'at'], unique=False)

    op.create_table('subdistricts',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_subdistricts'))
    )
    op.create_table('survey_waves',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('scale', sa.String(length=40), nullable=False),
    sa.Column('wording', sa.String(length=40), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('frozen', sa.Boolean(), nullable=False),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_survey_waves_days_in_order')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_survey_waves'))
    )
    with op.batch_alter_table('survey_waves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_waves_last_day'), ['last_day'], unique=False)

    op.create_table('targets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_targets')),
    sa.UniqueConstraint('indicator_code', 'community_code', 'year', name=op.f('uq_targets_indicator_code_community_code_year'))
    )
    op.create_table('units',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_units'))
    )
    op.create_table('activity_types',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('domain_code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('rhythm', sa.String(length=20), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['domain_code'], ['service_domains.code'], name=op.f('fk_activity_types_domain_code_service_domains')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_activity_types'))
    )
    with op.batch_alter_table('activity_types', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_types_domain_code'), ['domain_code'], unique=False)

    op.create_table('communities',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('subdistrict_code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['subdistrict_code'], ['subdistricts.code'], name=op.f('fk_communities_subdistrict_code_subdistricts')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_communities'))
    )
    op.create_table('measures',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('domain_code', sa.String(length=40), nullable=False),
    sa.Column('unit_code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('definition_en', sa.Text(), nullable=False),
    sa.Column('counter', sa.String(length=10), nullable=False),
    sa.Column('more_word', sa.String(length=4), nullable=False),
    sa.Column('population_group', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['domain_code'], ['service_domains.code'], name=op.f('fk_measures_domain_code_service_domains')),
    sa.ForeignKeyConstraint(['unit_code'], ['units.code'], name=op.f('fk_measures_unit_code_units')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_measures'))
    )
    op.create_table('published_scores',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('score', sa.BigInteger(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n > 0', name=op.f('ck_published_scores_n_positive')),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_published_scores_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'community_code', 'subject', name=op.f('pk_published_scores'))
    )
    op.create_table('wave_options',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('option_code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('points', sa.BigInteger(), nullable=True),
    sa.Column('satisfied', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_wave_options_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'option_code', name=op.f('pk_wave_options'))
    )
    op.create_table('activity_months',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('activities', sa.Integer(), nullable=False),
    sa.Column('participants', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['community_groups.id'], name=op.f('fk_activity_months_group_id_community_groups')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activity_months_type_code_activity_types')),
    sa.PrimaryKeyConstraint('month', 'type_code', 'group_id', name=op.f('pk_activity_months')),
    sqlite_with_rowid=False
    )
    op.create_table('activity_type_measures',
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('measure_code', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measure_code'], ['measures.code'], name=op.f('fk_activity_type_measures_measure_code_measures')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activity_type_measures_type_code_activity_types')),
    sa.PrimaryKeyConstraint('type_code', 'measure_code', name=op.f('pk_activity_type_measures'))
    )
    op.create_table('activity_weeks',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('activities', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_activity_weeks_community_code_communities')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activity_weeks_type_code_activity_types')),
    sa.PrimaryKeyConstraint('week', 'type_code', 'community_code', name=op.f('pk_activity_weeks')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('activity_weeks', schema=None) as batch_op:
        batch_op.create_index('ix_activity_weeks_community', ['community_code', 'week'], unique=False)

    op.create_table('community_group_members',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_community_group_members_community_code_communities')),
    sa.ForeignKeyConstraint(['group_id'], ['community_groups.id'], name=op.f('fk_community_group_members_group_id_community_groups')),
    sa.PrimaryKeyConstraint('group_id', 'community_code', name=op.f('pk_community_group_members'))
    )
    with op.batch_alter_table('community_group_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_community_group_members_community_code'), ['community_code'], unique=False)

    op.create_table('grids',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_grids_community_code_communities')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_grids'))
    )
    with op.batch_alter_table('grids', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grids_community_code'), ['community_code'], unique=False)

    op.create_table('population_counts',
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('population_group', sa.String(length=40), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_population_counts_count_not_negative')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_population_counts_community_code_communities')),
    sa.PrimaryKeyConstraint('community_code', 'year', 'population_group', name=op.f('pk_population_counts'))
    )
    op.create_table('quantity_months',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('measure_code', sa.String(length=40), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('activities', sa.Integer(), nullable=False),
    sa.Column('thousandths', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['community_groups.id'], name=op.f('fk_quantity_months_group_id_community_groups')),
    sa.ForeignKeyConstraint(['measure_code'], ['measures.code'], name=op.f('fk_quantity_months_measure_code_measures')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_quantity_months_type_code_activity_types')),
    sa.PrimaryKeyConstraint('month', 'measure_code', 'type_code', 'group_id', name=op.f('pk_quantity_months')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_tallies',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('option_code', sa.String(length=40), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_survey_tallies_count_not_negative')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_survey_tallies_community_code_communities')),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_tallies_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'community_code', 'subject', 'option_code', name=op.f('pk_survey_tallies')),
    sqlite_with_rowid=False
    )
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(role = 'community_staff') = (community_code IS NOT NULL)", name=op.f('ck_users_own_community')),
    sa.CheckConstraint("role IN ('official', 'community_staff', 'office_staff', 'administrator')", name=op.f('ck_users_role')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_users_community_code_communities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('username', name=op.f('uq_users_username'))
    )
    op.create_table('activities',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('type_code', sa.String(length=40), nullable=False),
    sa.Column('host_code', sa.String(length=40), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('grid_code', sa.String(length=40), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('participants', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('recorded', 'void')", name=op.f('ck_activities_state')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_activities_days_in_order')),
    sa.CheckConstraint('participants IS NULL OR participants >= 0', name=op.f('ck_activities_participants')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_activities_created_by_users')),
    sa.ForeignKeyConstraint(['grid_code'], ['grids.code'], name=op.f('fk_activities_grid_code_grids')),
    sa.ForeignKeyConstraint(['group_id'], ['community_groups.id'], name=op.f('fk_activities_group_id_community_groups')),
    sa.ForeignKeyConstraint(['host_code'], ['communities.code'], name=op.f('fk_activities_host_code_communities')),
    sa.ForeignKeyConstraint(['type_code'], ['activity_types.code'], name=op.f('fk_activities_type_code_activity_types')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_activities_idempotency_key'))
    )
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.create_index('ix_activities_created_by_type', ['created_by', 'type_code', 'id'], unique=False)
        batch_op.create_index('ix_activities_first_day_type', ['first_day', 'type_code', 'state', 'group_id', 'participants'], unique=False)
        batch_op.create_index('ix_activities_host_first_day', ['host_code', 'first_day'], unique=False)

    op.create_table('changes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('entity', sa.String(length=40), nullable=False),
    sa.Column('entity_key', sa.String(length=80), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_changes_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes'))
    )
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index('ix_changes_entity', ['entity', 'entity_key', 'id'], unique=False)

    op.create_table('sessions',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('address', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sessions_user_id_users')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sessions'))
    )
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sessions_user_id'), ['user_id'], unique=False)

    op.create_table('activity_communities',
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_communities_activity_id_activities')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_activity_communities_community_code_communities')),
    sa.PrimaryKeyConstraint('activity_id', 'community_code', name=op.f('pk_activity_communities')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('activity_communities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_communities_community_code'), ['community_code'], unique=False)

    op.create_table('activity_measures',
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('measure_code', sa.String(length=40), nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_activity_measures_quantity_not_negative')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_measures_activity_id_activities')),
    sa.ForeignKeyConstraint(['measure_code'], ['measures.code'], name=op.f('fk_activity_measures_measure_code_measures')),
    sa.PrimaryKeyConstraint('activity_id', 'measure_code', name=op.f('pk_activity_measures')),
    sqlite_with_rowid=False
    )
    op.create_table('activity_partners',
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind_code', sa.String(length=40), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=True),
    sa.CheckConstraint('headcount IS NULL OR headcount > 0', name=op.f('ck_activity_partners_headcount')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_partners_activity_id_activities')),
    sa.ForeignKeyConstraint(['kind_code'], ['partner_kinds.code'], name=op.f('fk_activity_partners_kind_code_partner_kinds')),
    sa.PrimaryKeyConstraint('activity_id', 'kind_code', name=op.f('pk_activity_partners'))
    )


def downgrade() -> None:
    op.drop_table('activity_partners')
    op.drop_table('activity_measures')
    with op.batch_alter_table('activity_communities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_communities_community_code'))

    op.drop_table('activity_communities')
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sessions_user_id'))

    op.drop_table('sessions')
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.drop_index('ix_changes_entity')

    op.drop_table('changes')
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.drop_index('ix_activities_host_first_day')
        batch_op.drop_index('ix_activities_first_day_type')
        batch_op.drop_index('ix_activities_created_by_type')

    op.drop_table('activities')
    op.drop_table('users')
    op.drop_table('survey_tallies')
    op.drop_table('quantity_months')
    op.drop_table('population_counts')
    with op.batch_alter_table('grids', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grids_community_code'))

    op.drop_table('grids')
    with op.batch_alter_table('community_group_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_community_group_members_community_code'))

    op.drop_table('community_group_members')
    with op.batch_alter_table('activity_weeks', schema=None) as batch_op:
        batch_op.drop_index('ix_activity_weeks_community')

    op.drop_table('activity_weeks')
    op.drop_table('activity_type_measures')
    op.drop_table('activity_months')
    op.drop_table('wave_options')
    op.drop_table('published_scores')
    op.drop_table('measures')
    op.drop_table('communities')
    with op.batch_alter_table('activity_types', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_types_domain_code'))

    op.drop_table('activity_types')
    op.drop_table('units')
    op.drop_table('targets')
    with op.batch_alter_table('survey_waves', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_waves_last_day'))

    op.drop_table('survey_waves')
    op.drop_table('subdistricts')
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_failures_who')

    op.drop_table('sign_in_failures')
    op.drop_table('service_domains')
    op.drop_table('partner_kinds')
    op.drop_table('office')
    op.drop_table('data_version')
    op.drop_table('community_groups')
