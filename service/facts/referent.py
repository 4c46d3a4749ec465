"""Whether what a sentence says is said of the film, or of another work that it names before."""

from __future__ import annotations

import re

from service.facts.reading import FILM, Reading
from service.facts.role_words import THINGS, Role, plain

WORK_NOUN = (
    r"(?:film|movie|films|movies|series|show|version|miniseries|franchise|installment|instalment|remake|sequel"
    r"|prequel|novel|book|play|musical|novella|story|songs?|lyrics|documentary|short|game"
    r"|comic|comics|episode|book series)"
)
MANY = r"(?P<many>\b(?:films|movies|sequels|remakes|prequels|adaptations)\b)"
TAG = r"⟦(?P<kind>[fo])\d+⟧|(?P<dated>⟦n\d+⟧ \(\d{4}\))"
REFERENT = re.compile(
    rf"{TAG}|{MANY}|(?P<copula>\b(?:is|was|are|were|as|becomes?|being"
    r"|remains?) )?(?P<det>\b(?:a|an|the|his|her|their|this|its|another|\w+'s)\b )?"
    rf"(?P<mod>(?:(?:[a-z0-9][a-z0-9'/-]*|⟦n\d+⟧[a-z'-]*) ){{0,6}}?)(?P<noun>{WORK_NOUN})\b"
)
TAGGED = re.compile(rf"{TAG}|{MANY}")  # the same, quickly, where no noun stands
NOUN_OF_WORK = re.compile(rf"{WORK_NOUN}\b")
INDEFINITE_OTHER = re.compile(
    r"\b(?:reminds? \S+ of|than|like|resembles|recalls|evokes|compared to|watch(?:es|ed|ing)?)"
    r" an? (?:[a-z-]+ ){0,4}$"
)
RESUMED = re.compile(r", (?!which|who|whose|whom|where|when|that|both|each|all)")
AMONG = re.compile(r"\b(?:is|was) (?:also )?(?:one|among|part) of [a-z0-9' ]*$")
WRITERS = frozenset({Role.WRITER, Role.SCREENWRITER, Role.STORY, Role.CREATOR, Role.COMPOSER})
DERIVED = frozenset({"remake", "sequel", "prequel", "series", "short", "show", "game"})
EARLIER = re.compile(
    r"\b(?:original|previous|earlier|first|second|third|fourth|fifth|same|\d{4}s?|classic"
    r"|silent|other|another|later|subsequent|predecessor|preceding|eponymous|similarly)\b"
)
WRITTEN = frozenset(
    {
        "novel",
        "book",
        "play",
        "musical",
        "novella",
        "story",
        "song",
        "songs",
        "lyrics",
        "comic",
        "comics",
        "book series",
        "series",
        "show",
        "game",
        "episode",
    }
)


