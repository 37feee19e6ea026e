"""Every measure of the product on one card: what it asks, how it is made, what it is not for.

Formulas are in words; the modules hold them in numbers. A change of a formula raises the card's
version, because sealed packets keep the version they were made with.
"""

from dataclasses import dataclass

from trialsim.measurement.types import Unit


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure's card, shown beside its figures and in the documents."""

    key: str
    title: str
    question: str
    formula: str
    source_facts: str
    unit: Unit
    shown_as: str
    needs: str
    biases: tuple[str, ...]
    must_not: tuple[str, ...]
    sources: tuple[str, ...] = ()
    version: str = "1"


RAMP = Measure(
    key="ramp",
    title="Ramp-up",
    question="How quickly did they become productive?",
    formula=(
        "Par minutes of tickets times the share of them resolved well, divided by the minutes "
        "worked on them, as a share of what an experienced teammate makes of the same minutes. "
        "Pace and outcome are each fitted with a learning curve over paid hours, then joined."
    ),
    source_facts="every scored ticket past its reopening window: par, active minutes, outcome",
    unit=Unit.PACE,
    shown_as='curve with a 90% band over paid hours, days as second axis; "about day 11 to 16"',
    needs="15 tickets in 4 work blocks and 6 hours on tickets; 40 tickets for when it was reached",
    biases=(
        "A par that is 5% wrong moves every level by 5%.",
        "Somebody whose pace falls late is shown too high: the curve believes the earlier weeks.",
        "Time away that was not logged as a gap lowers the level.",
    ),
    must_not=("compare people by the calendar", "name one single day", "set pay"),
    sources=("Dempster, Laird and Rubin 1977 (EM)",),
)

REPLY_QUALITY = Measure(
    key="reply_quality",
    title="Reply quality",
    question="How good are the replies?",
    formula=(
        "Score of each drawn review, taken apart into the candidate's level on the last day, what "
        "they gained since the first, the scenario's difficulty, the reviewer's severity and the "
        "rest; the level is for an average ticket with an average reviewer of the cohort."
    ),
    source_facts="mentor reviews drawn at random, ten a week, some scored twice and blind",
    unit=Unit.POINTS,
    shown_as="level on the last day with its range; by category; by week",
    needs="5 reviews for a level; 15 reviews by 2 reviewers, shared with others, for a comparison",
    biases=(
        "Learning is taken to slow down alike for everybody.",
        "Levels lean towards the middle while reviews are few.",
        "When queues differed in difficulty ranges are widened, not corrected fully.",
    ),
    must_not=("rank people", "include reviews picked by hand", "decide without its range"),
    sources=("Henderson 1975", "Patterson and Thompson 1971", "Laird and Ware 1982"),
)

CATEGORY_SCORES = Measure(
    key="category_scores",
    title="Reply quality by category",
    question="Where are the replies strong, and where are they getting better?",
    formula="Plain mean of a category's scores in a week or in all; trend by least squares.",
    source_facts="the categories of drawn reviews; one that does not apply is left out",
    unit=Unit.POINTS,
    shown_as="dot and range by category; trend by week",
    needs="3 ratings for a mean, 8 over a week for a trend",
    biases=("Not adjusted for tickets and reviewers.",),
    must_not=("compare people",),
)

OUTCOME_ACCURACY = Measure(
    key="outcome_accuracy",
    title="Outcome accuracy",
    question="Was it right?",
    formula="Mean outcome of scored tickets; share of them with an outcome of 60 or more.",
    source_facts="the world's end state, facts found and told, order of policy steps, traps",
    unit=Unit.SHARE,
    shown_as="share with its range",
    needs="5 scored tickets",
    biases=("Rests on the scenario's author having listed every right way.",),
    must_not=("stand in for how a reply was written",),
    sources=("Wilson 1927",),
)

ANSWER_TIME = Measure(
    key="answer_time",
    title="Answers to colleagues",
    question="Can we work with them across time zones?",
    formula="Median of own working minutes until a colleague's question had an answer.",
    source_facts="posts that ask the candidate something, and their answers",
    unit=Unit.MINUTES,
    shown_as="strip by day; median with range",
    needs="5 answers",
    biases=("Questions that needed no answer count as slow ones.",),
    must_not=("use the time of day", "count messages"),
    sources=("Conover 1999, section 3.2",),
)

COMMUNICATION = Measure(
    key="communication",
    title="Communication over time",
    question="Are updates, check-ins and hand-overs there, complete and acted on?",
    formula="Share of work days with each, with a Wilson range; of a hand-over, the share of "
    "customers waiting then whose ticket the note covers, so that a colleague could act on it.",
    source_facts="daily updates, check-ins, hand-over notes, and what was done with them overnight",
    unit=Unit.SHARE,
    shown_as="strips by day and trend by week, side by side",
    needs="1 work day, and 1 customer who waited at a hand-over",
    biases=("A day without news looks like a missing update.",),
    must_not=("be added up to one number",),
    sources=("Wilson 1927",),
)

