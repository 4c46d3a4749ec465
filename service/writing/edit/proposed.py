"""A model's answer as contests: each text an edit of its sentences; what has no form is declined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.document import Edit, Operation, Span
from service.gates import Decision
from service.gates.ledger.entry import HARD
from service.gates.ledger.reading import read
from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function
from service.writing.edit.asks import MOST_JOINED, Rewrite, Rewrites
from service.writing.edit.place import Candidate, Place, Proposal, Target, answered, shown_masked
from service.writing.edit.reference import depends_on
from service.writing.edit.rewrite import as_edit
from service.writing.edit.rounds import Contest
from service.writing.edit.selection import Paragraph, opens, targets
from service.writing.edit.soundness import objection
from service.writing.edit.worth import WHOLE, cost, gain

MARKUP = frozenset("<>[]{}*_`#|\\^~")
ADDRESS = re.compile(r"https?:|www\.|@\w", re.IGNORECASE)
LONGER = 1.25  # times the words of what it replaces, and 4 more
STRANGE = 0.2  # cost of a word that the sentences did not have: of two good texts, the closer one
REMAINS = 0.5  # of a sentence's own words: a rewrite that keeps more is the same sentence


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an answer comes to: contests, edits declined before any gate, and answers about nothing."""

    contests: tuple[Contest, ...]
    declined: tuple[tuple[Edit, Decision], ...]
    astray: tuple[str, ...]


def proposed(paragraph: Paragraph, answer: Rewrites, origin: str) -> Proposed:
    """Return the answer's texts as contests, one for each run of sentences that they compete for."""
    declined: list[tuple[Edit, Decision]] = []
    astray: list[str] = []
    runs: dict[tuple[int, int], list[Proposal]] = {}
    for rewrite in answer.rewrites:
        places = _places(paragraph, rewrite)
        if not places:
            astray.append(f"it wrote sentences {rewrite.first} to {rewrite.last}, which were not asked for")
            continue
        for text in dict.fromkeys(" ".join(t.split(" ")).strip() for t in rewrite.texts):
            if text == _text(places):
                continue
            proposal, why = _judged(places, text, origin)
            if why:
                declined.append((proposal.edit, why))
            else:
                runs.setdefault((rewrite.first, rewrite.last), []).append(proposal)
    contests = tuple(
        Contest(tuple(sorted(found, key=_rank)), (paragraph.places[0].block,))
        for found in _competing(runs).values()
    )
    return Proposed(contests, tuple(declined), tuple(astray))


def _rank(proposal: Proposal) -> tuple[float, int, str]:
    return (-round(proposal.worth, 6), len(proposal.edit.after), proposal.edit.after)


def _competing(runs: dict[tuple[int, int], list[Proposal]]) -> dict[int, list[Proposal]]:
    """Return the proposals of runs that share a sentence together, by the first sentence."""
    groups: dict[int, list[Proposal]] = {}
    first = end = -1
    for (start, last), found in sorted(runs.items()):
        if start > end:
            first = start
        groups.setdefault(first, []).extend(found)
        end = max(end, last)
    return groups


def _places(paragraph: Paragraph, rewrite: Rewrite) -> tuple[Place, ...]:
    first, last = rewrite.first - 1, rewrite.last - 1
    if not first <= last < len(paragraph.places) or last - first >= MOST_JOINED:
        return ()
    if not any(first <= i <= last for i in paragraph.flagged):
        return ()
    return paragraph.places[first : last + 1]


def _text(places: Sequence[Place]) -> str:
    return " ".join(p.text for p in places)


def _judged(places: Sequence[Place], text: str, origin: str) -> tuple[Proposal, Decision | None]:
    """Return the proposal, and why it is declined before any gate, if it is."""
    mended = tuple(t for p in places for t in _mended(p, text))
    operation = Operation.MERGE if len(places) > 1 else Operation.REWRITE
    candidate = Candidate(
        text,
        operation if text else Operation.CUT_SENTENCE,
        origin,
        _reason(places, text, mended),
        answers=answered(mended),
    )
    gained = sum(t.weight for t in mended)
    lost = STRANGE * _strangers(places, text) if text else cost(places[0], candidate)
    edit = _edit(places, candidate)
    why = _form(places, text)
    if not why and (edit is None or (len(places) > 1 and not _plain(places))):
        why = "markup or the section stands in the way of it"
    if why:
        return Proposal(edit or _plainly(places, candidate), gained, lost), Decision(
            "form", accepted=False, reason=why
        )
    assert edit is not None
    proposal = Proposal(edit, gained, lost)
    if foreign := _foreign(places, text):
        why = f"{foreign!r} does not stand in what it replaces"
        return proposal, Decision("fact_invented", accepted=False, reason=why)
    if not mended:
        return proposal, Decision("worth", accepted=False, reason="what was flagged still stands in it")
    if not text and proposal.worth <= 0:
        return proposal, Decision(
            "worth", accepted=False, reason="the sentence says more than its flaws weigh"
        )
    return proposal, None


