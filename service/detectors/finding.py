"""What a detector returns, and what it is given besides the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from service.detectors.archive import Archive
from service.document import Span
from service.films import JSON, Film


class Level(StrEnum):
    """How sure an editor would be: `must` be mended, `should`, or `may`."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a detector saw.

    `spans` are one or more linked source spans in order; `evidence` holds what justifies the
    finding (JSON values: the counts, the matched entry, the similarity). `id` is given by
    `detect`: `f1`, `f2`, … in order of the first span.
    """

    kind: str
    message: str
    spans: tuple[Span, ...]
    level: Level = Level.SHOULD
    evidence: Mapping[str, JSON] = field(default_factory=lambda: MappingProxyType({}))
    id: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about, as far as the caller knows: the film, other terms that are vocabulary
    and no repetition (`terms`), the keyphrase the copy is written for, the archive of the site's
    other articles and this article's own id in it.
    """

    film: Film | None = None
    terms: tuple[str, ...] = ()
    keyphrase: str = ""
    archive: Archive | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the phrases a detector must flag in it, in any order: all of them and nothing else
    (none for a near miss).
    """

    text: str
    flagged: tuple[str, ...] = ()
    subject: Subject = Subject()