TIME_TO_CLOSE = Measure(
    key="time_to_close",
    title="Time to close",
    question="How long does a customer wait for the end of it?",
    formula="Median minutes from arrival to solved, less time waiting on the customer; open "
    "tickets count as longer than until now.",
    source_facts="tickets: arrival, time pending, solved or still open",
    unit=Unit.MINUTES,
    shown_as="median with its range",
    needs="5 closed tickets",
    biases=("Open tickets are taken to be no harder than closed ones of the same age.",),
    must_not=("reward hasty closing: read it beside reopened",),
    sources=("Kaplan and Meier 1958", "Brookmeyer and Crowley 1982"),
)

REOPENED = Measure(
    key="reopened",
    title="Reopened",
    question="Did solved tickets stay solved?",
    formula="Share of solved tickets that the customer opened again.",
    source_facts="solved tickets and customers' later messages",
    unit=Unit.SHARE,
    shown_as="share with its range",
    needs="5 solved tickets",
    biases=("Late tickets have had less time to come back.",),
    must_not=("be read without outcome accuracy",),
    sources=("Wilson 1927",),
)

CUSTOMER_RATING = Measure(
    key="customer_rating",
    title="Customer rating",
    question="What would customers say?",
    formula="Share of good ratings among those answered.",
    source_facts="simulated survey, asked 24 hours after solving",
    unit=Unit.SHARE,
    shown_as="share with how many answered of how many asked, always last",
    needs="5 answers",
    biases=("Customers are simulated.", "Who answers is no random draw."),
    must_not=("be a target", "decide anything by itself"),
    sources=("Wilson 1927",),
)

COACHABILITY = Measure(
    key="coachability",
    title="Coachability",
    question="Does named feedback change the next ticket?",
    formula="Share of comparable tickets with a root cause before it was named, and after.",
    source_facts="root causes named in reviews, and comparable later tickets",
    unit=Unit.SHARE,
    shown_as="before and after with how many tickets each",
    needs="5 tickets on each side",
    biases=(
        "What was named was at its worst just then, so some of the change is chance.",
        "Reviewers look harder for what they have named.",
    ),
    must_not=("compare people",),
    sources=("Newcombe 1998 (difference of two shares)",),
)

REVIEWING_JUDGEMENT = Measure(
    key="reviewing_judgement",
    title="Reviewing judgement",
    question="Do they see what a good reply is?",
    formula="Mean distance in points between scores given to gold tickets and the known ones.",
    source_facts="two gold tickets a week among the peer reviews",
    unit=Unit.POINTS,
    shown_as="distance from gold with its range",
    needs="3 gold tickets",
    biases=("The known score is a panel's opinion.",),
    must_not=("judge how they write themselves",),
)

AGREEMENT = Measure(
    key="agreement",
    title="Reviewers' agreement",
    question="Can we trust the scores?",
    formula="Krippendorff's alpha for ranked scores, range by resampling tickets.",
    source_facts="tickets scored twice and blind, and calibration sessions",
    unit=Unit.ALPHA,
    shown_as="alpha with its range",
    needs="10 tickets for a word, 20 for a number",
    biases=("Low when all replies are alike, whoever scores them.",),
    must_not=("name a reviewer as wrong",),
    sources=("Krippendorff 2011",),
)

SEVERITY = Measure(
    key="severity",
    title="Reviewers' severity",
    question="How strict is each reviewer?",
    formula="Points a reviewer gives less than the cohort's average reviewer to the same work.",
    source_facts="drawn reviews of candidates shared with other reviewers",
    unit=Unit.POINTS,
    shown_as="points with range; positive is strict",
    needs="5 reviews, and a candidate shared with another reviewer",
    biases=("Leans towards zero while reviews are few.",),
    must_not=("be read as quality of reviewing",),
    sources=("Henderson 1975",),
)

RELIABILITY = Measure(
    key="reliability",
    title="Reliability",
    question="Would a repeat of this trial turn out alike?",
    formula="Share of the spread between candidates' levels that is not error.",
    source_facts="drawn reviews of the whole cohort",
    unit=Unit.SHARE,
    shown_as="0 to 1 by day, with 0.80 as the line for deciding",
    needs="3 candidates",
    biases=("Low when candidates are truly alike.", "Knows nothing of faults all reviewers share."),
    must_not=("be read as the chance of a right decision",),
    sources=("Brennan 2001",),
)

MEASURES = (
    RAMP,
    REPLY_QUALITY,
    CATEGORY_SCORES,
    OUTCOME_ACCURACY,
    ANSWER_TIME,
    COMMUNICATION,
    TIME_TO_CLOSE,
    REOPENED,
    COACHABILITY,
    REVIEWING_JUDGEMENT,
    AGREEMENT,
    SEVERITY,
    RELIABILITY,
    CUSTOMER_RATING,
)
"""All cards in the order in which a page shows them; customer rating last."""


def measure(key: str) -> Measure:
    """Return the card of a measure; raises KeyError for an unknown key."""
    return {card.key: card for card in MEASURES}[key]