LIKENING = frozenset({"like", "as", "imagine", "reminiscent"})  # one of them is in every `COMPARED`
COMPARED = re.compile(r"\b(?:like|as if|as though|imagine|reminiscent of)\b(?:(?!⟦f).)*$")
ONE_OF_SEVERAL = re.compile(
    r"^(?:the|another) (?:first|second|third|fourth|last|final|other|latter|former)"
    r"(?: (?:one|half|part|segment|story|episode|of (?:these|them|the [a-z]+)))?,? (?:(?:is|was) )?$"
    r"|^the (?:first|second|third|original|previous) ⟦n(?:(?!⟦f).)*$"
)
OF_ANOTHER = re.compile(r"(?<!by )⟦n\d+⟧,? (?:which|that)(?: (?:is|was|also|later|was later))* $")
MADE_ANOTHER = re.compile(  # directed Silence with …
    r"\b(?:directed|made|shot|wrote|filmed|helmed) (?:the (?:film|movie) )?⟦n\d+⟧(?: \(\d{4}\))?,?"
    r"(?: with| starring| featuring)? $"
)
IN_ANOTHER = re.compile(  # starred in Silence, directed by …
    r"\b(?:star|appear|act|play|work|seen|cast|role|part|perform|turn|known)[a-z]*"
    r" (?:[a-z'⟦⟧0-9-]+ ){0,6}?(?:in|for|from) (?:the |his |her |their )?⟦n\d+⟧(?: \(\d{4}\))?,? $"
)
MADE_THING = re.compile(
    rf"(?:^|, )(?:the|its|⟦f\d+⟧'s) (?:[a-z-]+ ){{0,2}}(?:{plain(THINGS)}|sequences?|scenes?|songs?|visuals"
    rf"|costumes|effects|choreography|animation|dances?|stunts?)(?: (?:in|of|for) {FILM})?,? "
    r"(?:(?:is|was|which is|which was|being|under the|is under the) )?$"
)
FILM_NOUN = (
    r"(?:film|movie|picture|feature|flick|production|documentary|thriller|comedy|drama|sequel|remake|biopic"
    r"|western|musical|romance|epic|blockbuster|adaptation|anime|cartoon|mystery|horror|noir|tale|story|work"
    r"|effort|debut|masterpiece|entry|instal?lment|gem|treat|hit|classic|ride|piece|satire|fantasy|adventure"
    r"|fable|romp|chiller|parody|spoof|dramedy|rom-com|short|western|miniseries|series|project|version"
    r"|collaboration|venture|saga|farce|caper|melodrama|whodunit)"
)
OTHER_MADE = re.compile(
    rf"(?<!is )(?<!was )\b(?:with|through|by|of|for|from|on|about|into|to|sees|uses|holds|has|had)"
    rf" an? (?:(?!{FILM_NOUN}\b)[a-z-]+ ){{1,3}}$"
)


def about_film(reading: Reading, at: int, *, role: Role, thing: bool = False) -> bool:
    """Tell whether what stands at `at` is said of the film: it is likened to nothing else there, and the
    nearest referent before it is the film. A `thing` is what a film has, such as its score.
    """
    s = reading.skeleton
    if reading.has_any(LIKENING) and COMPARED.search(s, 0, at):
        return False
    if any(p.search(s, 0, at) for p in (ONE_OF_SEVERAL, OF_ANOTHER, MADE_ANOTHER)):
        return False
    if role is Role.DIRECTOR and MADE_THING.search(s, 0, at):
        return False
    if role is not Role.ACTOR and (
        (not thing and OTHER_MADE.search(s, 0, at)) or IN_ANOTHER.search(s, 0, at)
    ):
        return False
    return _refers_to_film(s, at, role)


def _refers_to_film(skeleton: str, at: int, role: Role) -> bool:
    last: re.Match[str] | None = None
    pattern = REFERENT if NOUN_OF_WORK.search(skeleton, 0, at) else TAGGED
    for m in pattern.finditer(skeleton, 0, at):
        last = m
    if last is None or last.group("kind") == "f":
        return last is None or not INDEFINITE_OTHER.search(skeleton, 0, at)
    if last.group("many"):
        return AMONG.search(skeleton[: last.start()]) is not None
    resumed = RESUMED.search(skeleton[last.end() : at]) is not None
    if last.group("kind") == "o" or last.group("dated"):
        return resumed
    if INDEFINITE_OTHER.search(skeleton, 0, last.start("noun")):
        return resumed
    return bool(last.group("copula")) or _noun_is_film(last, role, resumed=resumed)


def _noun_is_film(m: re.Match[str], role: Role, *, resumed: bool) -> bool:
    """Tell whether the noun before, such as "the first film" or "a remake", leaves the film in view."""
    determiner, modifiers = (m.group("det") or "").strip(), m.group("mod") or ""
    if m.group("noun") in DERIVED and determiner and not modifiers:
        return determiner in {"the", "this"} or (resumed and m.start() > 0)
    if m.group("noun") in WRITTEN:
        return resumed or role not in WRITERS
    return resumed or determiner in {"a", "an"} or not EARLIER.search(modifiers)
