"""The forum: other members who help, distract or mislead, and what does not belong in public.

Pure. Nothing said here moves a customer or a score; what a reviewer may want to see is only shown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trialsim.kit import streams
from trialsim.simulation.reading.language import is_negated, is_request, language_of
from trialsim.simulation.reading.sentences import sentences_of
from trialsim.simulation.types import Form, OutcomeTrace, Part, Scenario
from trialsim.simulation.voice import alternated, phrase_lines

SAME, WRONG, HALF = "member_same", "member_wrong", "member_half"
# Where threads can go. Everybody begins on the first: a board of their own choice would say what
# the trouble is.
BOARDS: Mapping[str, str] = {
    "questions": "Questions",
    "elsewhere": "Other companies",
    "ideas": "Ideas",
    "faults": "Faults of ours",
}
_KIND_SHARES: Mapping[str, float] = {SAME: 0.45, HALF: 0.30, WRONG: 0.25}
_COUNT_SHARES = (0.35, 0.43, 0.22)  # of threads with no, one and two posts of members
_FIRST_MINUTES, _LATER_MINUTES = (4, 90), (10, 240)
_ADVICE = "{advice}"
_MEMBERS = (
    "fernpath", "two_left_mittens", "oatmilk_online", "lighthouse9", "quietkettle", "paperboat",
    "mossandstone", "tin_whistle", "harbour_cat", "slowbread", "bluebutton", "seventh_row",
    "marblejar", "wrenhouse", "cordless", "plum_and_pine", "rainy_tuesday", "oldbicycle",
    "kitefield", "pocket_atlas", "thirdshelf", "copperleaf", "windowseat", "little_anvil",
)  # fmt: skip
# What nobody should have to write where everybody reads.
_PRIVATE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:your|which|what) e-?mail|e-?mail address|(?:order|invoice|customer|card|phone|"
        r"telephone|account) (?:number|no\b|id\b)|phone|password|passcode|user ?name|"
        r"(?:home|postal|street) address|date of birth|(?:full|last) name|surname|bank details)",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:(?:la (?:sua|tua) |indirizzo )e-?mail|numero (?:d[’']ordine|dell[’']ordine|di "
        r"(?:ordine|fattura|telefono|carta|conto))|telefono|password|codice|nome utente|cognome|"
        r"indirizzo di casa|data di nascita)",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:이메일|메일) ?주소|(?:주문|청구서|전화|카드|계좌|고객) ?번호|비밀번호|암호|아이디|"
        r"성함|실명|생년월일|집 ?주소|연락처"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberPost:
    """What another member writes in a thread, and how long after it was begun."""

    kind: str
    speaker: str
    body: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Post:
    """One public post as it stands: of the customer, a member, or the candidate."""

    is_candidates: bool
    body: str
    speaker: str = ""
    misleads: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Something a reviewer may want to look at; it enters no score."""

    words: str
    quote: str


def member_posts(form: Form, deal: str) -> tuple[MemberPost, ...]:
    """Return none to two posts of other members.

    How many and of which kind is the same for everybody of a cohort who meets the scenario, so
    that nobody is misled more than others; who they are and what they say differs.
    """
    able = [kind for kind in _KIND_SHARES if _lines(form, kind) and _can(form, kind)]
    draw = streams.stream(deal, "members", form.scenario.id)
    count = draw.choices(range(len(_COUNT_SHARES)), _COUNT_SHARES)[0]
    kinds: list[str] = []
    for _ in range(min(count, len(able))):
        left = [kind for kind in able if kind not in kinds]
        kinds.append(draw.choices(left, [_KIND_SHARES[kind] for kind in left])[0])
    own = streams.stream(form.seed, form.key, "members")
    speakers = own.sample(_MEMBERS, len(kinds))
    posts, minutes = [], 0
    for place, (kind, speaker) in enumerate(zip(kinds, speakers, strict=True)):
        minutes += own.randint(*(_LATER_MINUTES if place else _FIRST_MINUTES))
        posts.append(MemberPost(kind, speaker, _body(form, kind), minutes))
    return tuple(posts)


def public_asks(text: str, language: str) -> tuple[str, ...]:
    """Return the sentences that ask, where everybody reads, for what is private."""
    known, private = language_of(language), _PRIVATE.get(language, _PRIVATE["en"])
    asked = []
    for sentence in sentences_of(text, known):
        found = private.search(sentence.whole)
        if found is None or not is_request(known, sentence.whole):
            continue
        if not is_negated(known, sentence.whole, *found.span(), as_trap=True):
            asked.append(sentence.text)
    return tuple(asked)


def hints(posts: Iterable[Post], language: str) -> tuple[Hint, ...]:
    """Return what reviewers may look at in a public thread."""
    found: list[Hint] = []
    misled: list[str] = []
    for post in posts:
        if not post.is_candidates:
            if post.misleads:
                misled.append(post.speaker)
                found.append(Hint(f"{post.speaker}, another member, gives wrong advice", post.body))
            continue
        asks = public_asks(post.body, language)
        found += [Hint("Asks for something private where everybody reads", one) for one in asks]
        for speaker in [one for one in misled if one.lower() in post.body.lower()]:
            found.append(Hint(f"Answers the wrong advice of {speaker} where it stands", ""))
            misled.remove(speaker)
    return tuple(found)


def belongs_on(scenario: Scenario) -> str:
    """Return the board a thread belongs on, by its scenario."""
    if "wrong_place" in scenario.flags:
        return "elsewhere"
    return {"ideas": "ideas", "bugs": "faults"}.get(scenario.area, "questions")


def naming_the_move(trace: OutcomeTrace, scenario: Scenario, board: str) -> OutcomeTrace:
    """Name in an outcome what became of a thread in the wrong place; it is worth no points."""
    wanted = belongs_on(scenario)
    if "wrong_place" not in scenario.flags and not board:
        return trace
    is_right = (board or "questions") == wanted
    text = f"moved to “{BOARDS.get(board, board)}”" if board else "left in the wrong place"
    text += ", where it belongs" if board and is_right else ""
    return replace(trace, parts=(*trace.parts, Part("board", "board", is_right, 0.0, text)))


def _can(form: Form, kind: str) -> bool:
    return kind != WRONG or bool(_wrong_advice(form))


def _wrong_advice(form: Form) -> Sequence[str]:
    """Return lines that are wrong but do no harm by being read.

    None about safety, and none with a slot: that could name the cause.
    """
    text = form.scenario.text(form.language)
    return [
        line
        for name, trap in form.scenario.traps.items()
        if not (trap.policy and form.pack.clauses[trap.policy].critical) and name in text.traps
        for line in text.traps[name].lines
        if "{" not in line and "?" not in line
    ]


def _lines(form: Form, kind: str) -> tuple[str, ...]:
    """Return a kind's lines; a language without any keeps its threads to themselves."""
    lines = phrase_lines(form.pack, form.language, kind, "any")
    return tuple(line for line in lines if (_ADVICE in line) == (kind == WRONG))


def _body(form: Form, kind: str) -> str:
    line = streams.pick(_lines(form, kind), form.seed, form.key, kind)
    said = alternated(line, form.seed, form.key, kind, "said")
    if kind != WRONG:
        return said
    advice = streams.pick(_wrong_advice(form), form.seed, form.key, "advice")
    return said.replace(_ADVICE, alternated(advice, form.seed, form.key, "advice").rstrip("."))
