"""Awards and nominations: "won four Academy Awards", "nominated for Best Picture"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.numbers import COUNT, read_count
from service.facts.prizes import Prize, Stated, epithet, families, stated
from service.facts.reading import Reading
from service.facts.subject import film_is_subject
from service.facts.written import Written, write_out
from service.films import Award, Film
from service.films.names import nearest

WISH = re.compile(r"\b(?:should|would|could|deserv\w+|hop\w+|may|might|expected|predicted|tipped|worthy)\b")
FOR_FILM = re.compile(
    r"\bfor (?:⟦f|(?:his|her|their) (?:role|performance|work|portrayal|direction|screenplay|score|turn))"
)
RECORD = Film(
    id="e35",
    title="The Long Harbour",
    awards=(
        Award("Academy Awards", "Best Picture", 2000),
        Award("Academy Awards", "Best Director", 2000, recipients=("Ana Lindqvist",)),
        Award("Academy Awards", "Best Actress", 2000, won=False, recipients=("Ida Holm",)),
    ),
)
WHOLE = Film(id="e36", title="The Long Harbour", awards=RECORD.awards, complete=frozenset({"awards"}))


@dataclass(frozen=True, slots=True)
class AwardKind:
    """Awards against the record; absence contradicts only a list known to be complete."""

    name: str = "award"
    examples: Sequence[Example] = (
        Example("It won the Academy Award for Best Picture.", RECORD, Verdict.SUPPORTED),
        Example("The film won two Oscars.", WHOLE, Verdict.SUPPORTED),
        Example("The film won four Academy Awards.", WHOLE, Verdict.CONTRADICTED),
        Example("The film won four Academy Awards.", RECORD, Verdict.NOT_IN_METADATA),
        Example("It won one Oscar.", RECORD, Verdict.CONTRADICTED),
        Example("The film was nominated for three Academy Awards.", WHOLE, Verdict.SUPPORTED),
        Example("The film won the Oscar for Best Actress.", RECORD, Verdict.CONTRADICTED),
        Example("The film won Best Picture at the 2012 Oscars.", RECORD, Verdict.CONTRADICTED, "2000"),
        Example("Marc Oduya won the Oscar for Best Director for his work.", RECORD, Verdict.CONTRADICTED),
        Example("It won the Palme d'Or.", RECORD, Verdict.NOT_IN_METADATA),
        Example("It won the Palme d'Or.", WHOLE, Verdict.CONTRADICTED),
        Example("The film did not win the Oscar for Best Picture.", RECORD, Verdict.CONTRADICTED),
        Example("The film won three hearts.", RECORD, None),
        Example("It should have won four Oscars.", WHOLE, None),
        Example("Ida Holm won an Oscar in 2012 for Silence.", WHOLE, None),
        Example("The film was released before the 2012 Oscars.", WHOLE, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each award, category or number said."""
        s = reading.skeleton
        if not re.search(
            r"\b(?:w[io]n|received|earned|took|award|lost|nominat|garner|for|winning)", s
        ) or WISH.search(s):
            return ()
        if not reading.film.awards:
            return ()
        return tuple(self._found(reading, write_out(reading)))

    def _found(self, reading: Reading, written: Written) -> Iterator[Assertion]:
        for prizes in stated(written.text):
            start = written.at[prizes[0].start]
            who = _recipient(reading, start)
            if not film_is_subject(reading, start) and who is None:
                continue
            negated = reading.negated(*written.range(prizes[0].start, prizes[0].end)) != prizes[0].prize.lost
            for s in prizes:
                held = self._held(reading, written, s, who, negated=negated)
                # what a person won for something else is not said of the film
                if (
                    who is None
                    or FOR_FILM.search(written.text, s.end)
                    or _is_recorded(held, who, s.prize, reading.film)
                ):
                    yield held

        for m in epithet().finditer(written.text) if "-" in written.text else ():
            said = Prize(families()[m.group("prize")], "", None, m.group("how") == "winning", lost=False)
            yield self._called(reading, written, m, said)

    def _called(self, reading: Reading, written: Written, m: re.Match[str], said: Prize) -> Assertion:
        """Return the assertion that the film is "Oscar-winning" or "Oscar-nominated"."""
        film = reading.film
        at = written.range(m.start("prize"), m.end("how"))
        right = _is_right(film, said, [a for a in film.awards if said.is_of(a)], None, None)
        verdict = verdict_on(right=right, negated=reading.negated(*at))
        return Finder(self.name, reading).assertion(
            at,
            {"award": said.award, "won": said.won},
            verdict,
            _reason(film, said),
            fields=("awards",),
            covers=(at,),
        )

    def _held(
        self, reading: Reading, written: Written, s: Stated, who: str | None, *, negated: bool
    ) -> Assertion:
        film, said = reading.film, s.prize
        alike = [a for a in film.awards if said.is_of(a)]
        right = _is_right(film, said, alike, s.number, who)
        if not right and s.elided and any(said.is_part_of(a) for a in film.awards):
            right = None
        year_wrong = right is True and _year_is_wrong(said, alike) and not negated
        verdict = Verdict.NOT_IN_METADATA
        if right is not None and not reading.hedged(written.at[s.start]):
            verdict = Verdict.SUPPORTED if (right and not year_wrong) != negated else Verdict.CONTRADICTED
        if year_wrong is False and right and said.year and not any(a.year == said.year for a in alike):
            verdict = Verdict.NOT_IN_METADATA  # the year of the film or of the ceremony
        years = sorted({a.year for a in alike if a.year})
        whole = written.range(s.start, s.end)
        at = written.range(*s.year_at) if year_wrong and s.year_at else whole
        return Finder(self.name, reading).assertion(
            at,
            {
                "award": said.award,
                "category": said.category,
                "won": said.won,
                "year": said.year,
                "negated": negated,
            },
            verdict,
            _reason(film, said),
            fields=("awards",),
            covers=(whole,),
            put=str(years[0]) if year_wrong and s.year_at and len(years) == 1 else None,
        )


