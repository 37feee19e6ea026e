"""Which acts the sentences of a reply hit, how surely, and what keeps a hit from counting."""

from collections.abc import Sequence

from trialsim.simulation.reading.language import is_negated, is_request
from trialsim.simulation.reading.matcher import OTHER, Act, Matcher
from trialsim.simulation.reading.readers import Reader
from trialsim.simulation.reading.sentences import Sentence
from trialsim.simulation.types import Match, Rules

Span = tuple[int, int]

# A pattern that hits again and again in one sentence is looked at so often.
_PLACES = 8


def matches_in(
    matcher: Matcher, sentences: Sequence[Sentence], reader: Reader, rules: Rules
) -> tuple[Match, ...]:
    """Return what sentences do. Past the length a customer reads, only traps still count."""
    spans = [
        {act.name: span for act in matcher.acts if (span := _span(matcher, act, sentence))}
        for sentence in sentences
    ]
    unknown = [place for place, found in enumerate(spans) if not found]
    liked = dict(
        zip(
            unknown,
            _liked(matcher, [sentences[place] for place in unknown], reader, rules),
            strict=True,
        )
    )
    matches: list[Match] = []
    words = 0
    for place, sentence in enumerate(sentences):
        unread = words >= rules.long_words
        words += len(sentence.text.split())
        for act in matcher.acts:
            span = spans[place].get(act.name)
            score = liked.get(place, {}).get(act.name, 0.0)
            if span or score:
                skipped = _skipped(matcher, act, sentence, span)
                if unread and act.kind != "trap":
                    skipped = "past the length a customer reads"
                by, score = ("pattern", 1.0) if span else ("phrase", round(score, 3))
                matches.append(Match(act.kind, act.id, sentence.text, place, by, score, skipped))
        if matcher.language.empathy.search(sentence.text):
            matches.append(Match("empathy", "empathy", sentence.text, place, "pattern", 1.0))
    return tuple(matches)


def _span(matcher: Matcher, act: Act, sentence: Sentence) -> Span | None:
    """Return where in the whole sentence a pattern hits; rather where it is not advised against.

    "Never send the password, send the code" says two things of which the second may count.
    """
    whole, begins = sentence.whole, sentence.begins
    found = act.pattern.search(sentence.text)
    first = (begins + found.start(), begins + found.end()) if found else None
    span = first
    for _ in range(_PLACES):
        if span is None or act.kind == "fact" or act.negative:
            break
        if not is_negated(matcher.language, whole, *span):
            return span
        found = act.pattern.search(sentence.text, span[0] - begins + 1)
        span = (begins + found.start(), begins + found.end()) if found else None
    return first


def _liked(
    matcher: Matcher, sentences: Sequence[Sentence], reader: Reader, rules: Rules
) -> list[dict[str, float]]:
    """Return for each sentence the one act it is like enough to, by name; empty without one."""
    plain = [matcher.unslotted(sentence.text) for sentence in sentences]
    nearest = reader.nearest(matcher.lines, [text for text, _ in plain])
    return [
        _best(
            {act: score for act, score in scores.items() if matcher.is_open(act, named)},
            rules,
            asks=is_request(matcher.language, sentence.whole),
        )
        for sentence, (_, named), scores in zip(sentences, plain, nearest, strict=True)
    ]


def _best(scores: dict[str, float], rules: Rules, *, asks: bool) -> dict[str, float]:
    """Return the nearest act if it is so by a margin, to its siblings and to small talk.

    A statement is like a question without asking it, so facts need a request as well.
    """
    ranked = sorted(scores, key=lambda act: (-scores[act], act))
    if not ranked or ranked[0] == OTHER:
        return {}
    name = ranked[0]
    floor = scores[ranked[1]] + rules.phrase_margin if len(ranked) > 1 else 0.0
    if name.startswith("fact:") and not asks:
        return {}
    wanted = rules.trap_threshold if name.startswith("trap:") else rules.phrase_threshold
    return {name: scores[name]} if scores[name] >= max(wanted, floor) else {}


def _skipped(matcher: Matcher, act: Act, sentence: Sentence, span: Span | None) -> str:
    if act.kind == "fact":
        return ""
    whole = sentence.whole
    if act.unless is not None and act.unless.search(sentence.text):
        return "the sentence rules it out"
    if not act.negative and is_negated(matcher.language, whole, *(span or (0, len(whole)))):
        return "advised against"
    return ""
