"""whether the figures of a meeting leave out what waits to be approved"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meetings', sa.Column('approved_only', sa.Boolean(), nullable=True))
