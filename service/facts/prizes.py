"""How a sentence says what was won or run for: prizes, their categories, and lists of them.

The grammar is that of skeletons with names written out (`service.facts.written`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from service.document import fold
from service.facts.numbers import COUNT, read_count
from service.facts.words import lines
from service.films import Award


@lru_cache(maxsize=1)
def families() -> dict[str, str]:
    """Return the award that each folded name means, with and without a plural."""
    out: dict[str, str] = {}
    for line in lines("awards.tsv"):
        name, others = [*line.split("\t"), ""][:2]
        for n in (name, *(o for o in others.split(";") if o)):
            out[n] = out[n + "s"] = name
    return out


@lru_cache(maxsize=1)
def prize() -> str:
    """Return the pattern of the names of awards."""
    return "|".join(re.escape(n) for n in sorted(families(), key=len, reverse=True))


GOT = (
    r"(?P<verb>won|wins|win|winning|received|receiving|earned|earning|took(?: home)?"
    r"|garnered|(?:was |been )?awarded"
    r"|lost|(?:was |were |is |been |being )?nominated for|(?:up|in the running) for)"
)
CATEGORY = (
    r"(?P<category>best (?=(?:[a-z]+ )?(?:picture|film|director|direct|act|supporting|lead"
    r"|screenplay|original|adapted|cinemat"
    r"|photo|edit|score|song|music|visual|sound|costume|make|production|art|animated|foreign"
    r"|international|document|short"
    r"|feature|motion|performance|writ|new|drama|comedy|thriller|ensemble|debut))[a-z-]+(?: [a-z-]+){0,4}?)"
)
END = r"(?= ?(?:$|[.,;!()]|\b(?:at|in|for|and(?! hair)|but|from|award|oscar|prize|went|nomination)\b))"
YEAR = r"(?:(?: at| in| of)? (?:the )?(?P<year>(?:19|20)\d\d))?"


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """Return the pattern of what was won or run for."""
    p = prize()
    return re.compile(
        rf"\b{GOT} (?:(?:the|an?|its|his|her|their|a total of) )?(?:(?P<number>{COUNT}) )?(?:\w+ )?(?:"
        rf"(?P<prize>{p})(?!\w)(?P<noms> nominations?)?"
        rf"(?: for (?:the )?{CATEGORY.replace('category', 'category1')}{END})?"
        rf"|{CATEGORY}{END}(?: (?:award|oscar|prize))?(?: (?:at|from"
        rf"|in) the (?:(?P<year2>\d{{4}}) )?(?P<prize2>{p})(?!\w))?"
        rf"|{CATEGORY.replace('category', 'category2')} (?P<prize3>{p})(?!\w)){YEAR}"
    )


@lru_cache(maxsize=1)
def epithet() -> re.Pattern[str]:
    """Return the pattern of "is an Oscar-winning film" and "the Oscar-nominated thriller"."""
    return re.compile(
        rf"(?:⟦f\d+⟧(?: \(\d{{4}}\))? (?:is|was)(?: not)? (?:an?|the) (?:[a-z0-9]+ ){{0,3}}?|^(?:the|this) )"
        rf"(?P<verb>)(?P<prize>{prize()})[- ](?P<how>winning|nominated) (?:[a-z-]+ ){{0,4}}?{FILM_NOUN}\b"
    )


FILM_NOUN = r"(?:film|movie|picture|drama|comedy|thriller|documentary|western|musical|feature|epic|biopic)"


@dataclass(frozen=True, slots=True)
class Prize:
    """What a sentence says was won or run for; `award` and `category` are empty where unsaid."""

    award: str
    category: str
    year: int | None
    won: bool
    lost: bool

    def is_of(self, a: Award) -> bool:
        """Tell whether the recorded award is of the award and category said."""
        return (not self.award or family(a.name) == self.award) and (
            not self.category or same_category(self.category, a.category)
        )

    def is_part_of(self, a: Award) -> bool:
        """Tell whether the recorded award is of the award said, its category of the words said and more."""
        return (not self.award or family(a.name) == self.award) and _words(self.category) < _words(a.category)


def family(name: str) -> str:
    """Return the award that a recorded name means."""
    key = fold(name)
    found = [n for n in families() if re.search(rf"\b{re.escape(n)}\b", key)]
    return families()[max(found, key=len)] if found else key


def same_category(said: str, stored: str) -> bool:
    """Tell whether two names mean one category: Best Picture, Best Motion Picture."""
    return bool(_words(said)) and _words(said) == _words(stored)


def _words(category: str) -> set[str]:
    return set(re.findall(r"[a-z]+", fold(category))) - EMPTY


EMPTY = frozenset(
    {
        "best",
        "award",
        "awards",
        "the",
        "in",
        "a",
        "of",
        "for",
        "motion",
        "feature",
        "role",
        "performance",
        "by",
        "an",
    }
)


# One of a list after the first, "… and Best Actor": its words are only those of categories, for no verb
# of its own says where it ends.
_WORD = (
    r"(?:picture|film|direct(?:or|ing|ion)|act(?:or|ress|ing)|supporting|leading|lead|role|performance|screenplay"
    r"|writing|original|adapted|story|cinematography|photography|edit(?:ing|or)|score|song|music|musical|comedy"
    r"|drama|visual|special|effects|sound|mixing|costumes?|design|make-?up(?: and hair(?:styling)?)?"
    r"|production|art|animated|foreign|international|language|british|documentary|short|subject|feature|motion|ensemble"
    r"|casting|stunt|new|newcomer|debut|thriller|male|female|young|first)"
)
_LISTED = rf"best {_WORD}(?:[ -](?:in an? |by an? |of an? |or )?{_WORD}){{0,6}}"
_SHORT = (  # "Best Picture, Director and Actor"
    r"(?:(?:supporting |leading )?act(?:or|ress)|picture|film|director|(?:original |adapted )?screenplay"
    r"|cinematography|(?:original )?(?:score|song)|(?:film )?editing|(?:costume|production) design"
    r"|art direction|visual effects|sound)"
)
_FOR_WHOM = (  # Best Director for her, the Palme d'Or in Cannes, Best Actor (Marc Oduya)
    r"(?: \([^()]*\))?(?: (?:at|in|for|to) (?:(?!\b(?:and|who|which|but|best)\b)[^,:;.()]){1,40}?)?"
)
_JOINT = (
    r"(?:(?P<parts>:|,? \((?=best)|,? (?:including|namely|among them)|,(?= for))"
    r"|,? (?:and|as well as|along with|plus|&)(?: also)?|,)"
)


@lru_cache(maxsize=1)
def joined() -> re.Pattern[str]:
    """Return the pattern of a further prize or category in a list, from the end of the one before."""
    p = prize()
    return re.compile(
        rf"{_FOR_WHOM}{_JOINT} ?(?:for )?(?P<det>(?:the|an?|its|his|her|their) )?(?:(?P<number>{COUNT}) )?(?:"
        rf"(?P<prize>{p})(?!\w)(?P<noms> nominations?)?"
        rf"(?: for (?:the )?(?P<category1>{_LISTED})|(?! for (?:the )?best)){END}"
        rf"|(?P<category>{_LISTED}|(?P<short>{_SHORT})){END}(?: (?:award|oscar|prize)s?)?"
        rf"(?: (?:at|from|in) the (?:(?P<year2>\d{{4}}) )?(?P<prize2>{p})(?!\w))?){YEAR}"
        r"(?! (?:went|goes|was|were|is)\b)"
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """A prize as stated: at `[start, end)` of the text, its year's range, and how many of it.

    `elided` where a category leaves out words of the one before it (Best Supporting Actor and Actress).
    """

    prize: Prize
    start: int
    end: int
    number: str = ""
    year_at: tuple[int, int] | None = None
    elided: bool = False


def stated(text: str) -> Iterator[tuple[Stated, ...]]:
    """Yield what each verb of winning or running for governs: a prize, or a list of them in order."""
    for m in pattern().finditer(text):
        out = [_first(m)]
        while (j := joined().match(text, out[-1].end)) is not None:
            if j.group("short") and not out[-1].prize.category:
                break
            if j.group("noms") and not j.group("det") and not out[-1].prize.category:
                # Oscar and BAFTA nominations
                out = [replace(s, prize=replace(s.prize, won=False)) for s in out]
            out.append(_next(j, out, runs=m.group("verb").endswith("for")))
        yield tuple(_shared(_number_apart(m, out)))


def _first(m: re.Match[str]) -> Stated:
    named = next((m.group(g) for g in ("prize", "prize2", "prize3") if m.group(g)), "")
    category = next((m.group(g) for g in ("category", "category1", "category2") if m.group(g)), "")
    runs = bool(m.group("noms")) or m.group("verb").endswith("for")
    said = Prize(families().get(named, ""), category.strip(), _year(m), not runs, m.group("verb") == "lost")
    return Stated(said, m.start(), m.end(), m.group("number") or "", _year_at(m))


def _next(m: re.Match[str], before: list[Stated], *, runs: bool) -> Stated:
    """Return the prize that a list goes on with: a category is of the prize before it, if that had one."""
    first, last = before[0].prize, before[-1].prize
    named = m.group("prize") or m.group("prize2")
    award = families()[named] if named else last.award if m.group("parts") or last.category else ""
    won = last.won if not m.group("prize") else not m.group("noms") and not runs
    category = (m.group("category1") or m.group("category") or "").strip()
    start = next(m.start(g) for g in ("number", "prize", "category") if m.group(g))
    said = Prize(award, category, _year(m), won, first.lost)
    return Stated(said, start, m.end(), m.group("number") or "", _year_at(m), bool(m.group("short")))


def _number_apart(m: re.Match[str], out: list[Stated]) -> list[Stated]:
    """Return the list with its first number told of the prize, not of one category ("four Oscars, including
    Best Picture"); without it where it only counts the categories listed: they may not be all.
    """
    first = out[0]
    count = re.fullmatch(COUNT, first.number.strip())
    if len(out) == 1 or count is None:
        return out
    listed = list(takewhile(lambda s: s.prize.category and s.prize.award == first.prize.award, out[1:]))
    if read_count(count).low == len(listed) + bool(first.prize.category):
        return [replace(first, number=""), *out[1:]]
    if not m.group("category1"):
        return out
    counted = replace(
        first, prize=replace(first.prize, category=""), end=m.end("noms" if m.group("noms") else "prize")
    )
    return [counted, replace(first, number="", start=m.start("category1")), *out[1:]]


def _shared(out: list[Stated]) -> Iterator[Stated]:
    """Yield the list with the prize that only its last category names given to the categories before it."""
    last = out[-1].prize
    for s in out:
        bare = s.prize.category and not s.prize.award and last.category
        yield replace(s, prize=replace(s.prize, award=last.award)) if bare else s


def _year(m: re.Match[str]) -> int | None:
    at = _year_at(m)
    return int(m.string[at[0] : at[1]]) if at is not None else None


def _year_at(m: re.Match[str]) -> tuple[int, int] | None:
    return next((m.span(g) for g in ("year", "year2") if m.group(g)), None)
