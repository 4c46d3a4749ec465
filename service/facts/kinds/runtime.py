"""How long the film runs, in minutes or hours.

Only what states the length of the whole film counts: "the film runs 90 minutes", "a runtime of two hours",
"at 90 minutes, it …", "the 90-minute film". A stretch of it ("the last 20 minutes", "20 minutes too long",
"a ten-minute chase", "an hour in") is no runtime.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, verdict_on
from service.facts.numbers import CARDINAL, cardinal
from service.facts.reading import FILM, Reading
from service.facts.subject import film_is_subject
from service.films import Film

NUMBER = (
    r"\d+(?:\.\d+)?|an?|one|two|three|four|half an|a half|one and a half|two and a half"
    r"|three and a half"
)
BOUND = (
    r"(?P<bound>(?:well |slightly |just |a few minutes |a little )?(?:over|under|more than"
    r"|less than)|at least|longer than|shorter than"
    r"|nearly|almost|about|around|approximately|exactly|only|just|roughly)?"
)
TIME = (
    rf"{BOUND} ?(?:(?P<hours>{NUMBER})(?: |-)?hours?(?P<half> and a half)?(?:(?:,"
    rf"| and)? (?P<more>{CARDINAL})(?: |-)min(?:ute)?s?)?"
    rf"|(?P<minutes>{CARDINAL})(?: |-)?min(?:ute)?s?)\b(?P<seconds> (?:and )?\d+ seconds?)?"
)
MANNER = r"(?:(?:for|at|in at|to|about|a total of|a|an|of) |(?:a|an|at an?) (?!long\b)[a-z]+ )*?"
STRETCH = re.compile(
    r"(?: of [a-z]+)? ?(?:too\b|over\b|before\b|after\b|into\b|longer\b|shorter\b|more\b"
    r"|less\b|late\b|early\b|until\b"
    r"|till\b|from\b|cut\b|beyond\b|past\b|worth\b|without\b|with no\b|when\b|then\b|and (?:it|⟦f\d+⟧)"
    r"|in\b(?! (?:length|duration|total"
    r"|⟦f|all\b|run))|to (?!watch|view))"
)
VERB = re.compile(rf"\b(?:runs?|ran|running|lasts?|lasted|clocks in|clocked in|clocking in) {MANNER}{TIME}")
TAKES = re.compile(
    rf"\b(?:takes?|took|would take) {MANNER}{TIME} to (?:watch|view)\b(?: in [a-z⟦⟧0-9']+ entirety)?"
)
NOUN = re.compile(
    r"\b(?:running[ -]times?|runtime|run[ -]time|length|duration)(?: (?:of|for) ⟦f\d+⟧(?!'s? \w))?"
    rf"(?:,? (?:is|was|are|of|at|that is|totals?|about|for|runs|has|:|a|total|time|runtime"
    rf"|film))*:? ?{TIME}"
)
BEING = re.compile(
    rf"\b(?:is|was) {MANNER}{TIME}(?:(?: |-)long\b(?! time)| in (?:length|duration|total)\b"
    rf"| of running time\b"
    rf"|(?= ?(?:$|[.,;!)])))"
)
PARTICIPLE = re.compile(
    rf"^(?:running|clocking in|coming in|lasting) {MANNER}{TIME}(?: long)?, "
    rf"(?:[a-z]+ ){{0,2}}{FILM}(?!')"
)
FRONTED = re.compile(
    rf"(?:^|[,;] (?:but |and |yet |so )?)at {MANNER}{TIME}(?: long)?, (?:[^⟦]{{0,30}} )?{FILM}(?:'s)? "
    r"(?=(?:is|was|feels?|felt|never|runs|flies|does|doesn't|moves|zips|remains|stays|overstays"
    r"|outstays|could|manages|seems"
    r"|all|too|a little|a bit|drags|goes by|wears|ranks|stands|rarely|has)\b)"
)
ATTRIBUTE = re.compile(
    rf"(?:{FILM}(?:'s)? (?:[a-z]+ )?|^(?:an? )?|\b(?:is|has|had|with|was|of|the|this) (?:an? "
    rf"|the )?(?:[a-z]+ )?){TIME}(?:-long)?"
    r" (?:long )?(?:film|movie|feature|documentary|running[ -]time|runtime|run[ -]time|length|duration)\b"
)
PATTERNS = (NOUN, VERB, BEING, TAKES, PARTICIPLE, FRONTED, ATTRIBUTE)
TAIL = re.compile(
    r"(?:[ -]long)?(?: in (?:length|duration|total|run(?:ning)?[ -]time|runtime))?(?: long)?"
    r"(?: including [a-z ]+? time)?"
)
VERSION = re.compile(
    r"\b(?:uncut|director's cut|extended|original(?:ly)?|versions?|cuts?|edited|trimmed|shortened|restored"
    r"|sequels?|remakes?|television|tv|dvd|could|should|might|ought|needs?|short(?= film)|episodes?|each)\b"
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
GIVEN = re.compile(r"(?:\bits|\btheir|⟦f\d+⟧'s) (?:[a-z]+ ){0,3}$")  # a length that is taken for granted
PART = re.compile(r"\b(?:by|first|last|another|every|extra|opening|final|closing|after) (?:the )?$")
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
        Example("It runs just under 100 minutes.", RECORD, Verdict.CONTRADICTED),
        Example("It runs for ninety minutes.", RECORD, Verdict.CONTRADICTED),
        Example("At 95 minutes, the film never drags.", RECORD, Verdict.CONTRADICTED, "127"),
        Example("Its 90-minute runtime flies by.", RECORD, Verdict.CONTRADICTED, "127"),
        Example("Clocking in at 95 minutes, the film never drags.", RECORD, Verdict.CONTRADICTED, "127"),
        Example("Running for 20 minutes, the chase is the best of the film.", RECORD, None),
        Example("The film opens in a port and lasts 90 minutes.", RECORD, Verdict.CONTRADICTED, "127"),
        Example("The chase takes over two hours.", RECORD, None),
        Example("It is too long by 20 minutes.", RECORD, None),
        Example("The film is 20 minutes too long.", RECORD, None),
        Example("It runs 20 minutes too long.", RECORD, None),
        Example("It runs 15 minutes over its welcome.", RECORD, None),
        Example("The movie is 20 minutes longer than it needs to be.", RECORD, None),
        Example("The film is half an hour longer than the first one.", RECORD, None),
        Example("The last 20 minutes of the film drag.", RECORD, None),
        Example("The last 20 minutes of the film last forever.", RECORD, None),
        Example("The film has a ten-minute chase.", RECORD, None),
        Example("A chase lasts 12 minutes in the film.", RECORD, None),
        Example("The film is at its best an hour in.", RECORD, None),
        Example("The film takes 20 minutes to get going.", RECORD, None),
        Example("It runs for 20 minutes before the titles appear.", RECORD, None),
        Example("The running time could lose 20 minutes.", RECORD, None),
        Example("The uncut version of the film runs 150 minutes.", RECORD, None),
        Example("The runtime of its sequel is 95 minutes.", RECORD, None),
        Example("The film is over three hours of pure joy.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertion of a length, exact or bounded."""
        m = next(_lengths(reading), None)
        film = reading.film
        if m is None:
            return ()
        right = _holds(film, _minutes(m), m.group("bound") or "") if film.runtime_minutes else None
        if right is False and _is_round(m) and _holds(film, _minutes(m), "about") is not False:
            right = None  # a "two-hour" film may run somewhat longer
        if m.group("seconds") and right:
            right = None  # no record says so
        negated = reading.negated(*m.span()) and not GIVEN.search(reading.skeleton, 0, m.start(number_of(m)))
        verdict = verdict_on(right=right, negated=negated)
        if verdict is Verdict.CONTRADICTED and VERSION.search(reading.skeleton, *reading.clause(m.start())):
            return ()  # another version's length, or a wish
        number = number_of(m)
        plain = number == "minutes" and not m.group("bound") and m.group("minutes").isdigit() and not negated
        return (
            Finder(self.name, reading).assertion(
                m.span(number),
                {"minutes": _minutes(m), "bound": m.group("bound") or ""},
                verdict,
                f"The record gives {film.runtime_minutes} minutes{cited(film, 'runtime_minutes')}."
                if film.runtime_minutes
                else "The record gives no runtime.",
                fields=("runtime_minutes",) if film.runtime_minutes else (),
                covers=(m.span(), (m.start(), _end(reading.skeleton, m))),
                put=str(film.runtime_minutes) if plain and verdict is Verdict.CONTRADICTED else None,
            ),
        )


