"""`name_variant`: one name or title written in two ways: hyphen, space, case, accent, transliteration,
"No 7" / "No. 7".

Names are compared by their letters joined ("yonggu"), as any common romanisation would write them
(`service.detectors.romanised`); a surname alone or a possessive is no variant. Two romanisations are one
name only where the record or most of the text's own mentions write the one, and no sentence both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import NEVER, document_frequencies, function_words, stem
from service.detectors.romanised import romanised
from service.document import Sentence, Span, Token, TokenKind
from service.films.vocabulary import TITLE_KINDS, pieces, strip_possessive

NUMBER, PUNCTUATION = TokenKind.NUMBER, TokenKind.PUNCTUATION  # an enum's own look-up is slow in a loop
SHORTEST = 5  # letters of a name whose romanisations are compared
COMMON = 15  # human reviews that hold a word, from which on it is an ordinary one ("Oscar-winning")
POSSESSIVE = re.compile(r"['’][sS]?(?= |$)")  # also of a name inside a longer one: "Ida's and Ada Berg"
HYPHENS = str.maketrans("‐‑–’‘", "---''")


class Mention(NamedTuple):
    """One place where a name stands: the form as written, its source span, whether case tells nothing, the
    atoms, and the number of the sentence.
    """

    form: str
    span: Span
    loose_case: bool
    atoms: tuple[str, ...]
    sentence: int


@dataclass(frozen=True, slots=True)
class Names:
    """What is looked for: joined letters, each with whether it is a title or a recorded name (whose case
    counts too), and all their beginnings.
    """

    keys: dict[str, bool]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, keys: dict[str, bool]) -> Names:
        """Return the names of `keys` with their beginnings."""
        return cls(keys, frozenset(k[:i] for k in keys for i in range(1, len(k) + 1)))


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a name, at the places of its rarer forms and the first of the preferred one."""
    names = Names.of(_keys(analysis))
    mentions: dict[str, list[Mention]] = {}
    for number, sentence in enumerate(analysis.sentences):
        for key, mention in _mentions(sentence.sentence, names, number, heading=sentence.heading):
            mentions.setdefault(key, []).append(mention)
    terms = [t for t in analysis.vocabulary.terms if "inferred" not in t.kind]
    recorded = {romanised(t.atoms): t.text for t in terms}
    letters = frozenset("".join(t.atoms) for t in terms)
    groups = [
        g for k, m in mentions.items() if (g := _group(m, recorded.get(k, ""), letters, cased=names.keys[k]))
    ]
    return [_finding(g) for g in _widest(groups)]


def _keys(analysis: Analysis) -> dict[str, bool]:
    """Return the joined letters of every name that can be written in more than one way."""
    keys: dict[str, bool] = {}
    for term in analysis.vocabulary.terms:
        recorded = "inferred" not in term.kind
        if len(term.atoms) > 1 and (recorded or _proper(term.text)):
            joined = romanised(term.atoms)
            keys[joined] = keys.get(joined, False) or recorded or term.kind in TITLE_KINDS
    for sentence in analysis.sentences:
        if sentence.sentence.text.isascii() and "-" not in sentence.sentence.text:
            continue
        for token in sentence.sentence.tokens:
            if token.text[0].isupper() and _compound(token) and token.kind is TokenKind.WORD:
                keys.setdefault(_letters(token.fold), False)
    return keys


def _compound(token: Token) -> bool:
    """Tell whether the token is an accented or hyphenated name."""
    if token.text.isalpha() and token.text.isascii():
        return False
    plain = token.text.translate(HYPHENS)
    return not plain.isascii() or ("-" in plain and len(token.text) > 4 and _proper(token.text))


def _proper(text: str) -> bool:
    """Tell whether no hyphen joins an ordinary word to the name ("Oscar-winning")."""
    tails = [p for word in text.translate(HYPHENS).split() for p in word.split("-")[1:]]
    return not any(t[:1].islower() and _ordinary(strip_possessive(t)) for t in tails)


def _ordinary(atom: str) -> bool:
    return atom in function_words() or document_frequencies().get(stem(atom), NEVER).human >= COMMON


@lru_cache(maxsize=65536)
def _letters(folded: str) -> str:
    """Return the joined letters of a folded token, in one spelling."""
    return romanised(pieces(folded))