def _reason(film: Film, said: Prize) -> str:
    """Return what the record has of the prize said, or else what it has of others."""
    alike = [a for a in film.awards if said.is_of(a)]
    shown = [_shown(a) for a in (alike or film.awards)]
    more = [f"{len(shown) - MOST} more"] if len(shown) > MOST else []
    return f"The record gives {one_of([*shown[:MOST], *more])}{cited(film, 'awards')}."


MOST = 5  # prizes that a reason lists


def _recipient(reading: Reading, at: int) -> str | None:
    m = re.search(r"(⟦n\d+⟧)(?: (?:also|has|had|was|later|[a-z]+ly))* $", reading.skeleton[:at])
    return reading.mention(m.group(1)).text if m else None


def _is_recorded(held: Assertion, who: str, said: Prize, film: Film) -> bool:
    """Tell whether the record has that very award for that very person, or that they only ran for it."""
    named = [a for a in film.awards if nearest(who, a.recipients).is_person]
    only_ran = said.category and not said.year and any(not a.won and said.is_of(a) for a in named)
    return bool(named) and bool(only_ran or held.claim.verdict is Verdict.SUPPORTED)


def _is_right(
    film: Film, said: Prize, alike: Sequence[Award], number: str | None, who: str | None
) -> bool | None:
    complete = "awards" in film.complete
    counted = [a for a in alike if a.won or not said.won]
    if number and number.strip() not in {"a", "an"} and (c := re.match(COUNT, number)) is not None:
        count, n = read_count(c), len(counted)
        right = count.holds(n)
        if not complete and ((right and count.high is not None) or (not right and n < count.low)):
            return None
        return right
    if who is not None:
        return _is_right_of(who, said, alike, counted)
    if counted:
        return True
    return False if complete or (said.category and alike) else None


def _is_right_of(who: str, said: Prize, alike: Sequence[Award], counted: Sequence[Award]) -> bool | None:
    """Tell the same of a person: not if others got it, or if the person only ran for it."""
    named = [a for a in counted if a.recipients]
    if any(nearest(who, a.recipients).is_person for a in named):
        return True
    if not said.category:
        return None
    only_ran = said.won and any(not a.won and nearest(who, a.recipients).is_person for a in alike)
    return False if only_ran or (named and len(named) == len(counted)) else None


def _year_is_wrong(said: Prize, alike: Sequence[Award]) -> bool:
    years = {a.year for a in alike if a.year}
    return bool(said.year and years) and all(abs(said.year - y) > 1 for y in years if said.year)


def _shown(a: Award) -> str:
    what = (
        f"the {a.name}" + (f" for {a.category}" if a.category else "") + (f" of {a.year}" if a.year else "")
    )
    to = f" to {one_of(a.recipients)}" if a.recipients else ""
    return f"{what}{to}" if a.won else f"a nomination for {what}{to}"


AWARD = AwardKind()
