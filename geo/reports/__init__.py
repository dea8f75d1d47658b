"""Reading of reports: files, tables, JSON lines and web pages become `Report`s."""

from geo.reports.reader import FIELDS, MANIFEST, Read, read, report

__all__ = ["FIELDS", "MANIFEST", "Read", "read", "report"]
