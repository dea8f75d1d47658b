"""What the documents name exists, and what they list agrees with the code. Each check is also tried on a bad sample."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from dashboard.__main__ import app as dashboard_app
from dashboard.api import ROUTES
from geo.cli.main import app as geo_app
from geo.exports import FORMATS
from geo.exports.geojson import feature
from geo.incidents.filters import FILTERS
from geo.incidents.record import IncidentRecord
from geo.model import ACTOR_CATEGORIES, ASSERTIONS, INCIDENT_TYPES, STATUSES, TARGET_TYPES, Report
from geo.reports.builder import FIELDS
from geo.serialization import claim_from, claim_json, report_json, toponym_from, toponym_json
from geo.settings import ALL, PROJECT

DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "geo/ARCHITECTURE.md", "geo/FORMATS.md")
# Files that the worked tasks of CONTRIBUTING.md create.
CREATED = (
    "geo/extraction/languages/fr/lexicon/acts.toml",
    "geo/extraction/languages/fr/lexicon/targets.toml",
    "geo/extraction/languages/fr/morphology.py",
    "geo/extraction/languages/fr/quantities.py",
    "geo/extraction/languages/fr/__init__.py",
    "tests/extraction/test_french.py",
    "geo/exports/tsv.py",
)
OTHER_MODULES = ("venv", "pip", "pytest")  # modules of Python and of packages, which documents may run
APPS = {"geo": typer.main.get_command(geo_app), "dashboard": typer.main.get_command(dashboard_app)}


def read(document: str) -> str:
    return (PROJECT / document).read_text(encoding="utf-8")


def snippets(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, without their indentation."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^\1```", text, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in blocks]


def inline_code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))


def commands(text: str) -> list[str]:
    """The command lines of a document: lines of shell blocks, and inline code."""
    lines = [line for block in snippets(text, "sh") for line in block.splitlines()] + inline_code(text)
    return [part.strip() for line in lines for part in line.split("&&")]


def command_problems(line: str) -> list[str]:
    """What is wrong with a command line; nothing for commands that are not the project's."""
    words = line.split()
    if words[:1] == ["make"]:
        makefile = read("Makefile")
        return [f"no target {w}" for w in words[1:2] if not re.search(rf"^{re.escape(w)}:", makefile, re.MULTILINE)]
    if words[:2] != ["python", "-m"] or len(words) < 3:
        return []
    module, rest = words[2], words[3:]
    if module in APPS:
        return list(app_problems(APPS[module], rest))
    if module in OTHER_MODULES:
        return []
    spec = find_spec(module) if module.startswith("tests.") else None
    if spec is None or spec.origin is None:
        return [f"no module {module}"]
    source = Path(spec.origin).read_text(encoding="utf-8")
    options = [w for w in rest if w.startswith("--") and f'"{w}"' not in source]
    return [f"{module} has no option {w}" for w in options] + ([] if "__main__" in source else [f"{module} cannot run"])


def app_problems(command: Any, words: list[str]) -> Iterator[str]:
    """Commands and options that a command line of ours does not have. The first word without a command ends them."""
    rest = list(words)
    while rest and re.fullmatch(r"[a-z]+", rest[0]) and getattr(command, "commands", None):
        if rest[0] not in command.commands:
            yield f"no command {rest[0]}"
            return
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    yield from (f"no option {w}" for w in rest if re.fullmatch(r"-[a-z]|--[a-z][\w-]*", w) and w not in known)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_exist(document: str) -> None:
    assert [(line, problem) for line in commands(read(document)) for problem in command_problems(line)] == []


def test_commands_are_found() -> None:
    lines = [line for document in DOCUMENTS for line in commands(read(document))]
    for start in ("make ", "python -m geo ", "python -m dashboard", "python -m tests."):
        assert len([line for line in lines if line.startswith(start)]) >= 2, start


@pytest.mark.parametrize(
    "sample",
    [
        "make supper", "python -m geo cook REPORT.txt", "python -m geo gazetteer dig", "python -m geo export --colour red",
        "python -m dashboard poster", "python -m dashboard briefing --loud", "python -m tests.eval.nothing",
        "python -m tests.eval.gate --lower", "python -m tests.eval.floors",
    ],
)  # fmt: skip
def test_the_check_sees_a_wrong_command(sample: str) -> None:
    assert command_problems(commands(f"Run `{sample}` now.")[0])
    assert command_problems(commands(f"```sh\n{sample}\n```\n")[0])


