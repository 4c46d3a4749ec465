"""Certificates and marks: "rated PG-13", "an R-rated film", "8.1 on IMDb", "93% on Rotten Tomatoes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.reading import Reading
from service.facts.written import Written, write_out
from service.films import AudienceRating, Certificate, Film

MPA = ("g", "pg", "pg-13", "r", "nc-17")
GRADE = r"pg-13|nc-17|tv-ma|tv-14|tv-pg|pg|r|g|x|u|12a|12|15|16|18|19"
BOARD = r"mpaa?|bbfc|kmrb|fsk|cbfc|motion picture association|british board of film classification"
CERTIFIED = re.compile(
    rf"\b(?:rated|certified|classified|given an?|received an?|has an?|carries an?"
    rf"|with an?) (?P<grade>{GRADE})(?![\w%-])(?!\.\d)(?! (?:out|on|stars|percent))"
    rf"(?P<word> (?:rating|certificate|certification|classification))?(?: (?:by"
    rf"|from) the (?P<board>{BOARD}))?"
    rf"|\bgave ⟦f\d+⟧ an? (?P<grade4>{GRADE}) (?:rating|certificate|certification|classification)\b"
    rf"|\b(?P<grade2>{GRADE})-rated\b|\b(?:rating|certificate) (?:of|is"
    rf"|was) (?P<grade3>{GRADE})(?![\w%-])(?!\.\d)"
)
SITE = r"(?P<{}>imdb|rotten tomatoes|metacritic|letterboxd|tmdb|douban|naver|watcha|filmaffinity)"
MARK = (
    r"(?P<{}>\d{{1,3}}(?:\.\d{{1,2}})?)(?:/(?P<{}>10|5|100)| out of (?P<{}>10|5|100|ten"
    r"|five)|(?P<{}>%| percent))?"
)
ON_SITE = re.compile(
    rf"\b(?:an?|its|at|of|has|scored|scores|holds|rated)(?: (?:an?|rating|score|mark|average"
    rf"|approval|rating of|score of))* "
    rf"{MARK.format('mark', 'of', 'out', 'pct')}(?: (?:rating|score|stars"
    rf"|approval(?: rating)?|mark))? (?:on|at|from|by) (?:the )?{SITE.format('site')}"
    rf"|\b{SITE.format('site2')}(?:'s)? (?:user |audience |critics )?(?:rating|score"
    rf"|mark)(?: for ⟦f\d+⟧)? (?:of|is|was|at|stands at) "
    rf"{MARK.format('mark2', 'of2', 'out2', 'pct2')}"
)
THE_RATED = re.compile(r"(?:the|this) ⟦n\d+⟧ (?:[a-z-]+ ){0,2}(?:film|movie|drama|comedy|thriller|picture)\b")
RECORD = Film(
    id="e38",
    title="The Long Harbour",
    certificates=(Certificate("MPA", "PG-13"), Certificate("BBFC", "15")),
    ratings=(AudienceRating("IMDb", 8.1), AudienceRating("Rotten Tomatoes", 93, 100)),
)


@dataclass(frozen=True, slots=True)
class Rating:
    """Certificates by board, and marks on a site; marks drift, so that a near one contradicts nothing."""

    name: str = "rating"
    examples: Sequence[Example] = (
        Example("The film is rated PG-13.", RECORD, Verdict.SUPPORTED),
        Example("The film is rated R by the MPA.", RECORD, Verdict.CONTRADICTED, "PG-13"),
        Example("It was given an R rating.", RECORD, Verdict.CONTRADICTED, "PG-13"),
        Example("It was rated 18 by the BBFC.", RECORD, Verdict.CONTRADICTED, "15"),
        Example("The film is rated 12.", RECORD, Verdict.NOT_IN_METADATA),
        Example("It holds an 8.1 on IMDb.", RECORD, Verdict.SUPPORTED),
        Example("The film scores 6.2 on IMDb.", RECORD, Verdict.CONTRADICTED, "8.1"),
        Example("The film has a score of 92% on Rotten Tomatoes.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Its IMDb rating is 8.1.", RECORD, Verdict.SUPPORTED),
        Example("The film has 12 stars.", RECORD, None),
        Example("I would give it an 8 out of 10.", RECORD, None),
        Example("The film was given a 15 minute ovation.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a certificate or a mark."""
        film, s = reading.film, reading.skeleton
        if ("⟦f" not in s and THE_RATED.match(s) is None) or not (film.certificates or film.ratings):
            return ()
        written = write_out(reading)
        return (*self._certified(reading, written), *self._marked(reading, written))

    def _certified(self, reading: Reading, written: Written) -> Iterator[Assertion]:
        film = reading.film
        for m in CERTIFIED.finditer(written.text) if film.certificates else ():
            group = next(g for g in ("grade", "grade2", "grade3", "grade4") if m.group(g))
            grade = m.group(group)
            sure = (
                group != "grade"
                or m.group("word")
                or m.group("board")
                or re.match("rated|certif|classif", m.group())
            )
            at = written.range(*m.span(group))
            if not sure or (grade.isalpha() and not reading.text(*at).startswith(grade.upper())):
                continue
            board = _board(m.group("board") or "")
            right, put = _certificate(film.certificates, grade, board)
            verdict = self._verdict(reading, written.range(*m.span()), right=right)
            yield self._assertion(
                reading, at, written.range(*m.span()), grade, verdict=verdict, put=put, field="certificates"
            )

    def _marked(self, reading: Reading, written: Written) -> Iterator[Assertion]:
        for m in ON_SITE.finditer(written.text) if reading.film.ratings else ():
            n = "" if m.group("mark") else "2"
            site = m.group("site" + n)
            stored = next((r for r in reading.film.ratings if fold(r.site) == site), None)
            if stored is None:
                continue
            value = float(m.group("mark" + n))
            top = m.group("of" + n) or m.group("out" + n) or ("100" if m.group("pct" + n) else "")
            scale = {"ten": 10.0, "five": 5.0, "": stored.maximum}.get(top) or float(top)
            off = abs(value / scale - stored.value / stored.maximum)
            right = True if off < 0.0051 else False if off > 0.06 else None
            put = f"{stored.value:g}" if scale == stored.maximum else None
            at = written.range(*m.span("mark" + n))
            verdict = self._verdict(reading, written.range(*m.span()), right=right)
            yield self._assertion(
                reading, at, written.range(*m.span()), value, verdict=verdict, put=put, field="ratings"
            )

    def _verdict(self, reading: Reading, at: tuple[int, int], *, right: bool | None) -> Verdict:
        return verdict_on(right=right, negated=reading.negated(*at), hedged=reading.hedged(at[0]))

    def _assertion(
        self,
        reading: Reading,
        at: tuple[int, int],
        covers: tuple[int, int],
        asserted: str | float,
        *,
        verdict: Verdict,
        put: str | None,
        field: str,
    ) -> Assertion:
        film, negated = reading.film, reading.negated(*covers)
        return Finder(self.name, reading).assertion(
            at,
            {"rating": asserted, "negated": negated},
            verdict,
            f"The record gives the rating {one_of(_known(film, field))}{cited(film, field)}.",
            fields=(field,),
            covers=(covers,),
            put=put if verdict is Verdict.CONTRADICTED and not negated else None,
        )


def _known(film: Film, field: str) -> list[str]:
    if field == "certificates":
        return [f"{c.rating} ({c.board})" for c in film.certificates[:4]]
    return [f"{r.value:g} of {r.maximum:g} ({r.site})" for r in film.ratings[:4]]


def _board(name: str) -> str:
    known = {
        "mpaa": "mpa",
        "motion picture association": "mpa",
        "british board of film classification": "bbfc",
    }
    return known.get(fold(name), fold(name))


def _certificate(stored: Sequence[Certificate], grade: str, board: str) -> tuple[bool | None, str | None]:
    """Return whether the grade is the board's (the MPA's, where its grades name it), and the stored one."""
    if not board and any(fold(c.rating) == grade for c in stored):
        return True, None
    asked = board or ("mpa" if grade in MPA else "")
    own = [c for c in stored if _board(c.board) == asked]
    if not asked or not own:
        return None, None
    right = any(fold(c.rating) == grade for c in own)
    return right, None if right or len(own) > 1 else own[0].rating


RATING = Rating()
