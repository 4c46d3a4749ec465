"""Which sentences a model is asked about, within a bound on the tokens that it may write.

The bound is a share of the whole text: a rewriter that writes every sentence anew costs 100%.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.detectors import Level
from service.gates.ledger import EntryKind
from service.gates.ledger.entry import HARD
from service.writing.edit.asks import MOST_SENTENCES, ParagraphInputs, SentenceShown
from service.writing.edit.place import Place, Target
from service.writing.edit.worth import WHOLE

TOKEN = re.compile(r"\w+|[^\w\s]")  # near enough: what models count differs by a few in a hundred
SHARE = 0.32  # of the tokens of the text given, for all answers together
FRAME = 22  # tokens that the JSON around a sentence's candidates costs
QUOTES = 3  # and around each of them
TEXTS = (3, 2)  # candidates for a sentence: more where all sentences fit
KEPT = HARD | {EntryKind.NEGATION, EntryKind.QUANTIFIER, EntryKind.COMPARISON}
OPENINGS = frozenset({"repeated_opening"})  # what is wrong is that a sentence begins so, not that it says it
CONSTRUCTIONS = frozenset({"repeated_structure"})  # what is wrong is the construction, not its words
QUOTED = re.compile(r"^‘.+?’(?: \(\d+ times\))?")
SHOWN = 160  # characters of a finding's message


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The places of one paragraph, the flagged indices to ask about, and how many texts for each."""

    places: tuple[Place, ...]
    flagged: tuple[int, ...]
    texts: int

    @property
    def tokens(self) -> int:
        """Return the most tokens that the answer is expected to have."""
        return sum(price(self.places[i], self.texts) for i in self.flagged)

    def inputs(self, film: str) -> ParagraphInputs:
        """Return what the prompt is filled with: the flagged sentences and their neighbours."""
        near = sorted({k for i in self.flagged for k in (i - 1, i, i + 1) if 0 <= k < len(self.places)})
        shown = tuple(_shown(self.places[i], i + 1, flagged=i in self.flagged) for i in near)
        return ParagraphInputs(film=film, sentences=shown, texts=self.texts)


def targets(place: Place) -> tuple[Target, ...]:
    """Return the open targets that an editor must or should mend."""
    return tuple(t for t in place.open_targets if t.finding.level is not Level.MAY)


def tokens(text: str) -> int:
    """Return how many tokens a text has: its words and marks."""
    return len(TOKEN.findall(text))


def price(place: Place, texts: int) -> int:
    """Return the tokens that `texts` candidates for the sentence cost."""
    return FRAME + texts * (QUOTES + tokens(place.text))


def select(sites: Sequence[Place], tried: Collection[tuple[str, str]], budget: int) -> list[Paragraph]:
    """Return the paragraphs to ask about, in order: the flagged sentences of most weight whose answers
    fit into `budget`, in tokens. Sentences that were `tried` are not asked about again.
    """
    asked = [k for k, p in enumerate(sites) if targets(p) and key(p.text) not in tried]
    texts = next((n for n in TEXTS if sum(price(sites[k], n) for k in asked) <= budget), TEXTS[-1])
    chosen: set[int] = set()
    for k in sorted(asked, key=lambda k: (-sum(t.weight for t in targets(sites[k])), k)):
        cost = price(sites[k], texts)
        if cost <= budget:
            chosen.add(k)
            budget -= cost
    return _by_paragraph(sites, chosen, texts)


def key(text: str) -> tuple[str, str]:
    """Return what a sentence is remembered by once it was asked about or proposed."""
    return ("model", text)


def _by_paragraph(sites: Sequence[Place], chosen: Collection[int], texts: int) -> list[Paragraph]:
    groups: dict[int, list[int]] = {}
    for k, place in enumerate(sites):
        groups.setdefault(place.block.span.start, []).append(k)
    found = []
    for group in groups.values():
        flagged = tuple(i for i, k in enumerate(group) if k in chosen)[:MOST_SENTENCES]
        if flagged:
            found.append(Paragraph(tuple(sites[k] for k in group), flagged, texts))
    return found


def _shown(place: Place, number: int, *, flagged: bool) -> SentenceShown:
    if not flagged:
        return SentenceShown(number=number, text=place.text)
    mine = targets(place)
    return SentenceShown(
        number=number,
        text=place.text,
        flagged=True,
        faults=tuple(dict.fromkeys(_fault(place, t)[:SHOWN] for t in mine)),
        avoid=_stretches(place, [t for t in mine if not opens(t) and _to_avoid(place, t)]),
        begun=_stretches(place, [t for t in mine if opens(t)]),
        keep=_keep(place, [t for t in mine if not opens(t)]),
        words=len(place.words),
    )


def _to_avoid(place: Place, target: Target) -> bool:
    """Tell whether the target's very words are at fault: not their construction, nor what the whole says."""
    whole = target.end - target.start >= WHOLE * len(place.text)
    return not whole and target.finding.kind not in CONSTRUCTIONS


def _fault(place: Place, target: Target) -> str:
    """Return what is wrong, of a stock phrase in the words that stand here."""
    if target.finding.kind != "cliche":
        return target.finding.message
    return QUOTED.sub(lambda _: f"‘{place.text[target.start : target.end]}’", target.finding.message)


def opens(target: Target) -> bool:
    """Tell whether the target is only about how the sentence begins."""
    return target.finding.kind in OPENINGS


def _stretches(place: Place, mine: Sequence[Target]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.text[t.start : t.end] for t in mine))


def _keep(place: Place, mine: Sequence[Target]) -> tuple[str, ...]:
    """Return titles and names of several words whole, and what else the sentence asserts, in order;
    but not a title that stands too often and is itself to be avoided.
    """
    avoided = [(t.start, t.end) for t in mine]
    stretches = [m for m in place.masks if m not in avoided]
    stretches += [
        (e.start, e.end)
        for e in place.reading.entries
        if e.kind in KEPT and not any(a < e.end and e.start < b for a, b in (*place.masks, *avoided))
    ]
    return tuple(dict.fromkeys(place.text[a:b] for a, b in sorted(stretches)))
