"""The year that a sentence gives for the film: "a 1999 film", "released in 1999", "on May 3, 1999"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.kinds.country import shown_elsewhere
from service.facts.reading import FILM, TAG, Reading
from service.films import Film, Release

YEAR = r"(?P<year>(?:18|19|20)\d\d)"
DAY = (
    r"(?:the year )?(?:\d{1,2}(?:st|nd|rd|th)? [a-z]+ |(?:early |late "
    r"|mid-?)?[a-z]+ (?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:of )?|[a-z]+, )?"
)
KIND = r"(?:theatrical|initial|original|first|worldwide|cinema|general|wide|domestic)"
MONTHLY = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}, "
)
OF_FILM = re.compile(
    rf"{FILM},?(?: \({YEAR}\)| (?:is|was) an? (?:[a-z]+(?:an|ish|ese"
    rf"|ch) )?{YEAR.replace('year', 'year2')} )"
)
GAP = (
    r"(?:(?!⟦f|⟦o|⟦n\d+⟧'s|\b(?:sequels?|prequels?|remakes?|followed|novel|books?|album"
    r"|soundtrack|single|version|song"
    r"|compared|tells|follows|about|on was|on is|(?:same|like) (?!name|title)|unlike|than|story|life"
    r"|reminds?|(?:woman|man|girl|boy"
    r"|person|prisoner|made) (?:who|[a-z]+ed))\b).)*?"
)
RELEASED = re.compile(
    rf"{FILM}(?!'s? (?:sequel|remake|soundtrack|star|director))"
    + GAP
    + r"(?<!re-)\b(?:released(?! from)|premiered|debuted|opened(?! in \d{4},? (?:when|as|with"
    r"|during|on))|came out"
    r"|(?:(?<=was )|(?<=⟧ )|(?<=, )|(?<=and )|(?<=film ))(?:made|produced)(?= (?:in|by))"
    r"|aired|hit (?:theat\w+|cinemas|screens)"
    r"|(?:came|arrived) (?:to|in|on) (?:theat\w+|cinemas|screens|the big screen))"
    r"(?:(?!⟦o|\b(?:film|after|before|when|where|until|once|since|based|remade|same|followed"
    r"|works|voted|and was|and in)\b"
    r"|\bin \d{4} and\b).){0,60}?"
    rf"(?:\b(?:in|on|of) {DAY}|(?<= ){MONTHLY}){YEAR}\b(?!s)"
)
ACTIVE = re.compile(
    rf"\breleased {FILM}(?!') (?:(?!⟦f|⟦o|\b(?:and|before|after)\b).){{0,50}}?\b(?:in"
    rf"|on) {DAY}{YEAR}\b(?!s)"
    rf"|{FILM} (?:had|has|received|saw|got) (?:its|⟦f\d+⟧"
    rf"|an?) (?:[a-z]+ )?(?:{KIND} )?(?:release|premiere|debut)"
    rf"(?:(?!⟦f|⟦o|\b(?:and|before|after)\b).){{0,40}}?\b(?:in"
    rf"|on) {DAY}{YEAR.replace('year', 'year2')}\b(?!s)"
)
ITS_RELEASE = re.compile(
    rf"{FILM}(?:'s)? (?:{KIND} )?(?:release|premiere|debut)(?: (?:date|year))?(?: (?:is|was))?"
    rf"(?: back)?(?: (?:in|on|of))? {DAY}{YEAR}\b(?!s)"
    rf"|\brelease (?:year|date) (?:of|for) {FILM} (?:is|was):? {DAY}{YEAR.replace('year', 'year3')}\b"
    rf"|{FILM}(?:'s)? {YEAR.replace('year', 'year2')} (?:{KIND} )?(?:release|premiere|debut)\b"
)
FRONTED = re.compile(
    r"^(?:[a-z-]+(?:ed|en|ot|ade|et) (?:(?!⟦f|⟦o|\. |;).){0,90}?,? and )?(?:(?:first|originally|initially) )?"
    r"(?:released|premiered|premiering|debuting|opening|arriving|made|produced)(?: theatrically)?"
    r"(?: (?:at|in) (?:the )?(?:[a-z]+ )?(?:⟦n\d+⟧|cinemas|theaters|theatres)(?: film festival| festival)?)?"
    r" (?:back )?(?:in|on) "
    rf"{DAY}{YEAR}(?: (?!after|before|when)(?:(?!⟦f|⟦o|\. |[,;]).){{1,60}})?, "
    rf"(?:[a-z]+ ){{0,2}}?{FILM}(?!')"
)
WHEN = re.compile(
    rf"\b(?:in|on) {DAY}{YEAR},? when {FILM} (?:was |had |has )?(?:first |originally )?(?:been )?"
    r"(?:released|premiered|debuted|came out|opened|hit (?:theat\w+|cinemas|screens|the screens?))\b"
)
DATED = re.compile(
    rf"{FILM} (?:is|was|dates|hails|comes)(?: back)? (?:from|to) {YEAR}\b(?!s)|{FILM}, (?:an?"
    rf"|the|this) {YEAR.replace('year', 'year2')} (?:[a-z-]+ ){{0,4}}?(?:film|movie|feature"
    rf"|documentary|drama|comedy|thriller)\b"
    rf"|(?:^|, )this {YEAR.replace('year', 'year3')} (?:[a-z-]+ ){{0,3}}?(?:film|movie"
    rf"|feature|documentary)\b"
)
DIGITS = re.compile(r"(?:18|19|20)\d\d")
PATTERNS = (OF_FILM, RELEASED, ACTIVE, ITS_RELEASE, FRONTED, WHEN, DATED)
LATER = re.compile(
    r"\b(?:dvd|video|blu-ray|streaming|limited|wide|re-releas\w+|again|television|festival|later)\b"
)
AGAIN = re.compile(
    r"\b(?:dvd|(?:home )?(?<!direct-to-)video|vhs|blu-ray|streaming|re-releas\w+|again"
    r"|on (?:[a-z]+ )?(?:television|tv)|later|restored)\b|\bre-$"
)
RECORD = Film(id="e3", title="The Long Harbour", year=1999, releases=(Release("1999-05-03"),))


@dataclass(frozen=True, slots=True)
class Year:
    """The film's year; a year of any recorded release is right too."""

    name: str = "year"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a 1999 drama film.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour is a 2005 drama film.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("It was released on May 3, 2001.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("It has left a mark since its release in 2018.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("Since its 2018 release the film has won hearts.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("Released in 2018, the film was a hit.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example(
            "Directed by Ida Holm and released in 2018, the film was a hit.",
            RECORD,
            Verdict.CONTRADICTED,
            "1999",
        ),
        Example(
            "Released in 2018 to warm reviews, the film was a hit.", RECORD, Verdict.CONTRADICTED, "1999"
        ),
        Example(
            "Back in 2018, when the film first hit cinemas, we laughed.", RECORD, Verdict.CONTRADICTED, "1999"
        ),
        Example("Premiering at Cannes in 2018, the film was a hit.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("Opening in a port in 1987, the film tells of two divers.", RECORD, None),
        Example("In 1987, when the film opens, nobody laughs.", RECORD, None),
        Example("Based on Silence and released in 1985, the album sold more than the film.", RECORD, None),
        Example("Released in 2018 on disc, his debut sold more than the film.", RECORD, None),
        Example("The film hit theaters in 2018.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("It is a sequel to the 1985 film Silence.", RECORD, None),
        Example("The film is set in 1987.", RECORD, None),
        Example("The film opened in 1943, when the war was on.", RECORD, None),
        Example("The 2019 remake is worse than the film.", RECORD, None),
        Example("The film was remade in 2017.", RECORD, None),
        Example("The film is worse than the 1995 original.", RECORD, None),
        Example("The film won at the 2020 Oscars.", RECORD, None),
        Example("Its star was born in 1967.", RECORD, None),
        Example("The film was followed by a sequel, released in 2021.", RECORD, None),
        Example("It was re-released in 2009.", RECORD, None),
        Example("The film was released on DVD in 2004.", RECORD, None),
        Example("It debuted on television in 2003.", RECORD, None),
        Example("The book it is based on was released in 1985.", RECORD, None),
        Example("It tells of a woman released from prison in 1985.", RECORD, None),
        Example("The film made her a star in 2003.", RECORD, None),
        Example("It has been compared to works made in 1972.", RECORD, None),
        Example("It was released to acclaim and in 2012 was voted the best.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a year for the film."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        if not DIGITS.search(reading.skeleton):
            return
        years: set[int] = {
            *([film.year] if film.year else []),
            *(int(r.date[:4]) for r in film.releases if r.date[:4].isdigit()),
        }
        if not years:
            return
        seen: set[tuple[int, int]] = set()
        for m, group in _years(reading):
            year = int(m.group(group))
            right = year in years
            if m.span(group) in seen or (not right and m.group().rstrip().endswith(")")):
                continue  # "Willard (1971)" is another film of the name
            if not right and AGAIN.search(
                reading.skeleton, m.start(), min(m.end() + 25, len(reading.skeleton))
            ):
                continue
            seen.add(m.span(group))
            verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED
            if not right and (_is_unsure(reading, m, year, years) or reading.negated(*m.span(group))):
                verdict = Verdict.NOT_IN_METADATA
            yield Finder(self.name, reading).assertion(
                m.span(group),
                year,
                verdict,
                f"The record gives the year {film.year}{cited(film, 'year')}.",
                fields=("year",),
                covers=((m.start(), m.end()),),
                put=None if right or verdict is not Verdict.CONTRADICTED else str(film.year),
            )


def _is_unsure(reading: Reading, m: re.Match[str], year: int, years: set[int]) -> bool:
    """Tell whether another year may be right too: of the production, of a showing here or there."""
    film, s = reading.film, reading.skeleton
    around = s[m.start() : m.end() + 30]
    if year > max(years) and shown_elsewhere(film, around):
        return True
    if year + 1 in years and re.search(r"\b(?:made|produced)\b", around):
        return True
    if year < min(years) and "premiere" in around and any(str(y) in s for y in years):
        return True  # premiered in 1980 and released in 1982
    if film.releases:
        return False
    dated = min(years) - 1 == year and _is_dated(s, m)  # a record's year is the first showing's
    return (year + 1 in years and not dated) or (year - 1 in years and LATER.search(s) is not None)


def _is_dated(s: str, m: re.Match[str]) -> bool:
    """Tell whether a day is given for the release, and no place to which it might be confined."""
    around = s[m.start() : m.end() + 30]
    return (
        "release" in around
        and re.search(r"\b(?:festival|premier|limited)", around) is None
        and re.search(r"\d{1,2},? (?:[a-z]+,? )?(?:18|19|20)\d\d", around) is not None
        and re.search(r"\bin (?:the )?(?:⟦n|[a-z]|uk\b)", around) is None
    )


def _years(reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the matches that date the film, with the group that holds the year."""
    for pattern in PATTERNS:
        for m in pattern.finditer(reading.skeleton):
            if pattern is not RELEASED or not _is_owner(reading, m):
                yield m, next(g for g, v in m.groupdict().items() if v is not None)
                break


def _is_owner(reading: Reading, m: re.Match[str]) -> bool:
    """Tell whether the film that a match begins with owns what came out: "its trailer"."""
    tag = TAG.match(reading.skeleton, m.start())
    if tag is None or reading.skeleton.startswith("⟧", tag.end()):
        return False
    return reading.mention(tag.group()).possessive or reading.skeleton.startswith("'s ", tag.end())


YEAR_KIND = Year()
