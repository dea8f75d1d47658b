"""Other forms of a name: without the word for its kind, without a joined article, with its part translated."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from geo.gazetteer.names import plain
from geo.gazetteer.phonemes import romanized
from geo.gazetteer.tables import DATA

_JOINED_ARTICLE = re.compile(r"\bel(?=[^\W\d_]{4})")


def variants(name: str) -> tuple[str, ...]:
    """The name and its other forms, likeliest first: "Eastern Kwaires" may be "kwaires sharqi" or "kwaires".

    >>> variants("the village of Elbab")
    ('the village of Elbab', 'elbab', 'bab')
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


def _without_kind(text: str) -> str:
    kinds, _ = _words()
    return kinds.sub("", text).strip() or text


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    kinds = "|".join(sorted(words["kinds"], key=len, reverse=True))
    parts = {word: names[1] for names in words["parts"].values() for word in names if word != names[1]}
    return re.compile(rf"^(?:{kinds})\b|\b(?:{kinds})$"), parts
