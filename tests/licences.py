"""Write the table of dependencies in geo/LICENSES.md from the metadata of the installed packages: `make licences`."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, metadata

from geo.settings import PROJECT

LICENCES = PROJECT / "geo" / "LICENSES.md"
START, END = "<!-- dependencies: start -->", "<!-- dependencies: end -->"
# The project's own classifier of these packages is too broad or is missing; read from the licence file they ship.
READ_BY_HAND = {"kiwisolver": "BSD-3-Clause", "mgrs": "MIT", "contourpy": "BSD-3-Clause", "pyogrio": "MIT"}
ONLY_ON_WINDOWS = {"colorama": "BSD-3-Clause"}  # not installed elsewhere; as its own licence file says
_LONGEST_NAME = 45  # characters; a longer License field holds the whole text of a licence


def pinned_names() -> list[str]:
    """The packages that requirements.txt pins, in its order."""
    return re.findall(r"^([\w.-]+)==", (PROJECT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)


def licence_of(package: PackageMetadata) -> str:
    """The licence that a package's metadata states: the expression, else the classifiers, else the short field."""
    if package["Name"].lower() in READ_BY_HAND:
        return READ_BY_HAND[package["Name"].lower()]
    fields = package.json
    classifiers = [c for c in package.get_all("Classifier") or [] if c.startswith("License ::")]
    named = [c.split("::")[-1].strip() for c in classifiers if c != "License :: Free For Educational Use"]
    field = str(fields.get("license") or "")
    short = field if "\n" not in field and len(field) <= _LONGEST_NAME else ""
    licence = str(fields.get("license_expression") or " / ".join(named) or short)
    if not licence:
        raise SystemExit(f"{package['Name']} states no licence; read its licence file and add it to READ_BY_HAND")
    return licence


def table() -> str:
    """A Markdown table with a row for each pinned package."""
    rows = [f"| {name} | {ONLY_ON_WINDOWS.get(name) or licence_of(metadata(name))} |" for name in pinned_names()]
    return "\n".join(["| package | licence |", "|---|---|", *rows])


def main() -> None:
    """Replace what stands between the two marks."""
    before, rest = LICENCES.read_text(encoding="utf-8").split(START)
    after = rest.split(END)[1]
    LICENCES.write_text(f"{before}{START}\n\n{table()}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
