"""Tables of the store. A report is written once and never changed; incidents are derived from its claims."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

report = Table(
    "report",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("raw", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("publisher", Text),
    Column("published", Date),
    Column("language", String),
    Column("added", DateTime(timezone=True), nullable=False),
    Column("read", DateTime(timezone=True)),  # when it was last read again
    Column("sketch", LargeBinary, nullable=False),
    Column("text_group", String, nullable=False, index=True),  # the least id among the near-duplicates of one text
)

toponym = Table(
    "toponym",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String(2)),  # the place's; of a name that the gazetteer lacks, the report's
    Column("reason", Text),
    Column("detail", JSON, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", String, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("incident_type", String, nullable=False, index=True),
    Column("is_primary", Boolean, nullable=False),
    Column("actor_name", Text, nullable=False, index=True),
    Column("country", String(2), index=True),
    Column("start_date", Date, index=True),
    Column("end_date", Date),
    Column("detail", JSON, nullable=False),
    Column("extractor_version", String),  # null where the claim was made before versions were kept
    Column("extractor_config", String(64)),
)

incident = Table(
    "incident",
    metadata,
    Column("id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("retired_into", ForeignKey("incident.id")),  # the incident that it was merged into
)

membership = Table(
    "membership",
    metadata,
    Column("claim_id", ForeignKey("claim.id"), primary_key=True),
    Column("incident_id", ForeignKey("incident.id"), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
)

# Decisions of reviewers: rows are added and never changed. `revision` counts those of one incident, so that of two
# people who decide on the same state only one succeeds.
decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("incident_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("was", JSON, nullable=False),
    Column("now", JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undoes", ForeignKey("decision.number")),
    UniqueConstraint("incident_id", "revision"),
)

# Imported events: context for what the reports say.
dataset = Table(
    "dataset",
    metadata,
    Column("name", String, primary_key=True),
    Column("form", String, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("imported", DateTime(timezone=True), nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("dataset", ForeignKey("dataset.name"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("properties", JSON, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
)

# Filters saved under a name, as they appear in the page's address.
view = Table(
    "view",
    metadata,
    Column("name", String, primary_key=True),
    Column("query", JSON, nullable=False),
    Column("saved", DateTime(timezone=True), nullable=False),
)

# Answers of online geocoders; `place` is null where the geocoder does not know the name.
answer = Table(
    "answer",
    metadata,
    Column("provider", String, primary_key=True),
    Column("query", Text, primary_key=True),
    Column("place", JSON),
    Column("asked", DateTime(timezone=True), nullable=False),
)

# Briefing sheets that were made: their filters and the fields of each incident shown, to see what changed since.
briefing = Table(
    "briefing",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("query", JSON, nullable=False),
    Column("incidents", JSON, nullable=False),
)
