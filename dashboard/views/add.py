"""The page "Add reports"."""

from __future__ import annotations

from dashboard.components.add_reports import show_add_reports

show_add_reports()
