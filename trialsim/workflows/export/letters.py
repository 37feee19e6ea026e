"""Letters as pages of their own, readable without the product."""

from html import escape

from sqlmodel import Session, col, select

from trialsim.committee.models import Decision, DecisionLetter
from trialsim.committee.pages.letters import LetterPage, letter_page
from trialsim.letters.actions import text_of
from trialsim.letters.queries import sent_letter
from trialsim.letters.rules import CONFIDENCE_WORDS, FORECAST_WORDS
from trialsim.programmes.rules import Relation
from trialsim.reviews.queries.pages import first_name
from trialsim.trials.models import Trial

Section = tuple[str, tuple[str, ...]]


def letters_of(session: Session, trial: Trial) -> dict[str, str]:
    """Return a trial's letters by file name: the half-way letter once sent, those of decisions."""
    found = {}
    sent = sent_letter(session, trial)
    if sent is not None:
        letter, mentor = sent
        text = text_of(letter)
        sure = CONFIDENCE_WORDS[text.confidence or 0]
        forecast = FORECAST_WORDS[text.forecast] if text.forecast else ""
        found["half-way-letter.html"] = page(
            f"Half-way letter from {first_name(mentor)}, {letter.sent_at:%Y-%m-%d}",
            (
                ("What is strong", text.strengths),
                ("What is missing", text.gaps),
                ("Where it is heading", (f"{forecast} ({sure})",)),
                ("What would change it", (text.change,)),
            ),
        )
    rows = session.exec(
        select(DecisionLetter, Decision)
        .join(Decision, col(Decision.id) == DecisionLetter.decision_id)
        .where(DecisionLetter.trial_id == trial.id)
        .order_by(col(DecisionLetter.id))
    )
    for row, decision in rows:
        shown = letter_page(session, row, decision, trial, Relation.OWN)
        title = f"{shown.outcome} {shown.sent_at:%Y-%m-%d}"
        found[f"letter-{row.public_id}.html"] = page(title, _sections(shown))
    return found


def page(title: str, sections: tuple[Section, ...]) -> str:
    """Return a plain HTML page: a title, and sections of paragraphs."""
    body = "\n".join(
        f"<h2>{escape(heading)}</h2>\n"
        + "\n".join(f"<p>{escape(one).replace(chr(10), '<br>')}</p>" for one in words)
        for heading, words in sections
        if any(words)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n<h1>{escape(title)}</h1>\n{body}\n"
        "</body>\n</html>\n"
    )


def _sections(letter: LetterPage) -> tuple[Section, ...]:
    statements = tuple(
        f"Mentor {one.mentor}, {letter.recommendation(one.recommendation)}: {one.text}"
        for one in letter.statements
    )
    return (
        ("Why", (letter.reasons,)),
        ("The open question", (letter.question,)),
        ("What was strong", (letter.strengths,)),
        ("What was missing, or comes next", (letter.gaps,)),
        ("Where it shows", tuple(subject for _, subject in letter.evidence)),
        ("What your mentors had written before", statements),
        ("Trying again", (letter.try_again,)),
    )
