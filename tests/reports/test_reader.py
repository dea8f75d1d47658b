"""Reading what people really have: broken, huge, binary, in other encodings."""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.model import Report
from geo.reports import read, report

ARABIC = "قام مسلحون بتدمير شواهد القبور في مقبرة بلدة خان السبل جنوب إدلب، بحسب الشبكة السورية لحقوق الإنسان. " * 4
MENU = (
    "<html><body><nav><ul>"
    + "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(60))
    + "</ul></nav></body></html>"
)
PAGE = """<html><head><title>Graves smashed</title><meta property="og:site_name" content="The Daily Test">
<meta property="article:published_time" content="2016-05-04T10:00:00Z"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Graves smashed</h1><p>Vandals smashed more than thirty headstones at a cemetery in the town of Khan al Sebel on Tuesday
night, police said, in what residents called the worst attack on the graveyard for decades.</p>
<p>Officers found the damage in the early morning when they were called by the caretaker of the cemetery, who lives nearby.</p>
</article></body></html>"""


def one(path: Path) -> Report | ReportError:
    found = list(read([str(path)]))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        ("huge.txt", b"a " * 25_000_000, "too large"),
        ("long.txt", b"a grave " * 40_000, "too long"),
        ("menu.html", MENU.encode(), "no article"),
        ("notext.csv", b"title,url\nA,http://a.example\n", "no column 'text'"),
        ("cut.jsonl", b'{"text": "Graves were smashed in Idl', "line 1"),
        ("number.jsonl", b"17\n", "line 1"),
        ("report.pdf", b"%PDF-1.4", "kind .pdf"),
        ("future.jsonl", b'{"text": "A grave.", "published": "2999-01-01"}', "future"),
        ("impossible.jsonl", b'{"text": "A grave.", "published": "2015-02-30"}', "is not a date"),
        ("halfutf16.txt", b"\xff\xfeA\x00B", "utf-16"),
    ],
)
def test_each_bad_input_has_its_own_clear_message(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = one(path)
    assert isinstance(error, ReportError)
    assert says in str(error)
    assert str(path) in str(error)


def test_a_missing_file_and_an_unreadable_folder(tmp_path: Path) -> None:
    error = one(tmp_path / "none.txt")
    assert isinstance(error, ReportError)
    assert "no such file" in str(error)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    user = os.geteuid()
    if user == 0:  # root reads every folder: be nobody for a moment
        os.seteuid(65534)
    try:
        error = one(closed)
    finally:
        os.seteuid(user)
    assert isinstance(error, ReportError)
    assert "cannot be read" in str(error)


def test_the_rest_of_a_batch_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.jsonl").write_text('{"text": "One."}\n{"text": "Two.\n{"text": "Three."}\n')
    (tmp_path / "c.csv").write_text("id,text\n1,Four.\n2,\n3,Five.\n")
    found = list(read([str(tmp_path)]))
    assert [r.text for r in found if isinstance(r, Report)] == ["One.", "Three.", "Four.", "Five."]
    refused = [str(e) for e in found if isinstance(e, ReportError)]
    assert len(refused) == 3
    assert "line 2" in refused[1]
    assert "line 3" in refused[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_arabic_is_read_in_the_encodings_it_comes_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(ARABIC.encode(encoding))
    found = one(path)
    assert isinstance(found, Report)
    assert found.text == ARABIC
    assert found.language == "ar"
    assert found.raw == path.read_bytes()


def test_an_article_is_taken_out_of_its_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    found = one(path)
    assert isinstance(found, Report)
    assert found.text.startswith(("Graves smashed", "Vandals smashed"))
    assert "Home" not in found.text
    assert (found.title, str(found.published)) == ("Graves smashed", "2016-05-04")


def test_a_manifest_gives_fields_and_names_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A grave was dug up.")
    (tmp_path / "manifest.csv").write_text("file,publisher,published\na.txt,The Test,2020-01-02\nb.txt,,\n")
    error, found = read([str(tmp_path)])
    assert isinstance(error, ReportError)
    assert "b.txt" in str(error)
    assert isinstance(found, Report)
    assert (found.publisher, str(found.published)) == ("The Test", "2020-01-02")


def test_today_is_not_the_future_and_columns_may_be_separated_by_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"text;published\nA grave.;{datetime.now(UTC).date()}\n")
    found = one(path)
    assert isinstance(found, Report)
    soon = datetime.now(UTC).date() + timedelta(days=3)
    with pytest.raises(ReportError, match="future"):
        report("A grave.", "x", {"published": soon.isoformat()})


@given(st.text(st.characters(), min_size=1, max_size=300))
@example("A grave \0 in Homs.")
@example("A grave \ud800 in Homs.")
def test_any_text_is_kept_to_the_letter_or_refused_as_empty(text: str) -> None:
    """Except characters that no database stores, for which U+FFFD stands: offsets stay the same."""
    try:
        made = report(text, "x", {"title": text})
    except ReportError:
        assert not text.strip()
        return
    assert len(made.text) == len(text)
    assert all(
        a == b or (a == "\ufffd" and (b == "\0" or "\ud800" <= b <= "\udfff"))
        for a, b in zip(made.text, text, strict=True)
    )
    assert "\0" not in made.text + (made.title or "")
    made.text.encode()
    assert len(made.sha256) == 64
    assert report(text, "y", {}).id == made.id


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_never_more(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("b") / "x.txt"
    path.write_bytes(content)
    assert isinstance(one(path), Report | ReportError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_on_standard_input_are_known_by_their_first_character(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = '{"id": "a", "text": "One grave."}\n{"id": "b", "text": "Two graves."}\n'
    for content, ids in ((lines, ["a", "b"]), ("A grave in Homs.", [None])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode(encoding))))
        reports = [r for r in read(["-"]) if isinstance(r, Report)]
        assert [r.id if ids[0] else None for r in reports] == ids
