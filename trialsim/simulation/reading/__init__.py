"""What a reply says: sentence by sentence, which facts it asks, points it makes, traps it enters.

A sentence hits by pattern. One that no pattern knows hits by likeness to the lines of an act, when
that act is clearly nearer than its siblings and than small talk. Source of the rule: real support
chats, agents not seen before (patterns F1 .79, with TF-IDF .85).
"""

import re
from collections.abc import Iterator, Sequence

from trialsim.simulation.reading.language import is_negated, is_request, language_of
from trialsim.simulation.reading.matcher import Act, Matcher, matcher_of
from trialsim.simulation.reading.sentences import own_lines, plain, sentences_of
from trialsim.simulation.types import Form, Match, Reading, Reply, Rules

MATCHER = "patterns+tfidf/1"

_USUAL = Rules()
_RUN = 8
_PLACES = 8


def read(form: Form, reply: Reply, rules: Rules = _USUAL) -> Reading:
    """Return what a reply says, in the order of its sentences."""
    matcher = matcher_of(form)
    sentences = sentences_of(reply.text, matcher.language)
    matches: list[Match] = []
    words = 0
    for place, sentence in enumerate(sentences):
        unread = words >= rules.long_words
        matches.extend(_matches(matcher, sentence, place, unread=unread, rules=rules))
        words += len(sentence.split())
    return Reading(
        sentences=sentences,
        matches=tuple(matches),
        questions=sum(is_request(matcher.language, sentence) for sentence in sentences),
        words=words,
        copied=copied_share(reply.text, reply.recent_texts, form.language),
        matcher=MATCHER,
    )


def _matches(
    matcher: Matcher, sentence: str, place: int, *, unread: bool, rules: Rules
) -> Iterator[Match]:
    """Yield what one sentence does. Past the length a customer reads, only traps still count."""
    hits = [(act, _found(matcher, act, sentence)) for act in matcher.acts]
    is_known = any(found for _, found in hits)
    liked = {} if is_known else _liked(matcher, sentence, rules)
    for act, found in hits:
        score = 1.0 if found else liked.get(f"{act.kind}:{act.id}", 0.0)
        if found is None and not score:
            continue
        span = found.span() if found else (0, len(sentence))
        skipped = _skipped(matcher, act, sentence, span)
        if unread and act.kind != "trap":
            skipped = "past the length a customer reads"
        by = "pattern" if found else "phrase"
        yield Match(act.kind, act.id, sentence, place, by, round(score, 3), skipped)
    if matcher.language.empathy.search(sentence):
        yield Match("empathy", "empathy", sentence, place, "pattern", 1.0)


def _found(matcher: Matcher, act: Act, sentence: str) -> re.Match[str] | None:
    """Return where a pattern hits; the first place that is not advised against, if there is one.

    "Never send the password, send the code" says two things of which the second may count.
    """
    first = found = act.pattern.search(sentence)
    for _ in range(_PLACES):
        if found is None or act.kind == "fact" or act.negative:
            break
        if not is_negated(matcher.language, sentence, *found.span()):
            return found
        found = act.pattern.search(sentence, found.start() + 1)
    return first


def _liked(matcher: Matcher, sentence: str, rules: Rules) -> dict[str, float]:
    """Return the one act a sentence is like enough to, by name; empty when there is none.

    It must be the nearest by a margin, to its siblings and to small talk. A statement is like a
    question without asking it, so facts need a request as well.
    """
    scores = matcher.likeness(sentence)
    ranked = sorted(scores, key=lambda act: (-scores[act], act))
    if not ranked or ranked[0] == "other":
        return {}
    name = ranked[0]
    floor = scores[ranked[1]] + rules.phrase_margin if len(ranked) > 1 else 0.0
    if name.startswith("fact:") and not is_request(matcher.language, sentence):
        return {}
    wanted = rules.trap_threshold if name.startswith("trap:") else rules.phrase_threshold
    return {name: scores[name]} if scores[name] >= max(wanted, floor) else {}


def _skipped(matcher: Matcher, act: Act, sentence: str, span: tuple[int, int]) -> str:
    if act.kind == "fact":
        return ""
    if act.unless is not None and act.unless.search(sentence):
        return "the sentence rules it out"
    if not act.negative and is_negated(matcher.language, sentence, *span):
        return "advised against"
    return ""


def copied_share(text: str, earlier: Sequence[str], code: str) -> float:
    """Return the largest share of 8-word runs that also stand in one earlier text, 0 to 1.

    Texts under eight words give 0: a short answer repeats by nature.
    """
    own = _runs(text, code)
    if not own:
        return 0.0
    shares = [len(own & _runs(other, code)) / len(own) for other in earlier]
    return round(max(shares, default=0.0), 3)


def _runs(text: str, code: str) -> set[tuple[str, ...]]:
    lines = own_lines(plain(text), language_of(code))
    words = " ".join(lines).lower().split()
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
