"""What was read: every report, what it told of, and the names that could not be placed."""

from __future__ import annotations

from dashboard.components.book import book
from dashboard.components.reading import reading

reading(book())
