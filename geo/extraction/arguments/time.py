"""When an act was: by its own sentence, by the sentences around it, or by the day of publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from geo.extraction.arguments.candidate import ArgumentCandidate
from geo.extraction.arguments.context import ArgumentContext
from geo.extraction.scoring import best
from geo.model import DateSpan

_RECENT_DAYS = 7  # a report without a date is about the week before publication: the default of FORMATS.md
_MONTH = 4  # UCDP GED's `date_prec` of a month, the coarsest date that is taken from another sentence
# Set by hand on the development reports of 2026.
_KILLING_CHARS = 14  # before a date, and twice that behind it: "a massacre in August 2014"
_COUNTED_CHARS = 80  # around an act, within which "a week earlier" is about it
_RECENT_STATEMENT = timedelta(days=31)  # before publication: what somebody said earlier is not the news of this report
_NEWS = timedelta(days=400)  # before publication: an older date is not that of the news
_LEAST_WORDS = 7  # of a sentence whose date can be an act's; shorter ones are captions and datelines
_NEAR_CHARS = 1400  # two long paragraphs: a date farther away is about another event


def default_date(published: date | None) -> DateSpan | None:
    """The interval of the news of a report that gives no date: the week before publication."""
    if published is None:
        return None
    week = timedelta(days=min(_RECENT_DAYS, published.toordinal() - 1))  # the first week of year 1 is shorter
    return DateSpan(published - week, published, 3, "published")


def date_of(context: ArgumentContext, token: Token, finding: bool, last: DateSpan | None) -> DateSpan | None:
    """The date of an act by its own sentence; `last` is the date before it in the report ("a week earlier").

    `finding`: the act is the discovery of a mass grave, so that the date of the killing is not its own.
    """
    return (
        _date_of_clause(context, token)
        or best("time", list(candidates(context, token, finding)))
        or _date_counted_from(context, token, last)
    )


def candidates(context: ArgumentContext, token: Token, finding: bool) -> Iterator[ArgumentCandidate[DateSpan]]:
    """The dates of an act's sentence that can be its own, with how each is connected to it."""
    for when, verb in _dates_with_verbs(context, token.sent):
        if finding and _is_of_killing(context, when, verb):
            continue
        connection = _connection(context, when, verb, token)
        if connection is not None:
            away = abs(when.span.start - token.idx) if when.span else 0
            yield ArgumentCandidate(when, {connection: 1.0, "characters_away": float(away)})


def _connection(context: ArgumentContext, when: DateSpan, verb: Token | None, token: Token) -> str | None:
    """How a date is connected to an act, the name of a feature; None where it is not."""
    syntax = context.language.syntax
    above = {token.i, *(a.i for a in token.ancestors)}
    if verb is None or verb.i == token.i:
        return "own_verb" if verb is not None else "higher_verb"
    if verb.i in above and _depends_on(context, when, token):
        return "own_verb"  # "the destruction of X in December 2005"
    if verb.i in above and not context.language.attribution.reports(verb):
        return "higher_verb"
    if syntax.is_since_clause(verb) and verb.head.i in above:
        return "higher_verb"
    if verb.i in above and _is_old(context, when) and _stands_behind(context, when, token):
        return "past_and_behind"  # "condemned the destruction of X in December 2005"
    return "coordinated_verb" if syntax.is_coordinated_with(verb, token) else None


def _depends_on(context: ArgumentContext, when: DateSpan, token: Token) -> bool:
    """Whether a date depends on the act's own word in the parse, other than "last year's" on another noun."""
    if when.span is None or _is_possessive(context, when):
        return False
    tokens = context.document.tokens(when.span.start, when.span.end)
    return bool(tokens) and token in tokens[0].ancestors


def _is_old(context: ArgumentContext, when: DateSpan) -> bool:
    """Whether a date is too long before publication for what the report quotes to have been said then."""
    if _is_possessive(context, when):
        return False
    return when.prec >= _MONTH if context.ref is None else context.ref - when.end > _RECENT_STATEMENT


def _is_possessive(context: ArgumentContext, when: DateSpan) -> bool:
    """Whether a date belongs to the noun behind it: "last year's uprising"."""
    return when.span is not None and context.language.event_places.has_possessive(context.document.text, when.span.end)


def _stands_behind(context: ArgumentContext, when: DateSpan, token: Token) -> bool:
    """Whether a date stands behind an act with no verb between them."""
    if when.span is None or when.span.start < token.idx:
        return False
    between = context.document.tokens(token.idx, when.span.start)
    return not any(t.pos_ in ("VERB", "AUX") for t in between if t.i > token.i)


def _date_of_clause(context: ArgumentContext, token: Token) -> DateSpan | None:
    """The date of an act that is counted from its sentence's main clause: "years after vandals broke them"."""
    sentence, document, times = token.sent, context.document, context.language.times
    for match in times.clauses_after(sentence.text):
        start, end = sentence.start_char + match.start(), sentence.start_char + match.end()
        between = [t for t in document.tokens(end, token.idx) if t.i < token.i] if end < token.idx else []
        if not between or any(t.pos_ == "VERB" or t.text in (",", ";", ":") for t in between):
            continue
        stated = [w for w, _ in _dates_with_verbs(context, sentence) if w.span]
        main_dates = [w for w in stated if w.span and (w.span.end <= start or w.span.start > token.idx)]
        default = default_date(context.ref)
        main = min(main_dates, key=lambda w: abs(w.span.start - start) if w.span else 0, default=default)
        when = times.date_of_clause(match, main) if main is not None else None
        if when is not None and (context.ref is None or when.start <= context.ref):
            return replace(when, span=document.span(start, end))
    return None