def _lengths(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield the matches that state the length of the whole film."""
    s = reading.skeleton
    if "minute" not in s and "hour" not in s and " min" not in s:
        return
    for pattern in PATTERNS:
        for m in pattern.finditer(s):
            number = m.start(number_of(m))
            if PART.search(s, 0, number) or STRETCH.match(s, m.end()):
                continue
            if pattern in {VERB, BEING} and not (
                film_is_subject(reading, m.start()) or _of_runtime(s, m.start())
            ):
                continue
            yield m


def number_of(m: re.Match[str]) -> str:
    """Return the group that holds the number: `minutes` or `hours`."""
    return "minutes" if m.group("minutes") else "hours"


def _is_round(m: re.Match[str]) -> bool:
    """Tell whether whole or half hours are an epithet ("two-hour"), not a measure ("two hours")."""
    return (
        bool(m.group("hours"))
        and not m.group("more")
        and not m.group("bound")
        and not m.group().endswith("s")
    )


def _end(s: str, m: re.Match[str]) -> int:
    tail = TAIL.match(s, m.end())
    return tail.end() if tail else m.end()


def _of_runtime(s: str, at: int) -> bool:
    return (
        re.search(r"\b(?:running[ -]time|runtime|run[ -]time|length|duration)(?: of ⟦f\d+⟧)? $", s[:at])
        is not None
    )


def _minutes(m: re.Match[str]) -> float:
    if m.group("minutes"):
        return float(cardinal(m.group("minutes")))
    text = m.group("hours")
    hours = HOURS[text] if text in HOURS else float(text)
    return 60 * (hours + (0.5 if m.group("half") else 0)) + float(cardinal(m.group("more") or "0"))


def _holds(film: Film, minutes: float, bound: str) -> bool | None:
    """Tell whether the recorded runtime is as said; None where it is too near to tell."""
    low = film.runtime_minutes or 0
    high = film.runtime_max or low
    near = bound.startswith(("slightly", "just ", "a few", "a little"))
    if bound.endswith(("over", "more than", "longer than")) or bound == "at least":
        return high > minutes - (bound == "at least") and (not near or low <= minutes + 12)
    if bound.endswith(("under", "less than", "shorter than")):
        return low < minutes and (not near or high >= minutes - 12)
    if bound in {"nearly", "almost"}:
        return minutes - 12 <= high and low <= minutes
    slack = 10 if bound in {"about", "around", "approximately", "roughly"} else 2
    if slack == 10 and min(abs(low - minutes), abs(high - minutes)) in range(11, 16):
        return None
    return low - slack <= minutes <= high + slack


RUNTIME = Runtime()
