"""Matching of people's names: whether two spellings mean one person, and how sure that is.

Graded, because the grades are treated differently: a variant may stand, a misspelling is
corrected, another person is a contradiction, and what cannot be told is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from service.document import fold
from service.films.nicknames import split_nicknames


class Likeness(StrEnum):
    """How an asserted name stands to a known one."""

    SAME = "same"
    VARIANT = "variant"
    MISSPELT = "misspelt"
    UNCLEAR = "unclear"
    DIFFERENT = "different"


OF_ONE_PERSON = frozenset({Likeness.SAME, Likeness.VARIANT, Likeness.MISSPELT})
RANK = {k: i for i, k in enumerate(Likeness)}
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior", "phd", "md", "esq"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})
PARTICLES = frozenset(
    {
        "al",
        "ap",
        "bin",
        "bint",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
    }
    | {"ibn", "la", "le", "les", "los", "of", "ten", "ter", "the", "v", "van", "von", "y", "zu"}
)
WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def _lines(name: str) -> list[list[str]]:
    text = files("service.films").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for i, line in enumerate(_lines("nicknames.txt")):
        for name in line:
            groups.setdefault(name, set()).add(i)
    return {name: frozenset(ids) for name, ids in groups.items()}


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the folded given names that are real ones, short forms among them."""
    return frozenset(n for line in _lines("given_names.txt") for n in line) | frozenset(_nicknames())


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: folded `words` without suffix, honorific and quoted nickname, the
    `suffix`, `key`, the words run together, and the words of each of its `nicknames`.
    """

    text: str
    words: tuple[str, ...]
    suffix: str
    key: str
    nicknames: tuple[tuple[str, ...], ...] = ()

    @property
    def surname(self) -> str:
        """Return the last word, with the particles before it run together (`depalma`)."""
        start = len(self.words) - 1
        while start > 1 and self.words[start - 1] in PARTICLES:
            start -= 1
        return "".join(self.words[start:])

    @property
    def given(self) -> tuple[str, ...]:
        """Return the words before the surname and its particles."""
        end = len(self.words) - 1
        while end > 1 and self.words[end - 1] in PARTICLES:
            end -= 1
        return self.words[:end]


@lru_cache(maxsize=200_000)
def read_name(text: str) -> Name:
    """Return `text` taken apart; `J.J. Abrams` and `J. J. Abrams` have the same words."""
    return _taken_apart(text)


def _taken_apart(text: str) -> Name:
    plain, nicknames = split_nicknames(text)
    words = _words(plain)
    while len(words) > 1 and words[0] in HONORIFICS:
        del words[0]
    suffix = ""
    while len(words) > 1 and words[-1] in SUFFIXES:
        suffix = {"junior": "jr", "senior": "sr"}.get(words[-1], words[-1])
        del words[-1]
    return Name(text, tuple(words), suffix, "".join(words), tuple(_bare(_words(n)) for n in nicknames))


def _words(text: str) -> list[str]:
    return [w.replace("'", "") for w in WORDS.findall(fold(text).replace("-", " "))]


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a nickname without its article: The Rock."""
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=100_000)
def compare(asserted: str, known: str) -> Likeness:
    """Return how `asserted` stands to the name `known`, by their spelling alone."""
    if asserted == known:
        return Likeness.SAME
    a, k = read_name(asserted), read_name(known)
    if not a.words or not k.words:
        return Likeness.UNCLEAR
    if a.suffix and k.suffix and a.suffix != k.suffix:
        return Likeness.DIFFERENT
    if a.key == k.key or _by_nickname(a, k) or _by_nickname(k, a) or _is_variant(a, k):
        return Likeness.VARIANT
    if len(a.words) == 1:
        return _compare_single(a, k)
    return _compare_spelling(a, k)


def _is_variant(a: Name, k: Name) -> bool:
    if len(a.words) == 1:
        return a.words[0] in (k.surname, k.words[-1], *_family_first(k))
    if len(k.words) == 1:
        return False
    if a.key == k.surname:
        return True  # De Palma
    if sorted(a.words) == sorted(k.words):
        return True
    if _reordered(a, k) or _contained(a, k) or _contained(k, a):
        return True
    return a.surname == k.surname and _given_agree(a.given, k.given)


