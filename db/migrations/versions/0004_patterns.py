"""what the answers of a wave show beside its scores"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('survey_drivers',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=12), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('share', sa.Float(), nullable=False),
    sa.Column('low', sa.Float(), nullable=False),
    sa.Column('high', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_drivers_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'basis', 'subject', name=op.f('pk_survey_drivers'))
    )
    op.create_table('survey_findings',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('community_code', sa.String(length=40), nullable=False),
    sa.Column('interviewer', sa.String(length=20), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('whole', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_findings_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'kind', 'community_code', 'interviewer', name=op.f('pk_survey_findings'))
    )
    op.create_table('survey_margins',
    sa.Column('wave_code', sa.String(length=40), nullable=False),
    sa.Column('margin', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['wave_code'], ['survey_waves.code'], name=op.f('fk_survey_margins_wave_code_survey_waves')),
    sa.PrimaryKeyConstraint('wave_code', 'margin', 'label', name=op.f('pk_survey_margins'))
    )


def downgrade() -> None:
    op.drop_table('survey_margins')
    op.drop_table('survey_findings')
    op.drop_table('survey_drivers')
