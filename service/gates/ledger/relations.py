"""Who did what to whom: predicates with the entities on either side of them.

A shallow reading, on purpose: it need not understand a sentence, it must see when two entities
have changed places. Active, passive (`directed by`), possessive (`A's director B`, `the director of A`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from service.gates.ledger.entry import HARD, Entry, EntryKind, Relation
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import classes, is_function

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

NOUN_ROLES = frozenset(
    [
        "director",
        "writer",
        "author",
        "screenwriter",
        "producer",
        "composer",
        "editor",
        "cinematographer",
        "photographer",
        "actor",
        "actress",
        "star",
        "wife",
        "husband",
        "son",
        "daughter",
        "father",
        "dad",
        "mother",
        "mum",
        "mom",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "niece",
        "nephew",
        "cousin",
        "friend",
        "boss",
        "teacher",
        "mentor",
        "sequel",
        "prequel",
        "remake",
        "winner",
        "death",
        "budget",
        "music",
        "score",
    ]
)
GAP = frozenset({"and", "or", "&", "with"})


@cache
def _stems() -> dict[str, str]:
    return classes("roles.tsv")


def predicate(word: Word) -> str:
    """Return the class of a word that may say who did what; its stem where it is in no class."""
    return _stems().get(word.fold) or _stems().get(word.stem, word.stem)


def find(text: str, words: Sequence[Word], entries: Sequence[Entry]) -> tuple[Relation, ...]:
    """Return the relations of a sentence that has at least one entity."""
    entities = [e for e in entries if e.kind in HARD and e.kind is not EntryKind.QUOTATION]
    if not entities:
        return ()
    tagged = tags([w.text for w in words])
    inside = [(e.start, e.end) for e in entities]
    found = []
    for i, w in enumerate(words):
        if w.fold == "than" and i:
            found.append(_comparison(text, words, i, entities))
        if any(s <= w.start < e for s, e in inside) or is_function(w.fold):
            continue
        noun = w.fold.removesuffix("'s") in NOUN_ROLES
        if noun or tagged[i].startswith("VERB") or w.stem in _stems():
            found.append(_relation(text, words, i, entities, noun=noun))
    return tuple(r for r in found if r.agents or r.patients)


def _relation(text: str, words: Sequence[Word], i: int, entities: Sequence[Entry], *, noun: bool) -> Relation:
    word = words[i]
    left = _group(text, _before(text, word.start, entities), from_right=True)
    right = _group(text, [e for e in entities if e.start >= word.end], from_right=False)
    near = [w.fold for w in words[i + 1 : i + 4]]
    if noun:
        return _noun_relation(text, word, left, right, near)
    if word.stem == "star" and right and text[word.end : right[0].start].strip() == "":
        return Relation(predicate(word), _keys(right), _keys(left))
    if "by" in near:
        return Relation(predicate(word), _keys(right), _keys(left))
    return Relation(predicate(word), _keys(left), _keys(right))


def _before(text: str, at: int, entities: Sequence[Entry]) -> list[Entry]:
    """Return the entities before `at`, without those of an aside that closes right before it."""
    earlier = [e for e in entities if e.end <= at]
    head = text[:at].rstrip()
    if head.endswith((",", ")")):
        opening = head.rfind("(" if head.endswith(")") else ",", 0, len(head) - 1)
        outside = [e for e in earlier if e.end <= opening]
        return outside or earlier
    return earlier


def _comparison(text: str, words: Sequence[Word], i: int, entities: Sequence[Entry]) -> Relation:
    """Return what stands on either side of `than`, under the comparative's class."""
    table = classes("comparisons.tsv")
    word = next(
        (w.fold for w in reversed(words[max(0, i - 6) : i]) if w.fold in table or w.fold.endswith("er")), ""
    )
    left = _group(text, [e for e in entities if e.end <= words[i].start], from_right=True)
    right = _group(text, [e for e in entities if e.start >= words[i].end], from_right=False)
    return Relation(f"than {table.get(word, word)}", _keys(left), _keys(right))


def _noun_relation(
    text: str, word: Word, left: Sequence[Entry], right: Sequence[Entry], near: Sequence[str]
) -> Relation:
    """A's director B; the director of A is B; director B: who bears the role is the agent."""
    name = predicate(word)
    if (
        left
        and text[left[-1].end : word.start].strip() in {"'s", "’s", "'", "’", ""}
        and _possessive(text, left[-1])
    ):
        return Relation(name, _keys(right), _keys(left))
    if near[:1] == ["of"] or "of" in near[:2]:
        return Relation(name, _keys(left), _keys(right))
    if right and text[word.end : right[0].start].strip() in {"", ","}:
        return Relation(name, _keys(right), frozenset())
    return Relation(name, _keys(left), _keys(right))


def _possessive(text: str, entry: Entry) -> bool:
    return text[entry.start : entry.end + 2].endswith(("'s", "’s", "s'", "s’")) or entry.text.endswith(
        ("'s", "’s", "'", "’")
    )


def _group(text: str, entities: Sequence[Entry], *, from_right: bool) -> list[Entry]:
    """Return the nearest entity and those joined to it by commas and `and`, in order."""
    ordered = list(reversed(entities)) if from_right else list(entities)
    group = ordered[:1]
    for e in ordered[1:]:
        a, b = (e, group[-1]) if from_right else (group[-1], e)
        between = text[a.end : b.start].replace(",", " ").replace("’s", " ").replace("'s", " ").split()
        if all(w.lower() in GAP for w in between) and between[:1] != ["with"]:
            group.append(e)
        else:
            break
    return list(reversed(group)) if from_right else group


def _keys(entities: Sequence[Entry]) -> frozenset[str]:
    return frozenset(e.key for e in entities)