def _form(places: Sequence[Place], text: str) -> str:
    """Return why a text cannot stand as a sentence; an empty string where it can."""
    old = _text(places)
    strange = sorted((MARKUP & set(text)) - set(old))
    if strange:
        return f"it brings markup: {strange[0]}"
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in text):
        return "it brings a line break or a control character"
    if ADDRESS.search(text) and not ADDRESS.search(old):
        return "it brings an address"
    if places[0].index == 0 and text and depends_on(text, "") and not depends_on(places[0].text, ""):
        return "it opens the paragraph with a word that points back, and nothing stands before it"
    words, most = len(split_words(text)), int(LONGER * len(split_words(old))) + 4
    if words > most:
        return f"it has {words} words where at most {most} may stand"
    names = [n for p in places for n in p.masked_texts]
    return objection(shown_masked(old, names), shown_masked(text, names), written=True)


def _strangers(places: Sequence[Place], text: str) -> int:
    stems = {w.stem for p in places for w in p.words}
    return sum(w.stem not in stems and not is_function(w.fold) for w in split_words(text))


def _foreign(places: Sequence[Place], text: str) -> str:
    """Return a name, number, date or quotation that the sentences do not hold; an empty string where
    there is none. The gates would let one of the record pass, but a rewrite has no need of it, and a
    true name in another's place is the worst of inventions.
    """
    keys = {e.key for p in places for e in p.reading.entries}
    words = {w.fold for p in places for w in p.words}
    words |= {w.fold for title in places[0].titles for w in split_words(title)}
    return next(
        (
            e.text
            for e in read(text, places[0].known).entries
            if e.kind in HARD and e.key not in keys and not {w.fold for w in split_words(e.text)} <= words
        ),
        "",
    )


def _mended(place: Place, text: str) -> tuple[Target, ...]:
    """Return the targets that the text does away with. One that covers the sentence is mended by
    another sentence, not by the same with a word changed; one about its beginning, by another beginning.
    """
    _, plainly = gain(place, Candidate(text, Operation.REWRITE, "", ""))
    own = {w.stem for w in place.words if not is_function(w.fold)}
    kept = own & {w.stem for w in split_words(text)}
    anew = len(kept) <= REMAINS * len(own)
    return tuple(
        t
        for t in targets(place)
        if (not _begins(place, t, text) if opens(t) else t in plainly or (anew and _whole(place, t)))
    )


def _begins(place: Place, target: Target, text: str) -> bool:
    opening = [w.fold for w in place.words if target.start <= w.start and w.end <= target.end]
    return [w.fold for w in split_words(text)[: len(opening)]] == opening


def _whole(place: Place, target: Target) -> bool:
    words = sum(target.start <= w.start and w.end <= target.end for w in place.words)
    return words >= WHOLE * len(place.words)


def _edit(places: Sequence[Place], candidate: Candidate) -> Edit | None:
    if len(places) == 1:
        return as_edit(places[0], candidate)
    return _plainly(places, candidate)


def _plainly(places: Sequence[Place], candidate: Candidate) -> Edit:
    source = places[0].document.source
    span = Span(places[0].sentence.span.start, places[-1].sentence.span.end)
    return Edit("", span, span.of(source), candidate.text, candidate.operation, candidate.origin,
        candidate.reason, candidate.answers)  # fmt: skip


def _plain(places: Sequence[Place]) -> bool:
    """Tell whether no markup stands in the sentences' source."""
    source = places[0].document.source
    return all(p.sentence.span.of(source) == p.text for p in places)


def _reason(places: Sequence[Place], text: str, mended: Iterable[Target]) -> str:
    flagged = {id(t): p for p in places for t in p.open_targets}
    phrases = [
        f"“{flagged[id(t)].text[t.start : t.end]}”"
        for t in mended
        if not _whole(flagged[id(t)], t) and not opens(t)
    ]
    without = f" without {', '.join(dict.fromkeys(phrases))}" if phrases else ""
    without += ", with another beginning" if any(opens(t) for t in mended) else ""
    if not text:
        return "Cut: what it says is flagged, and nothing is lost with it."
    if len(places) > 1:
        return f"Said in one sentence{without}."
    return f"Said in other words{without}."


def numbered(edit: Edit, number: int) -> Edit:
    """Return the edit with an id of its own among those declined."""
    return replace(edit, id=f"d{number}")
