"""respondents, their answers, imports and kept estimates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('column_mappings',
    sa.Column('columns_sha256', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('columns_sha256', 'kind', name=op.f('pk_column_mappings'))
    )
    op.create_table('survey_estimates',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=12), nullable=False),
    sa.Column('n_total', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('dont_know_rate', sa.Float(), nullable=True),
    sa.Column('score', sa.Float(), nullable=True),
    sa.Column('score_se', sa.Float(), nullable=True),
    sa.Column('df', sa.Integer(), nullable=False),
    sa.Column('share', sa.Float(), nullable=True),
    sa.Column('share_se', sa.Float(), nullable=True),
    sa.Column('n_eff', sa.Float(), nullable=True),
    sa.Column('deff', sa.Float(), nullable=True),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('weight_total', sa.Float(), nullable=False),
    sa.Column('weight', sa.Float(), nullable=False),
    sa.Column('score_cross', sa.Float(), nullable=True),
    sa.Column('share_cross', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_estimates_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'community_code', 'subject', 'basis', name=op.f('pk_survey_estimates'))
    )
    op.create_table('survey_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_questions_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_questions')),
    sa.UniqueConstraint('wave_code', 'code', name=op.f('uq_survey_questions_wave_code_code'))
    )
    op.create_table('survey_answers',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('respondent', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('option_code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['survey_questions.id'], name=op.f('fk_survey_answers_question_id_survey_questions')),
    sa.PrimaryKeyConstraint('question_id', 'respondent', name=op.f('pk_survey_answers')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('accepted', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('replaced', sa.Boolean(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('user_name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_survey_imports_user_id_users')),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_imports_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_imports'))
    )
    with op.batch_alter_table('survey_imports', schema=None) as batch_op:
        batch_op.create_index('ix_survey_imports_wave', ['wave_code', 'id'], unique=False)

    op.create_table('respondents',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('row_key', sa.String(length=32), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('weight', sa.Float(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('sex', sa.String(length=10), nullable=False),
    sa.Column('age_group', sa.String(length=40), nullable=False),
    sa.Column('interviewer', sa.String(length=20), nullable=False),
    sa.CheckConstraint('weight IS NULL OR weight > 0', name=op.f('ck_respondents_weight_positive')),
    sa.ForeignKeyConstraint(['community_code'], ['communities.code'], name=op.f('fk_respondents_community_code_communities')),
    sa.ForeignKeyConstraint(['import_id'], ['survey_imports.id'], name=op.f('fk_respondents_import_id_survey_imports')),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_respondents_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'number', name=op.f('pk_respondents')),
    sa.UniqueConstraint('wave_code', 'row_key', name=op.f('uq_respondents_wave_code_row_key')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('respondents')
    with op.batch_alter_table('survey_imports', schema=None) as batch_op:
        batch_op.drop_index('ix_survey_imports_wave')

    op.drop_table('survey_imports')
    op.drop_table('survey_answers')
    op.drop_table('survey_questions')
    op.drop_table('survey_estimates')
    op.drop_table('column_mappings')