def _by_nickname(a: Name, k: Name) -> bool:
    """Tell whether `a` is a nickname of `k`, alone or before the surname (Red, Red Redding)."""
    if not k.nicknames:
        return False
    said = _bare(a.words)
    if said in k.nicknames:
        return True
    if len(k.words) < 2 or a.surname != k.surname:
        return False
    given = _bare(a.given)
    return any(
        given[-len(n) :] == n and (given == n or _given_agree(given[: -len(n)], k.given))
        for n in k.nicknames
        if n
    )


def _family_first(k: Name) -> tuple[str, ...]:
    """Return the first word too where the given name is hyphenated (`Bong Joon-ho`)."""
    return (k.words[0],) if "-" in k.text and len(k.words) == 3 and "-" not in k.text.split()[0] else ()


def _reordered(a: Name, k: Name) -> bool:
    """Tell whether moving the first word to the end, or back, makes the names one (Yun-fat Chow)."""
    if len(a.key) != len(k.key):
        return False
    turned = {"".join(k.words[i:] + k.words[:i]) for i in range(1, len(k.words))}
    return a.key in turned


def _contained(short: Name, long: Name) -> bool:
    """Tell whether `short` is `long` with a middle or a married name left out; the first words must
    agree, and two words at least.
    """
    if not 2 <= len(short.words) < len(long.words) or short.words[0] != long.words[0]:
        return False
    rest = iter(long.words)
    return all(w in rest for w in short.words) and len(short.words[-1]) > 1


def _given_agree(a: tuple[str, ...], k: tuple[str, ...]) -> bool:
    """Tell whether given names agree: initials, short forms, middle names left out or shortened."""
    if not a or not k:
        return False
    if _initials_agree(a, k) or _initials_agree(k, a):
        return True
    return _given_alike(a[0], k[0]) and _middles_agree(a[1:], k[1:])


def _initials_agree(a: tuple[str, ...], k: tuple[str, ...]) -> bool:
    """Tell whether `a` is all initials of `k` (J.J. for Jeffrey Jacob, J. for John)."""
    letters = "".join(a) if all(len(w) == 1 for w in a) else ""
    return bool(letters) and "".join(w[0] for w in k).startswith(letters)


def _given_alike(a: str, k: str) -> bool:
    if a == k:
        return True
    if len(a) == 1 or len(k) == 1:
        return a[0] == k[0]
    if _heard_alike(a, k):
        return False  # Philip for Phillip is a slip, whichever of the two is a name
    groups = _nicknames()
    if groups.get(a, frozenset()) & groups.get(k, frozenset()):
        return True
    short, long = sorted((a, k), key=len)
    if len(long) - len(short) == 1 and short not in given_names():
        return False  # Raphaell for Raphaelle has lost a letter
    return len(short) >= 3 and long.startswith(short) and long not in given_names()


def _middles_agree(a: tuple[str, ...], k: tuple[str, ...]) -> bool:
    if not a or not k:
        return True
    short, long = sorted((a, k), key=len)
    at = 0
    for w in short:
        while at < len(long) and not (
            long[at] == w or (1 in (len(w), len(long[at])) and long[at][0] == w[0])
        ):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _compare_single(a: Name, k: Name) -> Likeness:
    word = a.words[0]
    if len(k.words) > 1 and word == k.words[0]:
        return Likeness.UNCLEAR
    if len(word) >= 5 and _slip(word, k.words[-1]):
        return Likeness.MISSPELT
    return Likeness.UNCLEAR if len(k.words) > 1 else _compare_spelling(a, k)


def _compare_spelling(a: Name, k: Name) -> Likeness:
    if len(a.words) == len(k.words):
        differing = [(x, y) for x, y in zip(a.words, k.words, strict=True) if x != y]
        if len(differing) == 1:
            return _one_word_differs(*differing[0], is_given=a.words[-1] == k.words[-1])
    if a.surname == k.surname and len(a.given) != len(k.given) and a.given and k.given:
        alike = _slip(a.given[0], k.given[0]) and not _both_given(a.given[0], k.given[0])
        return Likeness.MISSPELT if alike and _middles_agree(a.given[1:], k.given[1:]) else Likeness.DIFFERENT
    if a.given and k.given and _given_agree(a.given, k.given) and _slip(a.surname, k.surname):
        return Likeness.MISSPELT
    distance = OSA.distance(a.key, k.key, score_cutoff=3)
    if distance <= (2 if min(len(a.key), len(k.key)) >= 10 else 1):
        return Likeness.MISSPELT
    return Likeness.DIFFERENT


