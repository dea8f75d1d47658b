"""reports, claims, incidents"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _reports()
    _claims()
    _incidents()


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("title", "url", "publisher")),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("text_group", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    for name in ("sha256", "text_group"):
        op.create_index(op.f(f"ix_report_{name}"), "report", [name])


def _claims() -> None:
    report = sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_claim_report_id_report"))
    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("incident_type", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("start_date", "end_date")),
        sa.Column("detail", sa.JSON(), nullable=False),
        report,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    for name in ("report_id", "incident_type", "actor_name", "country", "start_date"):
        op.create_index(op.f(f"ix_claim_{name}"), "claim", [name])
    op.create_table(
        "toponym",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("start", "end")),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("lat", "lon")),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_toponym_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_toponym")),
    )


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_into", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["retired_into"], ["incident.id"], name=op.f("fk_incident_retired_into_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "membership",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_membership_claim_id_claim")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_membership_incident_id_incident")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_incident_id"), "membership", ["incident_id"])


def downgrade() -> None:
    for name in ("membership", "incident", "toponym", "claim", "report"):
        op.drop_table(name)
