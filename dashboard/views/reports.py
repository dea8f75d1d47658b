"""The page "Coverage": what was read, and what changed."""

from __future__ import annotations

from dashboard.components.coverage import show_reports
from dashboard.components.store_snapshot import show_snapshot

show_reports(show_snapshot())
