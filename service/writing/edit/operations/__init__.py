"""Deterministic operations, one a module, registered in OPERATIONS: each looks at one sentence and
offers new texts for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from service.writing.edit.operations import (
    adverbials,
    clauses,
    frames,
    fronting,
    infinitives,
    members,
    modifiers,
    openers,
    plain,
    praise,
    relatives,
    sentences,
    tails,
    title,
)
from service.writing.edit.place import Candidate, Place

Operate = Callable[[Place], Iterable[Candidate]]

OPERATIONS: tuple[Operate, ...] = (
    sentences.offer,
    frames.offer,
    plain.offer,
    openers.offer,
    tails.offer,
    relatives.offer,
    clauses.offer,
    infinitives.offer,
    members.offer,
    praise.offer,
    modifiers.offer,
    adverbials.offer,
    title.offer,
    fronting.offer,
)
