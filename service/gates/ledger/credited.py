"""Who did what on a film, by its record: a name may not be put where the record has another.

A person's name that a change brings in needs a credit that fits what the sentence says; one that
stood there already may not gain a credit that the record gives to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.films import Film
from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.names import is_variant, parts
from service.gates.ledger.reading import Reading, read
from service.gates.ledger.relations import predicate
from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function, words

FIELDS = {  # class of predicate (roles.tsv) to the fields of the record that hold who did it
    "direct": ("directors", "creators"),
    "write": ("writers", "screenplay", "story", "creators"),
    "produce": ("producers", "executive_producers"),
    "score": ("music",),
    "shoot": ("cinematography",),
    "edit": ("editors",),
}
KINSHIP = frozenset(
    ["wife", "husband", "son", "daughter", "father", "mother", "brother", "sister", "uncle", "aunt", "cousin"]
)
OWNING = ("'s", "’s", "s'", "s’")
AUTHORS = frozenset({"direct", "write"})  # what "X's film" and "a film from X" may say of X


class Credit(NamedTuple):
    """A person's name in parts and the classes of what he or she did; `noted` where a note says it."""

    name: frozenset[str]
    did: frozenset[str]
    noted: bool = False


def credits_of(film: Film | None, notes: Iterable[str] = ()) -> tuple[Credit, ...]:
    """Return the credits of the record and what the notes say of each name in them."""
    found: list[Credit] = []
    if film is not None:
        for did, names in FIELDS.items():
            found += [_credit(n, did) for field in names for n in getattr(film, field)]
        found += [_credit(m.name, "play") for m in film.cast]
    for note in notes:
        reading = read(note)
        named = {p for e in reading.of(EntryKind.NAME) for p in parts(e.key)}
        said = _said(reading) - {predicate(w) for w in reading.words if parts(w.fold) <= named}
        found += [Credit(parts(e.key), said, noted=True) for e in reading.of(EntryKind.NAME) if parts(e.key)]
    return tuple(c for c in found if c.name)


def _credit(name: str, did: str) -> Credit:
    return Credit(parts(" ".join(w.fold for w in split_words(name))), frozenset({did}))


def _said(reading: Reading) -> frozenset[str]:
    return frozenset(predicate(w) for w in reading.words if not is_function(w.fold))


def misplaced(
    before: Sequence[Reading],
    after: Sequence[Reading],
    credits: Sequence[Credit],
    characters: Sequence[frozenset[str]],
) -> list[str]:
    """Return the first name that the change puts in a role that nothing supports."""
    stood = [e for r in before for e in r.of(EntryKind.NAME)]
    said = frozenset(p for r in before for p in _said(r))
    held = {(e, p) for r in before for p, who in _agents(r) for e in who}
    for reading in after:
        for entry in reading.of(EntryKind.NAME):
            did = _did(entry, credits)
            if not did or any(parts(entry.key) <= c for c in characters):
                continue
            roles = {p for p, who in _agents(reading) if entry.key in who} & _checked()
            if _owns(reading, entry):
                roles |= AUTHORS & did or {"direct"}
            old = any(is_variant(entry.key, e.key) for e in stood)
            mine = {p for key, p in held if is_variant(key, entry.key)}
            strange = roles - did - mine
            if old:
                strange = {p for p in strange if _decided(p, credits)}
            if strange:
                return [f"{entry.text!r} is given a part in it ({min(strange)}) that nothing supports"]
            if not old and not did & (said | roles):
                return [f"{entry.text!r} is brought in without what the record has of that name"]
    return []


def _did(entry: Entry, credits: Sequence[Credit]) -> frozenset[str]:
    named = parts(entry.key)
    return frozenset(p for c in credits if named and named <= c.name for p in c.did)


def _agents(reading: Reading) -> Iterable[tuple[str, frozenset[str]]]:
    return ((r.predicate, r.agents) for r in reading.relations)


def _checked() -> frozenset[str]:
    return frozenset(FIELDS) | KINSHIP | {"play"}


def _decided(did: str, credits: Sequence[Credit]) -> bool:
    """Tell whether the record names who did it, so that it was nobody else."""
    return any(did in c.did and not c.noted for c in credits)


def _owns(reading: Reading, entry: Entry) -> bool:
    """Tell whether the sentence calls the film the person's own: `X's film`, `a film by X`, `From X, …`."""
    i = next((k for k, w in enumerate(reading.words) if w.start >= entry.start), 0)
    behind = [w.fold for w in reading.words if w.start >= entry.end][:3]
    owner = reading.text[: entry.end].endswith(OWNING) or reading.text[entry.end :].startswith(OWNING)
    if owner and words("works.txt") & set(behind):
        return True
    ahead = [w.fold for w in reading.words[max(0, i - 3) : i]]
    return ahead[-1:] in (["by"], ["from"]) and (
        len(ahead) == 1 or bool(words("works.txt") & set(ahead[:-1]))
    )
