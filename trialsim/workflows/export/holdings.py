"""What the archive holds, table by table, and why the rest stays out: declarations alone.

Columns are named one by one: what is added to a table stays out until somebody has thought of it.
A test holds both lists complete, so that no table is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Key = Literal["person", "trial", "ticket", "review"]


@dataclass(frozen=True, slots=True)
class Holding:
    """One table in the archive: its file, what its rows hang on, the columns that are given.

    `key` is the column that names the owner. `shown_from` is a column that must lie in the past:
    what is not released, not sent or not due is not theirs yet.
    """

    file: str
    of: Key
    columns: tuple[str, ...]
    key: str = ""
    shown_from: str = ""

    @property
    def owner(self) -> str:
        """Return the column by which rows are found."""
        return self.key or f"{self.of}_id"


HELD: Final[Mapping[str, Holding]] = {
    "sign_in": Holding("sign_ins", "person", ("started_at", "seen_at", "expires_at", "ended_at")),
    "fact": Holding("what_you_did", "person", ("kind", "at")),
    "saved_reply": Holding("saved_replies", "person", ("name", "body", "status", "changed_at")),
    "room_choice": Holding(
        "room_choices",
        "person",
        ("shown_as", "digest", "mails_mentions", "weekdays", "day_starts", "day_ends"),
    ),
    "channel_post": Holding("channel_posts", "person", ("shown_as", "body", "at"), key="author_id"),
    "time_entry": Holding(
        "hours", "trial", ("public_id", "kind", "started_at", "ended_at", "takes_chats")
    ),
    "time_correction": Holding("corrections", "trial", ("was", "becomes", "reason", "by_id", "at")),
    "paid_week": Holding("weeks", "trial", ("number", "confirmed_at", "approved_at")),
    "statement_line": Holding(
        "pay",
        "trial",
        ("week", "kind", "minutes", "rate_cents", "amount_cents", "currency", "at"),
    ),
    "accommodation": Holding(
        "accommodations",
        "trial",
        ("words", "asked_at", "answer", "granted", "decided_at"),
    ),
    "step_tick": Holding("first_steps", "trial", ("step", "at")),
    "quiz_attempt": Holding("quiz", "trial", ("number", "which", "answers", "share", "at")),
    "extra_day": Holding("added_days", "trial", ("reason", "by_id", "at")),
    "channel_rung": Holding("channels", "trial", ("rung", "opened_at", "opened_by", "reason")),
    "post": Holding(
        "room",
        "trial",
        ("public_id", "author_id", "kind", "ticket_id", "body", "at", "read_at"),
    ),
    "night": Holding(
        "nights",
        "trial",
        ("left_at", "at", "colleague", "note", "tickets", "waiting", "covered"),
        shown_from="at",
    ),
    "check_in": Holding("check_ins", "trial", ("week", "held_at", "by_id", "agreed")),
    "trial_rating": Holding("ratings", "trial", ("week", "score", "words", "at")),
    "closing_statement": Holding("closing_statement", "trial", ("body", "notes", "written_at")),
    "half_way_letter": Holding(
        "half_way_letter",
        "trial",
        (
            "public_id",
            "mentor_id",
            "strengths",
            "gaps",
            "forecast",
            "change",
            "confidence",
            "sent_at",
            "read_at",
        ),
        shown_from="sent_at",
    ),
    "ticket": Holding(
        "tickets",
        "trial",
        (
            "public_id",
            "number",
            "subject",
            "channel",
            "status",
            "priority",
            "kind",
            "tags",
            "practice",
            "opened_at",
            "answered_at",
            "solved_at",
            "reopened_count",
            "rating",
            "snoozed_until",
        ),
    ),
    "message": Holding(
        "messages",
        "ticket",
        ("public_id", "ticket_id", "kind", "author_id", "speaker", "body", "files", "at"),
    ),
    "draft": Holding("drafts", "ticket", ("ticket_id", "kind", "body", "saved_at")),
    "outgoing": Holding("outgoing", "ticket", ("ticket_id", "body", "status", "sent_at")),
    "desk_act": Holding("desk_acts", "ticket", ("ticket_id", "action", "params", "tells", "at")),
    "skip": Holding("skips", "ticket", ("ticket_id", "view", "reason", "at")),
    "look": Holding(
        "looks",
        "ticket",
        ("ticket_id", "body", "question", "asked_at", "verdict", "comment", "answered_by"),
    ),
    "attachment": Holding(
        "files", "ticket", ("public_id", "ticket_id", "name", "kind", "size_bytes", "at")
    ),
    "ticket_flag": Holding(
        "flags",
        "ticket",
        ("ticket_id", "kind", "reason", "at", "ruling", "ruling_reason", "ruled_at"),
    ),
    "review": Holding(
        "reviews",
        "trial",
        (
            "public_id",
            "ticket_id",
            "reviewer_id",
            "week",
            "score",
            "failed_critical",
            "failure",
            "failure_quote",
            "failure_reason",
            "comment",
            "released_at",
            "read_at",
        ),
        shown_from="released_at",
    ),
    "rating": Holding(
        "review_categories",
        "review",
        ("review_id", "category", "level", "comment", "quote", "root_cause"),
    ),
}

# Told apart from rows: the account, the trials with their cohorts, and the letters.
TOLD: Final[frozenset[str]] = frozenset(
    {"person", "membership", "cohort", "programme", "trial", "decision_letter", "decision"}
)

LEFT_OUT: Final[Mapping[str, str]] = {
    "scheduled_ticket": "what is still to come",
    "coming_turn": "what is still to come",
    "draw": "what is still to come: which conversations will be read",
    "case": "the engine’s side of a ticket; hints and, after the decision, outcomes are told",
    "customer": "simulated people",
    "overrule": "told with the ticket after the decision; names the engine’s hidden points",
    "rubric": "the scorecard: on the page of the terms",
    "pack_version": "the fictional company",
    "snapshot": "figures of a whole cohort",
    "trial_measures": "figures that rest on others’ reviews as well; the letter gives reasons",
    "packet": "sealed for the committee; the letter tells what came of it",
    "statement": "mentors’ words for the committee: in the letter, once it is decided",
    "vote": "sealed, and the voters’ own",
    "earlier_vote": "sealed, and the voters’ own",
    "evidence_reading": "what others read",
    "step_aside": "what others decided for themselves",
    "mention": "a mark on a post that is given",
    "read_mark": "a mark on a place",
    "link": "single-use secrets, kept as hashes",
    "wrong_password": "kept as hashes, for a day",
    "sent_form": "keys of forms, for a day",
    "mail": "copies of what is told here, on its way",
    "demo": "the demo’s clock",
}
