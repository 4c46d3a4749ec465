"""Say in one sentence what two neighbours say of one subject: "X did this. It did that."

Each keeps what it says; only the second naming of the subject goes. A merge is offered where that naming
is flagged: too many sentences open with the film, or a title stands too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from service.document import Edit, Operation, Span
from service.writing.edit.constituents import first_finite
from service.writing.edit.place import Place, Proposal, Target, answered
from service.writing.edit.rounds import Contest

NAME = "rule:merge"
KINDS = frozenset(["repeated_opening", "keyword_stuffing", "repeated_phrase"])
LONGEST = 34  # words of the two together
COST = 0.4
CLAUSES = frozenset(
    [
        "and",
        "but",
        "or",
        "so",
        "yet",
        "because",
        "although",
        "though",
        "while",
        "when",
        "if",
        "as",
        "since",
        "until",
    ]
)  # a word of these ahead of a further finite verb: the sentence has two clauses


def contests(sites: Sequence[Place]) -> list[Contest]:
    """Return a contest for each pair of neighbours that may be one sentence."""
    found = []
    for first, second in pairwise(sites):
        if first.block.span == second.block.span and (proposal := _merged(first, second)) is not None:
            found.append(Contest((proposal,), (first.block,), second))
    return found


def _merged(first: Place, second: Place) -> Proposal | None:
    if not any(t.finding.kind in KINDS for t in second.open_targets):
        return None
    verb = first_finite(second)
    if verb < 1 or len(first.words) + len(second.words) > LONGEST:
        return None
    at = verb - 1 if verb > 1 and second.tag(verb - 1) == "ADV" else verb
    subject = second.text[: second.words[at].start].strip()
    targets = [t for t in second.open_targets if t.finding.kind in KINDS and t.start < second.words[at].start]
    start = first_finite(first)
    if not targets or not _one_clause(first, start) or not _one_clause(second, verb):
        return None
    if any(first.form(i) == "Fin" for i in range(start + 1, len(first.words))):
        return None  # "a man who dives" would do what the second sentence says
    film = _film_opens(first) and _film_opens(second) and _may_be_it(first, second)
    if not (film or _same_subject(first, subject)) or not _same_tense(first, second, verb):
        return None
    return _proposal(first, second, second.words[_new_in(first, second, at)].start, targets)


def _new_in(first: Place, second: Place, at: int) -> int:
    """Return the word of `second` from which on it need be said after `first`: what both predicates begin
    with is said once where a preposition, or a noun after "is", takes it up ("is a story of love, and of
    loss").
    """
    start, same = first_finite(first), 0
    while at + same < len(second.words) and start + same < len(first.words):
        if first.fold(start + same) != second.fold(at + same):
            break
        same += 1
    prepositions = [k for k in range(at + 1, at + same + 1) if second.tag(k) == "ADP"]
    if prepositions:
        return prepositions[-1]
    return at + 1 if same and second.tag(at) == "AUX" and second.tag(at + 1) == "DET" else at


def _film_opens(place: Place) -> bool:
    """Tell whether the subject is the film, by its title or by what stands for it, and nothing else."""
    verb = first_finite(place)
    at = verb - 1 if verb > 1 and place.tag(verb - 1) == "ADV" else verb
    subject = place.text[: place.words[at].start].rstrip()
    opening = [t for t in place.targets if t.finding.evidence.get("film") and t.start == 0]
    return any(t.end == len(subject) for t in opening)


def _one_clause(place: Place, verb: int) -> bool:
    """Tell whether the sentence is one plain clause that states something."""
    if verb < 1 or not place.text.endswith(".") or re.search(r"[;:()“”\"–—]", place.text):
        return False
    more = [i for i in range(verb + 1, len(place.words)) if place.form(i) == "Fin"]
    return not any(place.fold(k) in CLAUSES for i in more for k in range(verb + 1, i))


def _same_subject(first: Place, subject: str) -> bool:
    """Tell whether the second sentence's subject is the first's, in the same words: who a pronoun after a
    name is, only the reader knows.
    """
    own = first.text[: first.words[first_finite(first)].start].strip()
    own = re.sub(r"\s+\w+ly$|\s+also$", "", own)
    return own.lower() == subject.lower() and "," not in own and " and " not in own


def _may_be_it(first: Place, second: Place) -> bool:
    """Tell whether `it` can be nothing but the film: it also does so, or what the first sentence does has
    no object that `it` might be.
    """
    if second.fold(0) != "it" or second.fold(1) == "also":
        return True
    verb = first_finite(first)
    return first.tag(verb) == "AUX" or first.tag(verb + 1) == "ADP"


def _same_tense(first: Place, second: Place, verb: int) -> bool:
    """Tell whether both verbs are present or both past, as their endings show."""
    return _present(first.fold(first_finite(first))) == _present(second.fold(verb))


def _present(verb: str) -> bool:
    return verb in {"is", "are", "has", "have", "does", "do", "can", "may", "will"} or (
        verb.endswith("s") and verb != "was"
    )


def _proposal(first: Place, second: Place, rest: int, targets: Iterable[Target]) -> Proposal | None:
    source = first.document.source
    start = first.sentence.source_span(len(first.text) - 1, len(first.text)).start
    end = second.sentence.source_span(rest, rest + 1).start
    before = source[start:end]
    gone = second.text[:rest]
    if " ".join(before.split()) != " ".join(f". {gone}".split()):
        return None
    joint = ", and " if " and " in first.text or "," in first.text else " and "
    targets = tuple(targets)
    reason = f"Both sentences are about the same: ‘{gone.strip()}’ need not be said again."
    edit = Edit("", Span(start, end), before, joint, Operation.MERGE, NAME, reason, answered(targets))
    return Proposal(edit, max(t.weight for t in targets), COST)
