"""Remakes, sequels, prequels: "a remake of X", "a sequel to X", "remade in Turkey in 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.kinds.country import adjectives, places
from service.facts.reading import FILM, NAME, OTHER, Reading
from service.films import Film, RelatedFilm

OF_WORD = {"remake": "remake_of", "sequel": "sequel_of", "prequel": "prequel_of"}
YEAR = r"(?:(?:18|19|20)\d\d)"
OF = re.compile(
    rf"{FILM} (?:is|was|serves as|being) (?:an?"
    rf"|the) (?:(?!not)[a-z-]+ ){{0,3}}?(?P<kind>remake|sequel|prequel) (?:of|to)"
    rf"(?: (?:the|an?))?(?: (?P<year>{YEAR}))?(?: [a-z-]+){{0,4}}? (?P<title>{NAME}"
    rf"|{OTHER})(?: \((?P<year2>{YEAR})\))?(?! \d|')"
)
REMADE = re.compile(
    rf"{FILM} (?:was|has been|had been|would be) (?:later |also |subsequently )?(?:remade|adapted)"
    rf"(?: (?:in|as|into) (?P<place>(?:the )?[a-z]+(?: (?!in\b)[a-z]+)?))?(?:,? in (?P<year>{YEAR}))?"
)
FOLLOWED = re.compile(
    rf"{FILM} (?:was|is|has been|had been) (?:later |never |not )?(?:followed by|spawned|had) (?:an?|the"
    rf"|its) (?:[a-z]+ )?(?P<kind>sequel|prequel|remake)"
    rf"(?:,? (?:titled |called |named |entitled )?(?P<title>{NAME}"
    rf"|{OTHER}))?(?:,? (?:released )?in (?P<year>{YEAR}))?"
)
NEXT = re.compile(
    rf"{FILM} (?:was|is) (?:later |then )?followed by (?P<title>{NAME}|{OTHER})(?: \((?P<year>{YEAR})\)"
    rf"|,? in (?P<year2>{YEAR}))?"
)
REMAKES = re.compile(rf"{FILM} (?:remakes|remade) (?P<title>{NAME}|{OTHER})(?: \((?P<year>{YEAR})\))?")
BARE = re.compile(
    rf"{FILM} (?:is|was|isn't|wasn't)(?: not)? (?:an?|the) (?:[a-z-]+ ){{0,2}}?"
    r"(?P<kind>remake|sequel|prequel)(?=[.,;]|$)"
)
RECORD = Film(
    id="e37",
    title="The Long Harbour",
    related=(
        RelatedFilm("remake_of", "Silence", 1985),
        RelatedFilm("remake", "Uzun Liman", 2019, "Turkey"),
        RelatedFilm("sequel", "Harbour Nights", 2003),
    ),
)


@dataclass(frozen=True, slots=True)
class Related:
    """What the film is a remake or sequel of, and what was made of it; lists are rarely complete."""

    name: str = "related_film"
    examples: Sequence[Example] = (
        Example("The film is a remake of Silence.", RECORD, Verdict.SUPPORTED),
        Example("The film is a remake of the 1985 film Silence.", RECORD, Verdict.SUPPORTED),
        Example("It is a remake of the 1970 film Silence.", RECORD, Verdict.CONTRADICTED, "1985"),
        Example("The film is a remake of Winter Light.", RECORD, Verdict.CONTRADICTED, "Silence"),
        Example("The film was remade in Turkey in 2019.", RECORD, Verdict.SUPPORTED),
        Example("The film was remade in Turkey in 2011.", RECORD, Verdict.CONTRADICTED, "2019"),
        Example("The film is not a remake.", RECORD, Verdict.CONTRADICTED),
        Example("The film remakes Silence.", RECORD, Verdict.SUPPORTED),
        Example("It was followed by Harbour Nights in 2003.", RECORD, Verdict.SUPPORTED),
        Example("The film was remade in India.", RECORD, Verdict.NOT_IN_METADATA),
        Example("It was followed by a sequel in 2003.", RECORD, Verdict.SUPPORTED),
        Example("The film is a sequel to Winter Light.", RECORD, Verdict.NOT_IN_METADATA),
        Example("The 2019 remake is worse than the film.", RECORD, None),
        Example("A sequel followed in 2021.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of another film's relation to this one."""
        s = reading.skeleton
        if not re.search(r"remake|remade|sequel|prequel|adapted|followed by", s) or not reading.film.related:
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film, s = reading.film, reading.skeleton
        for m in OF.finditer(s):
            stored = [r for r in film.related if r.relation == OF_WORD[m.group("kind")]]
            yield self._held(reading, m, stored, sole=m.group("kind") == "remake")
        for m in NEXT.finditer(s):
            yield self._held(
                reading, m, [r for r in film.related if r.relation in {"sequel", "series"}], sole=False
            )
        for m in REMAKES.finditer(s):
            yield self._held(reading, m, [r for r in film.related if r.relation == "remake_of"], sole=True)
        for m in BARE.finditer(s):
            stored = [r for r in film.related if r.relation == OF_WORD[m.group("kind")]]
            yield self._held(reading, m, stored, sole=False)
        for m in FOLLOWED.finditer(s):
            yield self._held(
                reading, m, [r for r in film.related if r.relation == m.group("kind")], sole=False
            )
        for m in REMADE.finditer(s):
            country = _country(m.group("place") or "")
            if m.group("place") and not country:
                continue
            made = [r for r in film.related if r.relation == "remake"]
            stored = [r for r in made if not country or _country(r.country) == country]
            if made and (stored or country):
                yield self._held(reading, m, stored, sole=bool(country))

    def _held(
        self, reading: Reading, m: re.Match[str], stored: Sequence[RelatedFilm], *, sole: bool
    ) -> Assertion:
        film, groups = reading.film, m.groupdict()
        title = reading.mention(groups["title"]).text if groups.get("title") else ""
        year = next((g for g in ("year", "year2") if groups.get(g)), None)
        named = [r for r in stored if not title or _same_title(title, r.title)]
        dated = [
            r for r in named if year is None or r.year is None or abs(r.year - int(groups[year] or 0)) <= 1
        ]
        right: bool | None = True if dated else None
        years = sorted({r.year for r in named if r.year})
        wrong_year = bool(named) and not dated and sole
        wrong_title = bool(stored) and not named and sole and bool(title)
        elsewhere = bool(title) and not named and any(_same_title(title, r.title) for r in film.related)
        if wrong_year or wrong_title or elsewhere or (not stored and "related" in film.complete):
            right = False
        negated = reading.negated(*m.span())
        verdict = verdict_on(right=right, negated=negated, hedged=reading.hedged(m.start()))
        put = None
        at = m.span()
        if verdict is Verdict.CONTRADICTED and not negated:
            if wrong_year and year is not None and len(years) == 1:
                at, put = m.span(year), str(years[0])
            elif wrong_title and len(stored) == 1:
                at, put = m.span("title"), stored[0].title
        known = [
            f"{r.relation.replace('_', ' ')} {r.title}" + (f" ({r.year})" if r.year else "")
            for r in film.related
        ]
        return Finder(self.name, reading).assertion(
            at,
            {"title": title, "year": groups[year] if year else None, "negated": negated},
            verdict,
            f"The record gives {one_of(known[:5])}{cited(film, 'related')}.",
            fields=("related",),
            covers=(m.span(),),
            put=put,
        )


def _same_title(a: str, b: str) -> bool:
    x, y = (" ".join(re.findall(r"[^\W_]+", fold(t).removeprefix("the "))) for t in (a, b))
    return x == y or x.startswith(y) or y.startswith(x) or x.endswith(y)


def _country(text: str) -> str:
    key = fold(text).removeprefix("the ").strip()
    if key in adjectives() and len(adjectives()[key]) == 1:
        return next(iter(adjectives()[key]))
    return places().get(key, "")


RELATED_FILM = Related()
