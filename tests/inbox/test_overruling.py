"""Rulings on what was written in a conversation that was merged into another one since."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.inbox.test_merging import NOW, Pair
from trialsim.inbox.actions.overruling import Said, overrule_match
from trialsim.inbox.models import MessageKind, OverruleKind
from trialsim.inbox.queries.messages import messages_of
from trialsim.kit.errors import Invalid, NotFound

SCENARIO = "checkout-plugin-conflict"
LATER = NOW + timedelta(minutes=5)
DONE = START + timedelta(hours=1)


class Merged(Pair):
    """Twins: the newer one was answered with a guess, merged into the older one, and solved."""

    def __init__(self, session: Session, cast: Cast) -> None:
        super().__init__(session, cast, same=True)
        culprit = self.case(self.newer).form["slots"]["culprit"]
        self.answer(self.newer, f"Please switch {culprit} off.")
        self.merge(LATER)
        self.solve(self.older, DONE)

    def rule(
        self, cast: Cast, *, name: str = "conflict_test", reason: str = "It is a question."
    ) -> None:
        rows = messages_of(self.session, self.older.id or 0)
        reply = next(one for one in rows if one.kind is MessageKind.REPLY)
        said = Said(reply.public_id, SCENARIO, OverruleKind.POINT, name, counts=False)
        overrule_match(
            self.session, self.trial, self.older, said, reason=reason, by=cast.olu, now=DONE
        )


@pytest.fixture
def merged(session: Session, cast: Cast) -> Merged:
    return Merged(session, cast)


def test_a_ruling_on_a_merged_reply_counts_where_the_reply_counts(
    cast: Cast, merged: Merged
) -> None:
    before = merged.case(merged.older).outcome or 0.0

    merged.rule(cast)

    assert "overruled: point “conflict test” not said" in merged.texts(merged.older)
    assert (merged.case(merged.older).outcome or 0.0) < before
    assert merged.case(merged.newer).outcome == 100


def test_a_ruling_on_nothing_or_without_a_reason_is_refused(cast: Cast, merged: Merged) -> None:
    with pytest.raises(NotFound):
        merged.rule(cast, name="nothing_of_the_kind")
    with pytest.raises(Invalid):
        merged.rule(cast, reason="   short   ")
