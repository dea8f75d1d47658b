"""The offer to fetch the places of countries whose villages reports name and the gazetteer lacks."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo.cli.dumps import fetch_countries
from geo.cli.terminal import complain, progress
from geo.settings import GAZETTEER

if TYPE_CHECKING:
    from geo.extraction.pipeline import Extractor
    from geo.missing_places import MissingNames
    from geo.store import Store

_MOST_COUNTRIES = 3  # that are offered at once; set by hand: what a reader takes in at a glance


def missing_in(unresolved: Iterable[Mapping[str, Any]]) -> list[MissingNames]:
    """The missing names of those countries whose places are not yet in the gazetteer."""
    from geo.gazetteer.build import imported_countries
    from geo.missing_places import missing_names

    return missing_names(unresolved, imported_countries(Path(GAZETTEER.get())))


def offer_command(missing: Sequence[MissingNames], options: str = "", then: str = "") -> None:
    """Print which names are missing and the command that fetches their country's places. Nothing is fetched.

    `options` are added to the command; `then` says what to do after it.
    """
    for of_country in missing[:_MOST_COUNTRIES]:
        name = country_name(of_country.country)
        complain(f"{of_country.describe(name)}. To fetch the places of {name} from GeoNames:")
        complain(f"  python -m geo gazetteer fetch {of_country.country}{options}{then}")
    if len(missing) > _MOST_COUNTRIES:
        others = ", ".join(m.country for m in missing[_MOST_COUNTRIES:])
        complain(f"Names in other countries are not in the gazetteer either: {others}")


def offer_to_fetch(missing: Sequence[MissingNames], store: Store, url: str) -> bool:
    """Ask for each country whether to fetch its places, do it, and read the affected reports again.

    Whether something failed that the user asked for. Where nobody can answer, only the commands are printed. `url` is
    the store's, "" for the default.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        offer_command(missing, f" --reread{_store_option(url)}")
        return False
    failed = False
    for of_country in missing[:_MOST_COUNTRIES]:
        name = country_name(of_country.country)
        if _confirm(f"{of_country.describe(name)}. Fetch the places of {name} from GeoNames?"):
            failed = fetch_countries([of_country.country]) or failed
            failed = reread_fetched([of_country], store) or failed
    return failed


def reread_fetched(missing: Sequence[MissingNames], store: Store) -> bool:
    """Read the reports with missing names of countries again where the places were fetched; whether one failed."""
    from geo.gazetteer.build import imported_countries
    from geo.missing_places import reread_missing

    fetched = imported_countries(Path(GAZETTEER.get()))
    failed = False
    for of_country in missing:
        if of_country.country not in fetched:
            continue
        with progress("reports read again") as step:
            result = reread_missing(store, of_country, partial(_extractor, store), step)
        for error in result.refused:
            complain(f"refused: {error}")
        failed = failed or bool(result.refused)
        complain(
            f"{country_name(of_country.country)}: names now in the gazetteer: {result.known} of "
            f"{len(of_country.names)}; reports read again: {result.reread}; {result.incidents}"
        )
    return failed


def country_name(code: str) -> str:
    """A country's name in English, by its ISO 3166-1 code; the code where it has none."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def _confirm(question: str) -> bool:
    """The answer to a question, no by default; an interrupt or the end of input is a no."""
    try:
        return typer.confirm(question, default=False, err=True)
    except typer.Abort:
        complain("")
        return False


def _store_option(url: str) -> str:
    """The option that names the store, without its password; empty for the default store."""
    from sqlalchemy import make_url

    return f" --store {shlex.quote(make_url(url).render_as_string(hide_password=True))}" if url else ""


def _extractor(store: Store) -> Extractor:
    """An extractor that keeps what was looked up online before, and asks nothing."""
    from geo.extraction.loading import load_extractor

    return load_extractor(notify=complain, stored_answers=store)
