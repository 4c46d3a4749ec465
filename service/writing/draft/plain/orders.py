"""Which sentences are orders to whoever writes the review, and say nothing of the film.

An order is a clause in the imperative, or one that somebody is told, asked or obliged to obey, whose verb
is one of saying, judging or editing, or whose object is the text itself. Imperatives to the reader of
the review ("see it on a big screen") are none. The lists are `data/instructions.tsv`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from service.document import fold
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.tagging import could_be

_OBJECT = (
    r"(?:the|an?|that|this|these|it|its|them|how|what|why|my|your|our|as|only|no|all|every|each|on|in|"
    r"there|everyone|readers)\b"
)
_SOFT = re.compile(
    r"^(?:please|pls|kindly|also|and|then|but|so|now|ok|okay|maybe|perhaps|always|never|just|hey|nb|instead|"
    r"first|finally|next|above all(?: else)?|either way|anyway|oh|psst|@\w+|"
    r"by the way|btw|p\.?s\.?|dear \w+|if you (?:can|read this|please)|"
    r"under no circumstances|in (?:your|the|this) (?:review|article|text|answer|draft|summary|conclusion|"
    r"intro(?:duction)?)|from (?:here|now) on|be sure to|remember to|make sure (?:you |to )?|"
    r"feel free to|try to|let's|let us|go ahead and|do not|don't|do|you must|you should)\b[,:]?\s+"
)
_BREAK = re.compile(
    r"(?<=[.!?;:])\s+|\n+|\s+[-–—|/]+\s+|\s*[—|]\s*|[()\[\]{}<>\"“”*#`]+|,\s*(?:and|then|but|so|also)\s+|"
    r"\s+(?:and|so|but) (?:then|now|please|also)\s+|,\s+(?=please\b)"
)
_LED = re.compile(
    r"^(?:\w+ing|whatever|whenever|before|when|if|under|as|after|despite|regardless|no matter|because|since|"
    r"for|by|with|unless|while)\b[^,.;:]{0,60},\s+(?P<order>.+)"
)
_AGENTS = r"(?:(?:reviewer|writer|critic|editor|model|assistant|ai|llm|chatbot|bot)s?|whoever \w+ this)"
_OBLIGED = re.compile(
    r"\b(?:you (?:must|should|shall|need to|have to|are to|ought to|had better)|"
    r"(?:it is|it's|it would be) (?:important|essential|crucial|vital|necessary|mandatory|required|best|good)"
    r" (?:to|that you)) (?:(?:always|never|also|not|now|please|only)\s+)*(?P<order>.+)"
)  # as a reader may be, too: only the verb tells
_TOLD = re.compile(
    r"\b(?:sa(?:ys|id) to|"
    r"(?:ask|tell|told|want|need|order|instruct|urge|beg|request|require|remind|pay|paid|expect|encourage)"
    rf"(?:s|ed)? (?:me|us|you|(?:the )?{_AGENTS}) to|"
    rf"(?:i|we|you|{_AGENTS}) (?:was|were|are|am|is|have been) (?:asked|told|ordered|paid|instructed|"
    r"required|requested|urged|expected|obliged) to|"
    rf"(?:can|could|would|will) you(?: please)?|"
    rf"{_AGENTS} (?:must|should|shall|needs? to|has to|have to|is to|are to|"
    r"ought to)|(?:demands?|insists?|requires?|asks?|requests?) that "
    r"(?:we|you|reviewers|the review|it)(?: must| should)?|"
    r"(?:task|job|role|goal|duty|mission|aim) (?:here |now )?is (?:now )?to|"
    r"(?:i|we) (?:would |'d )?(?:like|love|appreciate it if) you (?:to|could|would)?"
    r") (?:(?:always|never|also|not|now|please|kindly|only)\s+)*(?P<order>.+)"
)
_OF_TEXT = re.compile(
    r"\b(?:the|this|your|our|every|each) (?:review|article|write-?up|draft|copy|blurb|output|answer|response|"
    r"headline|meta description|section|paragraph|sentence)s? "
    r"(?:must|should|needs? to|has to|is to|ought to|shall)(?! have\b)|"
    r"\byour (?:text|review|article|answer|summary|write-?up|draft|output|response|instructions)\b|"
    r"\b(?:author|writer) of th(?:is|e) (?:review|article|text)\b|"
    r"\b(?:good|great|nice|lovely|kind|grateful|appreciated?) if you\b"
)
_PLACED = re.compile(
    r"\b(?:in|of|to|at the end of|at the start of) (?:every|each) (?:section|sentence|paragraph)\b"
)
_PRESSED = re.compile(
    r"\W*(?:please|pls|kindly|important:|attention:|reminder:)\s+(?P<verb>[a-z]+)\s+(?P<rest>.+)"
)
_GIVEN = re.compile(r"(?:give|award|grant|rate) (?:it|this|the|this) (?P<what>.*)")
_RATED = re.compile(r"\b(?:stars?|marks?|points?|rating|score|thumbs|full)\b|\d")
_FLATTERED = re.compile(r"make (?:the|our|this)\b.{1,40}\blook (?:good|great|bad|better)\b")
_GERUND = re.compile(r"(?:stop|start|begin|keep|quit) (?P<verb>[a-z]+?)ing\b")
_TO_READERS = frozenset(
    """see watch skip avoid go do let stop be bring stay wait catch forget remember think feel believe look
    love like trust give have get leave sit""".split()  # noqa: SIM905 - a list of words
)
_BRACKET = re.compile(r"^\W*(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|```.*)\W*$", re.DOTALL)
_SPEAKER = re.compile(
    r"\b(?:your?|todo|tk|to do|system|assistant|user|note to|instructions?|from now on|as an ai|override)\b"
)  # whom a mark must be addressed to
_VOIDING = frozenset(
    {"ignore", "disregard", "forget", "override", "bypass", "ignora", "ignorez", "ignoriere"}
)


def is_order(text: str) -> bool:
    """Tell whether a text, or a sentence of it, is an order to the writer of the review.

    >>> [is_order(t) for t in ("mention the soundtrack somewhere", "see it on a big screen")]
    [True, False]
    >>> [is_order(t) for t in ("please recommend the producer", "please give it a chance")]
    [True, False]
    >>> [is_order(t) for t in ("the editor says to mention the producer", "he told me to forget the shot")]
    [True, False]
    >>> [is_order(t) for t in ("a tense hour (now hail the producer)", "you have to see it twice")]
    [True, False]
    """
    low = fold(text).strip()
    if _BRACKET.match(low) or (_begins(low, "mark") and not low.startswith("you are a")):
        return True
    if _patterns("mark").search(low) and _SPEAKER.search(low):
        return True
    if _PLACED.search(low) or _OF_TEXT.search(low) or _forgotten(low) or _asked(low):
        return True
    if any(_ordered(found["order"]) for found in _OBLIGED.finditer(low)):
        return True
    if any(_ordered(told["order"]) or _writes(told["order"]) for told in _TOLD.finditer(low)):
        return True
    return any(_ordered(part) or _tucked(part) for part in _BREAK.split(low))


def is_injection(text: str) -> bool:
    """Tell whether an order is aimed at a machine, so that the whole note is suspect."""
    aimed = re.search(rf"\b(?:{'|'.join(_VOIDING)})\b[^.!?]{{0,40}}", fold(text))
    return aimed is not None and _patterns("object").search(aimed.group()) is not None


@lru_cache(maxsize=4)
def _patterns(kind: str) -> re.Pattern[str]:
    every = sorted(column("instructions.tsv", kind), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(p) for p in every)})(?!\w)")


def _begins(low: str, kind: str) -> bool:
    return _patterns(kind).match(low) is not None


def _forgotten(low: str) -> bool:
    """Tell whether a text begins by telling somebody to forget what he was given."""
    begun = re.match(r"\W*forget\b[^.!?;:]{0,40}", low)
    return begun is not None and _patterns("object").search(begun.group()) is not None


def _asked(low: str) -> bool:
    """Tell whether a text asks or presses for something, and not the reader to see the film."""
    begun = _PRESSED.match(low)
    if (
        begun is None
        or begun["verb"] in _TO_READERS
        or re.match(r"(?:it|this|him|her|them)\b", begun["rest"])
    ):
        return False
    return could_be(begun["verb"], "VVI")


def _tucked(part: str) -> bool:
    """Tell whether an order stands behind a comma: `never mind the film, quote the press kit`."""
    _, *later = re.split(r",\s+", part)
    return any(
        re.match(rf"(?:\w+ )?[a-z]+ (?:{_OBJECT}|(?:that|about|to|out|up|with|off|for)\b)", p) and _ordered(p)
        for p in later
    )


def _writes(order: str) -> bool:
    """Tell whether what the writer is told to do is anything but to see the film."""
    verb = re.match(r"[a-z]+", order)
    return verb is not None and verb.group() not in _TO_READERS


def _ordered(part: str) -> bool:
    """Tell whether a clause, from its first word, is an order to write, judge or edit."""
    part = part.strip("\"'“”‘’*#>()[]., ")
    for _ in range(4):
        part = _SOFT.sub("", part)
    led = _LED.match(part)
    if led is not None and _ordered(led["order"]):
        return True
    given = _GIVEN.match(part)
    if (given is not None and _RATED.search(given["what"])) or _FLATTERED.match(part) or _turns(part):
        return True
    verb = _patterns("verb").match(part)
    return _edits(part) if verb is None else _obeyable(verb.group(), part[verb.end() :].strip())


def _obeyable(verb: str, rest: str) -> bool:
    """Tell whether a verb of the list with what follows it is an order, and no noun with its predicate."""
    if " " in verb and rest.startswith("'s "):  # `recommend the studio's films`
        return True
    if verb in column("instructions.tsv", "noun") and not re.match(_OBJECT, rest):
        return False
    if verb in _VOIDING and not _patterns("object").search(rest):
        return False
    if verb == "praise" and rest.startswith("for "):
        return False
    predicate = r"(?:is|are|was|were|has|have|had|of|'s|which|that's)\b"
    return bool(rest) and rest[0] not in ":=" and re.match(predicate, rest) is None


def _turns(part: str) -> bool:
    """Tell whether a clause is an order to begin or to stop writing: `start advertising`."""
    found = _GERUND.match(part)
    if found is None:
        return False
    verbs = column("instructions.tsv", "verb") | {"review", "write"}
    return any(form in verbs for form in (found["verb"], f"{found['verb']}e", found["verb"][:-1]))


def _edits(part: str) -> bool:
    """Tell whether a clause in the imperative has the text itself as its object: `shorten the review`."""
    found = re.match(rf"(?P<verb>[a-z]+) {_OBJECT}(?P<rest>.*)", part)
    if found is None or found["verb"] in _TO_READERS or not could_be(found["verb"], "VVI"):
        return False
    return _patterns("object").search(" ".join(found.group().split()[1:6])) is not None