def _mentions(
    sentence: Sentence, names: Names, number: int, *, heading: bool
) -> Iterator[tuple[str, Mention]]:
    """Yield every name in the sentence, also those inside longer ones."""
    tokens = sentence.tokens
    # Most words begin with a small letter of ASCII, which one comparison tells.
    others = [i for i, (_, text, _, _) in enumerate(tokens) if not "a" <= text < "{"]
    starts = [i for i in others if _may_open(tokens[i], names)]
    if not starts:
        return
    first = next(i for i, token in enumerate(tokens) if token.kind is not PUNCTUATION)
    loose = heading or sentence.text.isupper()
    for i in starts:
        for joined, end in _names_at(tokens, i, names):
            form, span = _surface(tokens[i:end])
            yield joined, Mention(form, span, loose or i == first, _atoms(tokens[i:end]), number)


def _may_open(token: Token, names: Names) -> bool:
    """Tell whether a name begins with the token, as far as its capital and its letters say."""
    _, text, folded, kind = token
    if kind is PUNCTUATION or not (text[0].isupper() or text[0].isdigit()):
        return False
    return _letters(folded) in names.beginnings


def _names_at(tokens: Sequence[Token], start: int, names: Names) -> Iterator[tuple[str, int]]:
    """Yield the joined letters and the end of every name that begins at the token `start`."""
    joined = ""
    for end in range(start + 1, len(tokens) + 1):
        _, text, folded, kind = tokens[end - 1]
        if kind is PUNCTUATION:
            if text == "." and end < len(tokens) and tokens[end].kind is NUMBER:
                continue
            return
        joined += _letters(folded)
        if joined not in names.beginnings:
            return
        if joined in names.keys:
            yield joined, end


