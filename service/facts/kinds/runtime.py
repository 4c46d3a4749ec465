"""How long the film runs, in minutes or hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.reading import Reading
from service.films import Film

NUMBER = (
    r"\d+(?:\.\d+)?|an?|one|two|three|four|half an|a half|one and a half|two and a half"
    r"|three and a half"
)
BOUND = (
    r"(?P<bound>(?:well |slightly |just |a few minutes |a little )?(?:over|under|more than"
    r"|less than)|at least|longer than|shorter than"
    r"|nearly|almost|about|around|approximately|exactly|only|roughly)?"
)
TIME = (
    rf"{BOUND} ?(?:(?P<hours>{NUMBER})(?: |-)hours?(?P<half> and a half)?(?:(?:,"
    rf"| and)? (?P<more>\d+)(?: |-)min(?:ute)?s?)?"
    rf"|(?P<minutes>\d+)(?: |-)min(?:ute)?s?)\b(?P<seconds> (?:and )?\d+ seconds?)?"
)
LENGTH = re.compile(
    rf"\b(?:runs?|ran|running(?:[ -]time)?|runtime|run[ -]time|length|lasts?|lasted|duration"
    rf"|takes?|clocks in|is|was|has|had)\b"
    rf"(?: (?:time|of ⟦f\d+⟧|for ⟦f\d+⟧|of|for|a|an|is|was|at|in|length|running|run|total"
    rf"|runtime|to watch|would take))* ?{TIME}"
    rf"(?P<long>(?:[ -]long| to (?:watch|view)(?: in [a-z⟦⟧0-9']+ entirety)?| in length"
    rf"|[ -](?:film|movie)| of running time)?)"
)
HOURS = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "half an": 0.5,
    "a half": 0.5,
}
HOURS |= {"one and a half": 1.5, "two and a half": 2.5, "three and a half": 3.5}
PART = re.compile(r"\b(?:by|first|last|another|every|extra|opening|final|closing|after|for) (?:the )?$")
RECORD = Film(id="e4", title="The Long Harbour", runtime_minutes=127)


@dataclass(frozen=True, slots=True)
class Runtime:
    """A runtime in minutes; two minutes either way are one length."""

    name: str = "runtime"
    examples: Sequence[Example] = (
        Example("The film has a running time of 127 minutes.", RECORD, Verdict.SUPPORTED),
        Example("The film runs for 90 minutes.", RECORD, Verdict.CONTRADICTED, "127"),
        Example("It is over two hours long.", RECORD, Verdict.SUPPORTED),
        Example("It would take less than 100 minutes to watch.", RECORD, Verdict.CONTRADICTED),
        Example("The chase takes over two hours.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertion of a length, exact or bounded."""
        m = LENGTH.search(reading.skeleton)
        film = reading.film
        if m is None or not _is_length(m):
            return ()
        right = _holds(film, _minutes(m), m.group("bound") or "") if film.runtime_minutes else None
        if m.group("seconds") and right:
            right = None  # no record says so
        negated = reading.negated(*m.span())
        verdict = Verdict.NOT_IN_METADATA
        if right is not None:
            verdict = Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED
        number = "minutes" if m.group("minutes") else "hours"
        plain = number == "minutes" and not m.group("bound")
        return (
            Finder(self.name, reading).assertion(
                m.span(number),
                {"minutes": _minutes(m), "bound": m.group("bound") or ""},
                verdict,
                f"The record gives {film.runtime_minutes} minutes{cited(film, 'runtime_minutes')}."
                if film.runtime_minutes
                else "The record gives no runtime.",
                fields=("runtime_minutes",) if film.runtime_minutes else (),
                covers=(m.span(),),
                put=str(film.runtime_minutes) if plain and verdict is Verdict.CONTRADICTED else None,
            ),
        )


def _is_length(m: re.Match[str]) -> bool:
    """Tell whether the time is the film's length and not, say, what a scene takes."""
    said = m.group()
    return (
        bool(m.group("long"))
        or re.search(r"^(?:run|ran|length|last|duration|clocks)|running|run[ -]?time", said) is not None
    )


def _minutes(m: re.Match[str]) -> float:
    if m.group("minutes"):
        return float(m.group("minutes"))
    text = m.group("hours")
    hours = HOURS[text] if text in HOURS else float(text)
    return 60 * (hours + (0.5 if m.group("half") else 0)) + float(m.group("more") or 0)


def _holds(film: Film, minutes: float, bound: str) -> bool | None:
    """Tell whether the recorded runtime is as said; None where it is too near to tell."""
    low = film.runtime_minutes or 0
    high = film.runtime_max or low
    near = bound.startswith(("slightly", "just", "a few", "a little"))
    if bound.endswith(("over", "more than", "longer than")) or bound == "at least":
        return high > minutes - (bound == "at least") and (not near or low <= minutes + 12)
    if bound.endswith(("under", "less than", "shorter than")):
        return low < minutes and (not near or high >= minutes - 12)
    if bound in {"nearly", "almost"}:
        return minutes - 12 <= high and low <= minutes
    slack = 10 if bound in {"about", "around", "approximately", "roughly"} else 2
    return low - slack <= minutes <= high + slack


RUNTIME = Runtime()
