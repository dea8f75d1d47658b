"""which extractor made each claim; briefings under a plainer column name"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Null in older claims: which extractor made them is unknown until they are read again.
    op.add_column("claim", sa.Column("extractor_version", sa.String(), nullable=True))
    op.add_column("claim", sa.Column("extractor_config", sa.String(length=64), nullable=True))
    op.alter_column("briefing", "told", new_column_name="incidents")


def downgrade() -> None:
    op.alter_column("briefing", "incidents", new_column_name="told")
    op.drop_column("claim", "extractor_config")
    op.drop_column("claim", "extractor_version")