def _date_counted_from(context: ArgumentContext, token: Token, last: DateSpan | None) -> DateSpan | None:
    """The date that the words near an act count from the one before it: "a week earlier"."""
    sentence = token.sent
    start = max(sentence.start_char, token.idx - _COUNTED_CHARS)
    text = context.document.text[start : min(sentence.end_char, token.idx + _COUNTED_CHARS)]
    when = context.language.times.date_counted_from(text, last) if last is not None else None
    if when is None or when.span is None or (context.ref is not None and when.start > context.ref):
        return None
    return replace(when, span=context.document.span(start + when.span.start, start + when.span.end))


def is_undatable(context: ArgumentContext, token: Token) -> bool:
    """Whether a sentence gives an act's time in words that no interval of days can be worked out from.

    So does an old date of a statement or a judgment, which the act was before.
    """
    sentence, document, syntax = token.sent, context.document, context.language.syntax
    above = {token.i, *(a.i for a in token.ancestors)}
    for span in context.language.times.unresolved_times(sentence.text):
        verb = syntax.verb_above(document.tokens(sentence.start_char + span.start, sentence.start_char + span.end))
        if verb is None or verb.i in above:
            return True
    dates = _dates_with_verbs(context, sentence)
    return any(verb is not None and verb.i in above and _is_old(context, when) for when, verb in dates)


def date_of_killing(context: ArgumentContext, sentences: Sequence[SpacySpan]) -> DateSpan | None:
    """When those in a mass grave were killed or buried: a date of such an act in the sentences on the grave."""
    dates = (pair for sentence in sentences for pair in _dates_with_verbs(context, sentence))
    return next((when for when, verb in dates if _is_of_killing(context, when, verb)), None)


def _is_of_killing(context: ArgumentContext, when: DateSpan, verb: Token | None) -> bool:
    text, start, triggers = context.document.text, when.span.start if when.span else 0, context.language.triggers
    before = text[max(0, start - _KILLING_CHARS) : start].lower()
    after = text[start : start + 2 * _KILLING_CHARS].lower()
    named = triggers.names_killing(before) or triggers.names_killing(after)
    return named or (verb is not None and triggers.is_killing(verb))


def surrounding_date(
    context: ArgumentContext, sentences: Sequence[SpacySpan], others: Sequence[SpacySpan], lead: bool
) -> DateSpan | None:
    """The date nearest to an act's sentences in their paragraph, for the `lead` in the first ones too.

    Dates in `others`, the sentences of other incidents, are left out.
    """
    return best("surrounding_time", list(surrounding_candidates(context, sentences, others, lead)))


def surrounding_candidates(
    context: ArgumentContext, sentences: Sequence[SpacySpan], others: Sequence[SpacySpan], lead: bool
) -> Iterator[ArgumentCandidate[DateSpan]]:
    """The dates of the sentences around an act, with how far away each stands."""
    document = context.document
    paragraphs = {document.paragraph_of(s.start_char) for s in sentences}
    if lead:
        paragraphs |= document.lead_paragraphs
    taken = {s.start for s in others} - {s.start for s in sentences}
    for sentence in document.sentences:
        here = document.paragraph_of(sentence.start_char) in paragraphs and sentence.start not in taken
        near = min(abs(sentence.start_char - s.start_char) for s in sentences) < _NEAR_CHARS
        if here and near and len(sentence) >= _LEAST_WORDS:
            away = min(abs(sentence.start - s.start) for s in sentences)
            for when in dates_in(context, sentence):
                if _may_be_of_act(context, when, lead):
                    signs = {"tokens_away": float(away), "date_prec": float(when.prec)}
                    yield ArgumentCandidate(when, signs)


def _may_be_of_act(context: ArgumentContext, when: DateSpan, lead: bool) -> bool:
    """Whether a date can be an act's: the lead's is recent, and not the day of publication itself."""
    ref = context.ref
    if ref is None or not lead:
        return when.prec <= _MONTH
    return when.prec <= _MONTH and when.end <= ref and ref - when.end <= _NEWS and when.start != ref


def dates_in(context: ArgumentContext, sentence: SpacySpan) -> list[DateSpan]:
    """The dates of a sentence that are not of when something was said."""
    reports = context.language.attribution.reports
    return [when for when, verb in _dates_with_verbs(context, sentence) if verb is None or not reports(verb)]


def _dates_with_verbs(context: ArgumentContext, sentence: SpacySpan) -> list[tuple[DateSpan, Token | None]]:
    """Each date of a sentence, by the report's offsets, with the verb that it depends on; read once a sentence."""
    if sentence.start not in context.dates_by_sentence:
        context.dates_by_sentence[sentence.start] = list(_find_dates(context, sentence))
    return context.dates_by_sentence[sentence.start]


def _find_dates(context: ArgumentContext, sentence: SpacySpan) -> Iterator[tuple[DateSpan, Token | None]]:
    document, times = context.document, context.language.times
    first, last = times.with_whole_dates(document.text, sentence.start_char, sentence.end_char)
    for when in times.find_dates(document.text[first:last], context.ref):
        if when.span is not None:
            start, end = first + when.span.start, first + when.span.end
            verb = context.language.syntax.verb_above(document.tokens(max(start, sentence.start_char), end))
            yield replace(when, span=document.span(start, end)), verb
