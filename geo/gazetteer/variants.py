"""Other forms of a name: without the word for its kind, without a joined article, with its part translated."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from geo.gazetteer.names import plain
from geo.gazetteer.phonemes import romanized
from geo.gazetteer.tables import DATA

_BETWEEN_NAMES = re.compile(r" - |[/(),;]")
_LEAST_LETTERS, _MOST_NAMES = 3, 4  # of a name that stands beside another; how many are looked up; set by hand
_JOINED_ARTICLE = re.compile(r"\bel(?=[^\W\d_]{4})")


def variants(name: str) -> tuple[str, ...]:
    """The name and its other forms, likeliest first: "Eastern Kwaires" may be "kwaires sharqi" or "kwaires".

    >>> variants("the village of Elwawi")
    ('the village of Elwawi', 'elwawi', 'wawi')
    """
    forms = {name: None}
    text = plain(name).removeprefix("the ")
    if not text.isascii():
        forms[romanized(text)] = None
    bare = _without_kind(text)
    first, _, rest = bare.partition(" ")
    part = _words()[1].get(first)
    for form in (bare, f"{rest} {part}", rest) if rest and part else (bare,):
        forms |= dict.fromkeys((form, _JOINED_ARTICLE.sub("", form)))
    return tuple(form for form in forms if form == name or form != text)


def alternatives(name: str) -> tuple[str, ...]:
    """The names that one entry of a list gives side by side; none where it gives only one.

    >>> alternatives("Hezreh - Hezri (Hazra)")
    ('Hezreh', 'Hezri', 'Hazra')
    """
    names = tuple(part.strip() for part in _BETWEEN_NAMES.split(name) if len(part.strip()) >= _LEAST_LETTERS)
    return names[:_MOST_NAMES] if len(names) > 1 else ()


def _without_kind(text: str) -> str:
    kinds, _ = _words()
    return kinds.sub("", text).strip() or text


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    kinds = "|".join(sorted(words["kinds"], key=len, reverse=True))
    parts = {word: names[1] for names in words["parts"].values() for word in names if word != names[1]}
    return re.compile(rf"^(?:{kinds})\b|\b(?:{kinds})$"), parts
