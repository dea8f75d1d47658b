"""briefings made, and when a report was last read"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_briefing")),
    )
    op.add_column("report", sa.Column("read", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "read")
    op.drop_table("briefing")
