"""Posts in the room of a trial."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.models import Trial


def a_post(  # noqa: PLR0913 (what a post is made of)
    session: Session,
    trial: Trial,
    author: Person,
    at: datetime,
    *,
    kind: PostKind = PostKind.QUESTION,
    body: str = "How long may a refund take?",
    question: Post | None = None,
) -> Post:
    """A post; an answer names its question. Commits."""
    post = Post(
        trial_id=trial.id or 0,
        author_id=author.id or 0,
        kind=kind,
        body=body,
        at=at,
        question_id=question.id if question else None,
    )
    session.add(post)
    session.commit()
    return post
