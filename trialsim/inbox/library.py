"""The help centre of the person's own company: articles and policies, all or those that match."""

from collections.abc import Iterable
from dataclasses import dataclass

from trialsim.inbox.pages import company
from trialsim.kit.errors import NotFound
from trialsim.simulation.types import Document
from trialsim.trials.current import own_trial


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Articles and policies, all or those that match."""

    words: str
    articles: tuple[Document, ...]
    policies: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One article or policy."""

    kind: str
    document: Document


def library_page(words: str) -> LibraryPage:
    """Return the documents of the person's own pack that hold every word."""
    found = company(own_trial())
    return LibraryPage(
        words=words,
        articles=_matching(found.articles.values(), words),
        policies=_matching(found.policies.values(), words),
    )


def document_page(kind: str, document: str) -> DocumentPage:
    """Return one document of the person's own pack."""
    found = company(own_trial())
    shelf = {"articles": found.articles, "policies": found.policies}.get(kind, {})
    if document not in shelf:
        raise NotFound
    return DocumentPage(kind, shelf[document])


def _matching(documents: Iterable[Document], words: str) -> tuple[Document, ...]:
    wanted = words.lower().split()
    return tuple(
        document
        for document in documents
        if all(word in f"{document.title} {document.body}".lower() for word in wanted)
    )
