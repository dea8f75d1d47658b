"""Reading reports: files, tables, JSON lines and web pages become `Report`s."""

from geo.reports.builder import FIELDS, Read, report
from geo.reports.folder import MANIFEST
from geo.reports.reader import read

__all__ = ["FIELDS", "MANIFEST", "Read", "read", "report"]
