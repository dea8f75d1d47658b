"""Reports brought in from the page."""

from __future__ import annotations

from dashboard.components.adding import adding

adding()
