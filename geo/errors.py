"""The errors that the library raises: one base class; each is also a builtin error and says what went wrong where."""

from __future__ import annotations

from pathlib import Path


class GeoError(Exception):
    """Base class of the library's errors; `str()` of one is a message for the user."""


class ReportError(GeoError, ValueError):
    """An input without a readable report. `source` names the file or the report, `where` the place in it."""

    def __init__(self, source: str, reason: str, where: str | None = None) -> None:
        self.source, self.reason, self.where = source, reason, where
        super().__init__(f"{source}{f' ({where})' if where else ''}: {reason}")


class GazetteerError(GeoError, FileNotFoundError):
    """The gazetteer file at `path` does not exist and cannot be built there."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"gazetteer {path}: {reason}")

    def __str__(self) -> str:
        return f"gazetteer {self.path}: {self.reason}"


class StoreError(GeoError, OSError):
    """The store at `url` cannot be opened, read or written."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"store {url}: {reason}")


class ConflictError(GeoError, RuntimeError):
    """An incident that was changed since it was displayed: `by` whom, and the `kind` of that decision."""

    def __init__(self, incident_id: str, by: str, kind: str) -> None:
        self.incident_id, self.by, self.kind = incident_id, by, kind
        who = by or "somebody else"
        super().__init__(
            f"incident {incident_id}: {who} changed it ({kind}) since you opened it; check the new state, then decide"
        )


class DecisionError(GeoError, ValueError):
    """A decision that is not possible. `kind` names it."""

    def __init__(self, kind: str, reason: str) -> None:
        self.kind, self.reason = kind, reason
        super().__init__(f"{kind}: {reason}")


class FilterError(GeoError, ValueError):
    """A filter with an invalid value. `option` names it."""

    def __init__(self, option: str, value: str, reason: str) -> None:
        self.option, self.value, self.reason = option, value, reason
        super().__init__(f"{option} {value!r}: {reason}")


class OutputError(GeoError, OSError):
    """A file at `path` that cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: cannot be written ({reason}); give another path with -o")


class ImportFileError(GeoError, ValueError):
    """A file at `path` that is not a GeoNames file."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class FetchError(GeoError, ConnectionError):
    """A dump that cannot be downloaded from `url`."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(
            f"{url}: {reason}. By hand: download that file on a machine with a network, then run "
            "`python -m geo gazetteer import FILE.zip` here"
        )


class OnlineError(GeoError, ValueError):
    """An online geocoder at `provider` that cannot be used with the current settings."""

    def __init__(self, provider: str, reason: str) -> None:
        self.provider, self.reason = provider, reason
        super().__init__(f"online geocoder {provider}: {reason}")