def tracked_names() -> set[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    return {Path(name).name for name in done.stdout.split("\0") if name}


def missing_files(text: str, folder: Path, names: set[str]) -> set[str]:
    """Files and folders that a document names and the project lacks; links are relative to the document's folder."""
    links = {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (folder / link).exists()}
    words = {word for line in [*commands(text), *inline_code(text)] for word in line.split()}
    paths = {w for w in words if re.fullmatch(r"\w[\w.-]*(?:/[\w.-]+)+/?|\w[\w-]*/", w)}
    files = {w for w in words if re.fullmatch(r"\w[\w-]*\.(?:py|toml|md|tsv)", w)} - {Path(c).name for c in CREATED}
    missing = {p for p in paths if not (PROJECT / p).exists() and not is_created(p)}
    return links | missing | {f for f in files if f not in names and f not in OUTPUTS}


OUTPUTS = {"ablation.tsv"}  # what commands of the documents write


def is_created(path: str) -> bool:
    return any(c == path or c.startswith(path.rstrip("/") + "/") for c in CREATED)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_exist(document: str) -> None:
    path = PROJECT / document
    assert missing_files(read(document), path.parent, tracked_names()) == set()


@pytest.mark.parametrize(
    "sample",
    ["`geo/nothing.py`", "`geo/nowhere/`", "[x](nothing.md)", "`nothing.toml`", "```sh\npython tests/no.py\n```"],
)
def test_the_check_sees_a_missing_file(sample: str) -> None:
    assert missing_files(f"See\n{sample}\n", PROJECT, tracked_names())


def test_what_a_task_creates_is_named_there() -> None:
    assert [path for path in CREATED if f"`{path}`" not in read("CONTRIBUTING.md")] == []


def is_python(snippet: str) -> bool:
    """Whether a snippet is Python: a module, or items of a dictionary."""
    for code in (snippet, f"{{{snippet}}}"):
        try:
            ast.parse(code)
        except SyntaxError:
            continue
        return True
    return False


def is_data(snippet: str, parse: Callable[[str], Any]) -> bool:
    try:
        parse(snippet)
    except ValueError:
        return False
    return True


def broken_snippets(text: str) -> list[str]:
    """Snippets that do not parse."""
    return [
        *(s for s in snippets(text, "python") if not is_python(s)),
        *(s for s in snippets(text, "toml") if not is_data(s, tomllib.loads)),
        *(s for s in snippets(text, "json") if not is_data(s, json.loads)),
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_snippets_parse(document: str) -> None:
    assert broken_snippets(read(document)) == []


def test_snippets_are_found() -> None:
    text = read("CONTRIBUTING.md")
    assert len(snippets(text, "python")) > 8
    assert len(snippets(text, "toml")) == 3


@pytest.mark.parametrize("sample", ["```python\ndef f(:\n```", "   ```toml\n   a = \n   ```", "```json\n{\n```"])
def test_the_check_sees_a_broken_snippet(sample: str) -> None:
    assert broken_snippets(f"text\n{sample}\n")


def test_settings_exist() -> None:
    named = {name for document in DOCUMENTS for name in re.findall(r"DESECRATION_[A-Z_]+", read(document))}
    assert len(named) > 2
    assert named <= {setting.name for setting in ALL}


def table(text: str, header: str) -> list[tuple[str, ...]]:
    """The rows of the table whose first row is given."""
    rows = text.split(f"{header}\n", 1)[1].split("\n\n", 1)[0].splitlines()[1:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


FORMAT_TEXT = read("geo/FORMATS.md")
FILTER_HEADER = "| Option | In an address | On the page | Value | Meaning |"


def filter_rows() -> list[tuple[str, ...]]:
    return [
        (f"`{f.option}`", f"`{f.name}`", f.label, f"`{f.metavar}`{', repeatable' if f.many else ''}", f.help)
        for f in FILTERS
    ]


def test_the_table_of_filters_is_the_registry() -> None:
    assert table(FORMAT_TEXT, FILTER_HEADER) == filter_rows()


@pytest.mark.parametrize(
    "change", [("`--until`", "`--till`"), ("Review status", "Status"), ("`KM`", "`KM`, repeatable")]
)
def test_the_check_sees_a_filter_that_differs(change: tuple[str, str]) -> None:
    rows = table(FORMAT_TEXT.replace(*change), FILTER_HEADER)
    assert rows != filter_rows()


def codes(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def first_codes(header: str) -> list[str]:
    return [code for row in table(FORMAT_TEXT, header) for code in codes(row[0])]


def test_the_codes_are_those_of_the_model() -> None:
    assert {codes(name)[0]: codes(values) for name, values in table(FORMAT_TEXT, "| Field | Values |")} == {
        "incident_type": INCIDENT_TYPES,
        "target_type": TARGET_TYPES,
        "actor_category": ACTOR_CATEGORIES,
        "assertion": ASSERTIONS,
        "status": STATUSES,
    }


def test_the_fields_of_reports_are_those_that_are_read() -> None:
    assert sorted(first_codes("| Field | Meaning |")) == sorted(("text", *FIELDS))


def test_the_table_of_exports_is_the_registry() -> None:
    rows = [(codes(name)[0], codes(file)[0]) for name, file, _ in table(FORMAT_TEXT, "| Format | File | For |")]
    assert rows == [(name, f".{form.extension}") for name, form in FORMATS.items()]


def test_the_addresses_are_those_that_are_served() -> None:
    served: Iterable[str] = (re.sub(r":\w+}", "}", route.path) for route in ROUTES)
    assert sorted(first_codes("| Address | Returns |")) == sorted(served)


def test_the_properties_are_those_that_are_exported() -> None:
    listed = codes(FORMAT_TEXT.split("properties of a Feature:\n\n", 1)[1].split("\n\n", 1)[0])
    exported = feature(IncidentRecord(incident_id="a", revision=1))["properties"]
    assert sorted(listed) == sorted(exported)


def test_the_line_of_extract_has_the_fields_that_are_written() -> None:
    (line,) = (json.loads(snippet) for snippet in snippets(FORMAT_TEXT, "json"))
    assert line["report"].keys() == report_json(Report("r1", "", "", b"")).keys()
    assert [toponym_json(toponym_from(row)) for row in line["toponyms"]] == line["toponyms"]
    assert [claim_json(claim_from(row, "r1")) for row in line["claims"]] == line["claims"]
