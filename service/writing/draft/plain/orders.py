"""Which sentences are orders to whoever writes the review, and say nothing of the film.

An order is a clause in the imperative that is no viewer's (`imperatives`), or one that somebody is told,
asked or obliged to obey, whose verb is one of saying, judging or editing, or whose object is the text
itself; or words addressed to a writer or a machine (`addressing`). Imperatives to the reader of the review
("see it on a big screen") are none. The lists are `data/instructions.tsv`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from service.document import fold
from service.writing.draft.plain.addressing import AGENTS, addressed
from service.writing.draft.plain.imperatives import TEXT, imperative, to_viewers
from service.writing.draft.plain.lists import column, is_craft
from service.writing.draft.plain.tagging import could_be, tag

_OBJECT = (
    r"(?:the|an?|that|this|these|it|its|them|how|what|why|my|your|our|as|only|no|all|every|each|on|in|"
    r"there|everyone|readers|any|some|more|less|at (?:least|most)|\d+)\b"
)
_SOFT = re.compile(
    r"^(?:please|pls|kindly|also|and|then|but|so|now|ok|okay|maybe|perhaps|always|never|just|hey|nb|instead|"
    r"first|finally|next|above all(?: else)?|either way|anyway|oh|psst|@\w+|"
    r"by the way|btw|p\.?s\.?|dear \w+|if you (?:can|read this|please)|"
    r"under no circumstances|in (?:your|the|this) (?:review|article|text|answer|draft|summary|conclusion|"
    r"intro(?:duction)?)|from (?:here|now) on|be sure to|remember to|make sure (?:you |to )?|"
    r"do (?:me|us) a favou?r(?: and)?|i suggest that|why not|por favor|bitte|s'il (?:te|vous) plait|svp|"
    r"feel free to|try to|let's(?: all)?|let us(?: all)?|time to|better(?= not )|not(?= (?:mention|say|"
    r"write))|go ahead and|do not|don't|do)\b[,:]?\s+"
)
_QUALIFIED = re.compile(r"an? (?:bit|little|tad|touch|lot|shade|trifle|mess|bore|joke|triumph)\b")
_BREAK = re.compile(
    r"(?<=[.!?;:])\s+|\n+|\s+[-–—|/]+\s+|\s*[—|]\s*|[()\[\]{}<>\"“”*#`]+|,\s*(?:and|then|but|so|also)\s+|"
    r"\s+(?:and|so|but) (?:then|now|please|also)\s+|,\s+(?=please\b)|\s+but\s+|"
    r"(?<=favour) and |(?<=favor) and "
)
_LED = re.compile(
    r"^(?:\w+ing|whatever|whenever|before|when|if|under|as|after|despite|regardless|no matter|because|since|"
    r"for|by|with|unless|while)\b[^,.;:]{0,60},\s+(?P<order>.+)"
)
_WANTED = re.compile(
    r"\b(?:i'd like|i would like|we'd like|we would like|i want|we want|what we (?:want|need)|i need|we need|"
    r"can (?:we|i) (?:get|have)|any chance of|how about|time to|wants this|why don't you|"
    r"expects?)\b(?P<what>.*)"
)
_HOPED = re.compile(
    r"\b(?:it (?:would|will|'d)|it'd|would|we'd be|i'd be|we would be) (?:\w+ )?(?:help|helpful|nice|great|"
    r"good|grateful|"
    r"smart|wise|lovely|happy|appreciated|delighted)\b.*?\b(?:if|for|to|that)\b(?P<what>.*)"
)
_OBLIGED = re.compile(
    r"\b(?:you (?:must|should|shall|will|may|might|could|can|need to|have to|are to|ought to|had better)|"
    r"(?:it is|it's|it would be|it'd be) (?:important|essential|crucial|vital|necessary|mandatory|required|"
    r"best|good|smart|"
    r"wise) (?:to|that you)|perhaps you(?: might| could)?) (?:(?:always|never|also|not|now|please|"
    r"only)\s+)*(?P<order>.+)"
)  # as a reader may be, too: only the verb tells
_TOLD = re.compile(
    r"\b(?:sa(?:ys|id) to|"
    r"(?:ask|tell|told|want|need|order|instruct|urge|beg|request|require|remind|pay|paid|expect|encourage)"
    rf"(?:s|ed)? (?:me|us|you|(?:the )?{AGENTS}) to|"
    rf"(?:i|we|you|{AGENTS}) (?:was|were|are|am|is|have been) (?:asked|told|ordered|paid|instructed|"
    r"required|requested|urged|expected|obliged) to|"
    rf"(?:can|could|would|will) you(?: please)?|"
    rf"{AGENTS} (?:must|should|shall|needs? to|has to|have to|is to|are to|"
    r"ought to)|(?:demands?|insists?|requires?|asks?|requests?) that "
    r"(?:we|you|reviewers|the review|it)(?: must| should)?|"
    r"(?:task|job|role|goal|duty|mission|aim) (?:here |now )?is (?:now )?to|"
    r"(?:i|we) (?:would |'d )?(?:like|love|appreciate it if) you (?:to|could|would)?"
    r") (?:(?:always|never|also|not|now|please|kindly|only)\s+)*(?P<order>.+)"
)
_MUSED = re.compile(
    r"can you [a-z]+ (?:about|at|with|for|to|in|on|through) (?:this|that|it|him|her|them)\b\W*$"
)  # a question to nobody: `can you laugh at this?`
_PRESSED = re.compile(
    r"\W*(?:please|pls|kindly|important:|attention:|reminder:)\s+(?P<verb>[a-z]+)\s+(?P<rest>.+)"
)
_BILLED = re.compile(r"give (?!it\b|this\b|him\b|her\b|them\b)(?:\w+ ){1,3}to\b")
_PRINCIPAL = re.compile(
    r"\b(?:studio|producers?|editors?|distributors?|publishers?|client|boss|pr|agency|agent|marketing|"
    r"sponsors?|"
    r"company|manager|owner|chief|publicist|department|team|lawyers?|management|desk)\b"
)  # who may have a review written to order
_GIVEN = re.compile(r"(?:give|award|grant|rate) (?:it|this|the|this) (?P<what>.*)")
_RATED = re.compile(r"\b(?:stars?|marks?|points?|rating|score|thumbs|full|\w+ out of \w+)\b|\d")
_RECOMMENDED = re.compile(
    r"(?:highly |warmly |strongly )?recommend (?!(?:the|this|that|its?|a|an) (?:[\w'’]+ ){0,2}"
    r"(?:films?|movies?|cut|version|restoration|print|subtitles|book|novel|play|original|cinema|screen|theat\w+|dub|first|second|last)\b)"
    r"(?:the|our|their|his|her|a|an|some|any|every|both|other|more)\b"
)  # what a critic recommends is the film
_ASCRIBED = re.compile(
    r"(?:credit|award|name|rank|list|label|quote|plug|promote) (?P<who>\w+(?: \w+){0,2}?) (?:with|for|as) \w"
)
_FLATTERED = re.compile(
    r"make (?:the|our|this|him|her|them|\w+)\b.{0,40}\b(?:look (?:good|great|bad|better)|out (?:to be|as)) ?"
)
_READERS = re.compile(
    r"(?P<verb>[a-z]+) (?:the |your |our |all |every )?readers?\b(?! (?:will|would|may|might|can)\b)"
)
_GERUND = re.compile(
    r"(?:stop|start|begin|keep|quit|consider|try|how about|(?:i|we|may i) suggest) (?P<verb>[a-z]+?)ing\b"
)
_TO_READERS = frozenset(
    """see watch skip avoid go do let stop be bring stay wait catch forget remember think feel believe look
    love like trust give have get leave sit""".split()  # noqa: SIM905 - a list of words
)
_QUOTED = re.compile(r"[\"“][^\"”]+[\"”]")
_OF_QUOTE = re.compile(
    r"…\s+(?:is|was|are|were|gets?|gave|made|still|never|scene|speech|line|bit|joke|moment|song)\b|"
    r"\b(?:line|quote|joke|speech|song|title|tagline|words|moment|robot|says|said|repeats|whispers|"
    r"shouts)\s+…"
)
_NAMELESS = frozenset(
    {"where", "goes", "to", "is", "of", "sequence", "crawl", "roll", "given", "due", "and", "the"}
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
    low = _unquoted(low)
    pleads = re.search(r"\bplease\b", low) is not None and TEXT.search(low) is not None
    if pleads or addressed(low) or _forgotten(low) or _asked(low) or _hoped(low) or _wanted(low):
        return True
    obliged = any(_ordered(found["order"], viewers=True) for found in _OBLIGED.finditer(low))
    told = any(_ordered(t["order"], viewers=True) or _passed_on(low, t) for t in _TOLD.finditer(low))
    return obliged or told or any(_ordered(part) or _tucked(part) for part in _BREAK.split(low))


def _unquoted(low: str) -> str:
    """Return a text without the words that it quotes from the film, where it says something of them."""
    bare = _QUOTED.sub(" … ", low)
    return bare if bare != low and _OF_QUOTE.search(bare) else low


def _hoped(low: str) -> bool:
    """Tell whether a wish is for the text: `it would help us if the review mentioned the sequel`."""
    found = _HOPED.search(low)
    if found is None:
        return False
    what = found["what"].strip()
    return (
        TEXT.search(what) is not None
        or _ordered(what)
        or re.search(r"\b(?:nod|mention|plug)\b", what) is not None
    )


def _wanted(low: str) -> bool:
    """Tell whether a wish is for words: `what we want is a line about the shop`."""
    found = _WANTED.search(low)
    if found is None:
        return False
    what = found["what"].strip(" :,?")
    asked = re.sub(r"^(?:to|is|are|a|an|the)\s+", "", what)
    gerund = re.match(r"([a-z]+?)ing\b", asked)
    forms = (gerund[1], f"{gerund[1]}e", gerund[1][:-1]) if gerund else ()
    return (
        TEXT.search(what) is not None
        or re.search(r"\blines? (?:about|praising|on|for)\b|\bthe words? [\"“]", what) is not None
        or _listed(asked)
        or any(form in column("instructions.tsv", "verb") for form in forms)
    )


def is_injection(text: str) -> bool:
    """Tell whether an order is aimed at a machine, so that the whole note is suspect."""
    low = fold(text).strip()
    if (_begins(low, "mark") and not low[0].isalpha()) or re.match(r"q: .*\ba: ", low):
        return True  # a tag of a chat's form, or a question with its answer put in the mouth
    aimed = re.search(rf"\b(?:{'|'.join(_VOIDING)})\b[^.!?]{{0,40}}", low)
    return aimed is not None and _patterns("object").search(aimed.group()) is not None


@lru_cache(maxsize=4)
def _patterns(kind: str) -> re.Pattern[str]:
    every = sorted(column("instructions.tsv", kind), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(p) for p in every)})(?![\w-])")


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


def _passed_on(low: str, told: re.Match[str]) -> bool:
    """Tell whether the writer is told to do it by anybody but the film: not `the ending begs you to care`."""
    third = re.match(
        r"(?:asks|tells|wants|begs|urges|expects|encourages|requires|reminds|needs) you to", told.group()
    )
    if _MUSED.match(told.group()):
        return False
    return (third is None or _PRINCIPAL.search(low[: told.start()]) is not None) and _writes(told["order"])


def _writes(order: str) -> bool:
    """Tell whether what the writer is told to do is anything but to see the film."""
    verb = re.match(r"[a-z]+", order)
    return verb is not None and verb.group() not in _TO_READERS


def _ordered(part: str, *, viewers: bool = False) -> bool:
    """Tell whether a clause, from its first word, is an order to write, judge or edit.

    With `viewers` it stands where one to them may stand as well ("you should know the play"), so that only a
    verb of the list tells.
    """
    part = part.strip("\"'“”‘’*#>()[]., ")
    for _ in range(4):
        part = _SOFT.sub("", part)
    first, _, rest = part.partition(" ")
    if is_craft(first) and _QUALIFIED.match(rest):
        return False  # `score a bit cheesy`
    led = _LED.match(part)
    if led is not None and _ordered(led["order"]):
        return True
    given = _GIVEN.match(part)
    if (given is not None and _RATED.search(given["what"])) or _FLATTERED.match(part) or _turns(part):
        return True
    to_readers = _READERS.match(part)
    if _RECOMMENDED.match(part) or _ascribed(part) or (to_readers and could_be(to_readers["verb"], "VVI")):
        return True
    if not viewers and (imperative(part) or _BILLED.match(part)):
        return True
    first, _, second = part.partition(" and ")
    return _listed(part) or (to_viewers(first) and bool(second) and _listed(second))


def _ascribed(part: str) -> bool:
    """Tell whether a clause wants something ascribed to somebody: `credit her with the idea`."""
    found = _ASCRIBED.match(part)
    if found is None:
        return False
    who = found["who"].split()
    return not any(is_craft(w) or w in _NAMELESS or w.endswith("s") for w in who)


def _listed(part: str) -> bool:
    """Tell whether a clause begins with a verb of the list and what it takes, or is about the text."""
    part = part.strip("\"'“”‘’*#>()[]., ")
    verb = _patterns("verb").match(part)
    if verb is None:
        return _edits(part)
    if " " not in verb.group() and to_viewers(part):
        return False
    return _obeyable(verb.group(), part[verb.end() :].strip())


def _obeyable(verb: str, rest: str) -> bool:
    """Tell whether a verb of the list with what follows it is an order, and no noun with its predicate."""
    if " " in verb and rest.startswith("'s "):  # `recommend the studio's films`
        return True
    if verb in column("instructions.tsv", "noun") and (not re.match(_OBJECT, rest) or _QUALIFIED.match(rest)):
        return False
    if verb in _VOIDING and not _patterns("object").search(rest):
        return False
    if verb == "praise" and rest.startswith(("for ", "where ")):
        return False
    if re.match(r"(?:at|of|from|by|to|between) ", rest) and " that " not in rest and could_be(verb, "NN1", 6):
        words = tag(f"{verb} {rest}")
        if not words[0].among("VV") or any(w.among("VVZ", "VBZ", "NN2") for w in words[-2:]):
            return False  # `link to the first film is thin`, `reveal at the midpoint works`
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
    if (
        found is None
        or found["verb"] in _TO_READERS
        or to_viewers(part)
        or not could_be(found["verb"], "VVI")
    ):
        return False
    return _patterns("object").search(" ".join(found.group().split()[1:6])) is not None