def _both_given(a: str, k: str) -> bool:
    """Tell whether both are real given names of their own, so that one is no slip of the other."""
    names = given_names()
    return a in names and k in names and not _heard_alike(a, k) and sorted(a) != sorted(k)


def _heard_alike(a: str, k: str) -> bool:
    """Tell whether two folded words sound the same, silent letters aside (Jon, John)."""
    return sound(a) == sound(k) or a.replace("h", "") == k.replace("h", "")


def _one_word_differs(a: str, k: str, *, is_given: bool) -> Likeness:
    if is_given and _both_given(a, k):
        return Likeness.DIFFERENT
    return Likeness.MISSPELT if _slip(a, k) else Likeness.DIFFERENT


def _slip(a: str, k: str) -> bool:
    """Tell whether `a` can be a slip of the pen or of the ear for `k`."""
    shorter = min(len(a), len(k))
    if shorter < 3:
        return False
    distance = OSA.distance(a, k, score_cutoff=2)
    if distance <= 1:
        return True
    if sound(a) == sound(k) and a[0] == k[0]:
        return True
    if distance == 2 and (shorter >= 8 or (shorter >= 6 and a[0] == k[0] and a[-1] == k[-1])):
        return True
    return shorter >= 5 and len(a) == len(k) and a[0] == k[0] and sorted(a) == sorted(k)


SOUNDS = (
    (re.compile(r"^(?:mac|mc)(?=[a-z]{3})"), "mk"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"kw|qu"), "k"),
    (re.compile(r"(?<=[a-z])ew(?=a)"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"sch|sh|tsch|tch|ch"), "x"),
    (re.compile(r"ck|q|c(?![eiy])"), "k"),
    (re.compile(r"c"), "s"),
    (re.compile(r"th|dt|d(?=$)"), "t"),
    (re.compile(r"gh|(?<=[^aeiou])h"), ""),
    (re.compile(r"z"), "s"),
    (re.compile(r"w|v"), "v"),
    (re.compile(r"[aeiouyj]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a rough key of how a folded word sounds: Erik = Eric, Philip = Phillip, Stalone = Stallone."""
    out = word
    for pattern, instead in SOUNDS:
        out = pattern.sub(instead, out)
    return out


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The known name that an asserted one comes nearest to, and how near."""

    likeness: Likeness
    known: str = ""

    @property
    def is_person(self) -> bool:
        """Tell whether the asserted name means the known person, misspelt or not."""
        return self.likeness in OF_ONE_PERSON


NO_MATCH = NameMatch(Likeness.DIFFERENT)


def nearest(asserted: str, names: Iterable[str], people: People | None = None) -> NameMatch:
    """Return the nearest of `names`. Where `people` knows the asserted name as somebody's own and it
    sounds otherwise, it is no misspelling: that somebody is meant. (One that sounds the same may be
    the same person as another source spells the name.)
    """
    best = NO_MATCH
    for known in names:
        likeness = compare(asserted, known)
        if RANK[likeness] < RANK[best.likeness]:
            best = NameMatch(likeness, known)
            if likeness is Likeness.SAME:
                return best
    if best.likeness is Likeness.MISSPELT and people is not None and people.knows(asserted):
        return best if _sounds(asserted) == _sounds(best.known) else NO_MATCH
    return best


def part_meant(said: str, known: str) -> str:
    """Return the word of the name `known` that a single word means; the whole name for more than one.

    >>> part_meant("Lindkvist", "Ana Lindqvist"), part_meant("Ana Lindkvist", "Ana Lindqvist")
    ('Lindqvist', 'Ana Lindqvist')
    """
    if " " in said.strip():
        return known
    return min(known.split(), key=lambda w: OSA.distance(fold(w), fold(said)))


def _sounds(name: str) -> tuple[str, ...]:
    return tuple(sound(w) for w in read_name(name).words)


class People:
    """The people known from all stored films, to tell a misspelling from another person's name."""

    __slots__ = ("_keys",)

    def __init__(self, names: Iterable[str]) -> None:
        # Not by `read_name`: names met once each would fill its cache.
        self._keys = frozenset(" ".join(_taken_apart(n).words) for n in names)

    def knows(self, name: str) -> bool:
        """Tell whether somebody goes by that very name, case and accents aside."""
        return " ".join(read_name(name).words) in self._keys

    def __len__(self) -> int:
        return len(self._keys)