def _atoms(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple([atom for t in tokens if t.kind is not PUNCTUATION for atom in pieces(t.fold)])


def _surface(tokens: tuple[Token, ...]) -> tuple[str, Span]:
    """Return the name as written, without a possessive ending, and where."""
    last = tokens[-1]
    cut = 2 if last.text[-2:].lower() in {"'s", "’s"} else 0
    pieces = [tokens[0].text]
    for before, token in pairwise(tokens):
        pieces += ("" if before.span.end == token.span.start else " ", token.text)
    form = "".join(pieces)
    form = (form[:-cut] if cut else form).translate(HYPHENS)
    return form, Span(tokens[0].span.start, last.span.end - cut)


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one name that has more than one form."""

    preferred: str
    forms: dict[str, int]
    odd: tuple[Span, ...]
    main: Span


def _group(mentions: list[Mention], recorded: str, letters: frozenset[str], *, cased: bool) -> Group | None:
    """Return the group, or None where all mentions agree."""
    counts = Counter(m.form for m in mentions if not m.loose_case)
    every = Counter(m.form for m in mentions)
    if len(every) < 2:
        return None
    preferred = max(
        every, key=lambda f: (f == recorded, counts[f], every[f], _care(f))
    )  # the first of equals
    first = next(m for m in mentions if m.form == preferred)
    spelt = _spelt_otherwise(mentions, first, recorded, letters)
    odd = [
        m
        for m in mentions
        if m.form != preferred and _differs(m, preferred, cased=cased) and spelt[m.form, m.atoms]
    ]
    if not odd:
        return None
    main = first.span
    forms = {preferred: every[preferred]} | {m.form: every[m.form] for m in odd}
    return Group(preferred, forms, tuple(m.span for m in odd), main)


def _care(form: str) -> int:
    """Return how many capitals and accents it has: of two forms that stand equally often the fuller wins."""
    return 0 if form.isupper() else sum(c.isupper() or not c.isascii() for c in form)


def _spelt_otherwise(
    mentions: Sequence[Mention], first: Mention, recorded: str, letters: frozenset[str]
) -> dict[tuple[str, tuple[str, ...]], bool]:
    """Return for each form, with its atoms, whether it is the same name as the first one's."""
    sentences: dict[str, list[int]] = {}
    for mention in mentions:
        sentences.setdefault("".join(mention.atoms), []).append(mention.sentence)
    forms = {(m.form, m.atoms): m for m in mentions}
    same = "".join(first.atoms)
    return {
        form: "".join(m.atoms) == same or _transliterated(m, first, sentences, recorded, letters)
        for form, m in forms.items()
    }


def _transliterated(
    odd: Mention,
    first: Mention,
    sentences: Mapping[str, Sequence[int]],
    recorded: str,
    letters: frozenset[str],
) -> bool:
    """Tell whether a name in other letters is the preferred one's other romanisation, not somebody else;
    `sentences` are those in which each name stands, by its joined atoms.
    """
    one, other = "".join(odd.atoms), "".join(first.atoms)
    if one in letters or len(one) < SHORTEST:
        return False
    own, others = sentences[one], sentences[other]
    if not set(own).isdisjoint(others):
        return False
    compound = "-" in odd.form or "-" in first.form
    if first.form == recorded or other in letters:
        return compound or _whole_words_differ(odd.atoms, first.atoms)
    return compound and len(others) >= 2 * len(own)


def _whole_words_differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether the words that differ are long enough to be compared: "Ryu", "Ryoo"; not "Li", "Lee"."""
    differing = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) > len(differing) and all(min(map(len, pair)) > 2 for pair in differing)


def _differs(mention: Mention, preferred: str, *, cased: bool) -> bool:
    form, other = (POSSESSIVE.sub("", f) for f in (mention.form, preferred))
    if form.casefold() != other.casefold():
        return True
    return cased and not mention.loose_case and form[1:] != other[1:]


def _widest(groups: Iterable[Group]) -> list[Group]:
    """Return the groups without those whose odd places all lie in another's."""
    kept: list[Group] = []
    holders: dict[
        int, list[tuple[int, Span]]
    ] = {}  # by character: the groups kept that have an odd place there
    for group in sorted(groups, key=lambda g: (-len(g.odd), -len(g.preferred))):
        if not _inside_one(group, holders):
            for span in group.odd:
                for at in range(*span):
                    holders.setdefault(at, []).append((len(kept), span))
            kept.append(group)
    return kept


def _inside_one(group: Group, holders: Mapping[int, Sequence[tuple[int, Span]]]) -> bool:
    """Tell whether each odd place of the group lies in or around one of one and the same other group."""
    shared: set[int] | None = None
    for odd in group.odd:
        here = {number for at in range(*odd) for number, span in holders.get(at, ()) if _meets(odd, span)}
        shared = here if shared is None else shared & here
        if not shared:
            return False
    return True


def _meets(one: Span, other: Span) -> bool:
    return one.contains(other) or other.contains(one)


def _finding(group: Group) -> Finding:
    others = [f for f in group.forms if f != group.preferred]
    shown = " and ".join(f"‘{f}’" for f in (group.preferred, *others[:3]))
    case_alone = all(f.casefold() == group.preferred.casefold() for f in others)
    return Finding(
        "name_variant",
        f"{shown} are one name: write ‘{group.preferred}’ throughout.",
        tuple(sorted((group.main, *group.odd))),
        Level.SHOULD if case_alone else Level.MUST,
        {"preferred": group.preferred, "forms": dict(group.forms)},
    )


EXAMPLES = (
    Example(
        "At first Min-ho is alone. Nobody writes to Min ho, and nobody visits Min-ho’s cell.",
        ("Min-ho", "Min ho"),
    ),
    Example("In Room No. 9 nobody sleeps. They call it Room No 9.", ("Room No. 9", "Room No 9")),
    Example("We meet Amélie in a café. Later Amelie leaves.", ("Amélie", "Amelie")),
    Example(
        "At first Min-woo is alone. Nobody writes to Min-woo. Nobody visits Min-wu’s cell, or so he says.",
        ("Min-woo", "Min-wu"),
    ),
    Example("We met Ida Berg and Ada Holm. I like Ida Berg’s and Ada Holm’s boats. Ida Berg’s is old."),
    Example("At first Min-woo is alone. Then Min-woo meets his cousin Min-wu. They quarrel."),
    Example("We hear of Min-woo. Nobody knows Min-wu."),
    Example("Anna Berg directs. Berg knows her trade, and Berg’s camera is patient."),
    Example("An Oscar-winning part, or at least Oscar winning in its hopes."),
)

DETECTOR = Detector("name_variant", find, EXAMPLES)
