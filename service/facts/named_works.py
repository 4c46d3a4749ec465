"""Where a sentence names another work and goes on about it: "Silence, a 1985 comedy starring …".

An apposition, a participle or a relative clause belongs to the work named right before it; "it" after a
clause whose only work is another one is that work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.facts.reading import FILM, NAME, OTHER, Reading
from service.facts.referent import FILM_NOUN
from service.films.names import nearest

WORK = rf"[\"*]?(?P<work>{NAME}|{OTHER})[\"*]?(?: \(\d{{4}}\))?"
MADE = (
    r"(?:directed|written|co-written|scripted|shot|filmed|photographed|scored|produced|edited|composed|released"
    r"|adapted)"
)
COMMA = r"(?:[\"*]?, [\"*]?|[\"*]? - )"
A_FILM = (  # "Silence, a 1985 comedy starring …"
    rf"{COMMA}(?:an?|the|his|her|their|another) (?:(?:[a-z0-9'-]+|{NAME}) ){{0,5}}?{FILM_NOUN}\b"
    rf"(?=[,;.]| (?:starring|featuring|with|{MADE}|made|from|by|about|in|of|that|which|where|who|{NAME}))"
)
MADE_BY = (  # "Silence, directed by …": the film's own, where the film is named before
    rf"{COMMA}(?:(?:{MADE}|made) (?:[a-z0-9-]+ ){{0,5}}?(?:by|from|in)\b"
    rf"|(?:starring|featuring|whose|where|in which|with {FILM}'s)\b)"
)
SEEN = (
    r"(?:saw|seen|sees?|(?:re)?watch(?:ed|es|ing)?|remember(?:s|ed)?|recall(?:s|ed|ing)?|evok(?:es?|ed|ing)"
    r"|lik(?:es?|ed)|lov(?:es?|ed)|admir(?:es?|ed)|hat(?:es?|ed)|enjoy(?:s|ed)?|miss(?:ed)?|prefer(?:s|red)?|know|knew"
    r"|unlike|than|fans? of|as in|revisit(?:s|ed)?|echo(?:es|ed)?|quot(?:es?|ed)|cit(?:es?|ed)|no)"
)
LIKENED = (
    r"(?:(?:lifted|borrow(?:s|ed)|stolen|taken|steals|copied|descends|learn(?:s|ed|t)) (?:[a-z]+ ){0,3}from"
    r"|(?:debt|nod|homage|tribute|answer|compar(?:ed|ison)|similar|close|closer|back) (?:[a-z]+ )?(?:to|with)"
    r"|(?:wit|charm|spirit|shadow|style|mood|ghost|memory|echo|echoes|hint|touch|patience|warmth) of"
    r"|reminds \S+ of)"
)
BEGUN = (  # "the trilogy began in 1998 with Silence"
    r"\b(?:trilogy|series|saga|franchise|cycle|story|career) (?:[a-z]+ )?(?:began|begins|started|starts"
    r"|opened|opens|ended|ends|closed|closes|continued|continues|concluded|concludes)"
    r"(?: [a-z]+ \d{4})? (?:with|in) "
)
INTRODUCED = rf"(?:\b{SEEN} |\b{LIKENED} |{BEGUN})(?:[a-z0-9'-]+ |{NAME}'s ){{0,3}}?"
APPOSED = re.compile(rf"{WORK}(?={A_FILM})")
GOING_ON = re.compile(rf"^(?:(?!⟦f).)*?{WORK}(?={MADE_BY})")
AFTER_VERB = re.compile(rf"{INTRODUCED}{WORK}")
POSSESSED = re.compile(
    rf"(?:'s|\b(?:the|his|her|their)) (?:earlier|previous|later|older|other|next|last) {WORK}"
)
SUBJECT = re.compile(  # "where Silence was directed by …"
    rf"(?:^|[;,.] )(?:(?:where|while|whereas|as|though|although|since|because|and|but|yet|just as|when) )?"
    rf"(?:[a-z]+ )?{WORK}(?: and (?:{NAME}|{OTHER}))?"
    rf" (?:(?:is|was|were|are|had been|has been)"
    rf" (?:[a-z]+ )?{MADE}\b"
    rf"|(?:starr(?:ed|ing)|stars) {NAME}|(?:is|was) an? (?:[a-z0-9-]+ ){{0,3}}?{FILM_NOUN}\b"
    rf"|(?:opened|came out|grossed|premiered|made \$|took \$|cost \$|ran for|runs))"
)
BACK = re.compile(
    rf"(?P<on>[,.;-] | )(?:(?P<and>and|but|while|whereas|though|yet) )?(?=(?P<film>{FILM})(?!'))"
)
IN_PLACE = re.compile(
    rf"{NAME} (?:[a-z'-]+ ){{1,5}}(?:in|for|after|with|before) {WORK}"
    rf"(?=, (?:{MADE}|opposite|alongside)\b|,? with )"
)


def ranges_of_named_works(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the skeleton ranges in which a work that was named right before is described."""
    s = reading.skeleton
    for pattern in (AFTER_VERB, POSSESSED, SUBJECT, APPOSED, GOING_ON, IN_PLACE):
        for m in pattern.finditer(s):
            if _is_work(reading, m.group("work")):
                yield m.end("work"), _back(reading, m.end("work"))


def _is_work(reading: Reading, tag: str) -> bool:
    """Tell whether a name can be a work's: it is nobody's whom the record names."""
    known = (*reading.lexicon.people, *reading.lexicon.characters)
    return tag[1] == "o" or not nearest(reading.mention(tag).text, known).is_person


def _back(reading: Reading, at: int) -> int:
    """Return where the sentence comes back to the film. "It" is the work after a clause about that alone."""
    for m in BACK.finditer(reading.skeleton, at):
        meant = reading.mention(m.group("film"))
        it = meant.stands_for and meant.text.casefold() in {"it", "its"}
        preposed = m.group("on") == ", " and m.group("and") is None  # "unlike Silence, it was …"
        if not it or preposed or "⟦f" in reading.skeleton[:at]:
            return m.end()
    return len(reading.skeleton)
