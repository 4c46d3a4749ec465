"""How a sentence says who acts: verbs of acting, parts taken, casts and what they include, performances.

The grammar is that of skeletons, as in `service.facts.credits`.
"""

from __future__ import annotations

import re

from service.facts.credits import APPOSITIVE, CHAIN, COORDINATED, DO
from service.facts.reading import FILM, NAME
from service.facts.role_words import NOUNS, alternatives

AN_ADJECTIVE = r"(?:(?!directorial\b|directing\b|writing\b)[a-z-]+ )"
CAST_NOUN = r"(?:cast|ensemble|lineup|line-up)"
PART_NOUN = r"(?:roles?|parts?|leads?)"
BARE_VERB = "".join(
    f"(?<={w} )|"
    for w in ("also", "that", "which", "to", "not", "n't", "never", "did", "does", "didnt", "doesnt")
)
STARRING = re.compile(
    rf"\b(?P<verbs>(?:{CHAIN}(?:,? and|,| &) )?(?:also |co-)*(?:starring|stars|starred"
    rf"|(?:{BARE_VERB.rstrip('|')})star"
    rf"|featuring|features|feature(?![ -](?:film|length|movie|debut|adaptation|directorial))"
    rf"|featured|headlined by|toplining))"
    r"(?: only| an? [a-z -]*?cast(?: [a-z-]+){0,4}? (?:of|with|including|featuring"
    r"|which includes|that includes|consisting of|comprising)| the (?:voices?|voice talents?"
    r"|acting talents?) of"
    r"| performances (?:by|from)| the likes of| the talents of)? "
)
CAST_OF = re.compile(
    rf"\b(?:{CAST_NOUN}|cast members|stars|actors|performers"
    rf"|voice cast)(?: of {FILM})?(?: (?:also|which|that|further|is|are|was|were))* "
    r"(?:,? led by|includes?|included|including|features?|featuring|consist(?:s|ing)? of|comprises?"
    r"|are|is|were|was|led by|headed by|headlined by|rounded out by|completed by|filled out by|joined by"
    r"|topped by)(?: of)? "
    rf"|\b(?:rounding out|filling out|completing|joining|heading|leading)"
    rf" (?:the (?:[a-z-]+ ){{0,2}}{CAST_NOUN}|them|him|her) (?:is|are|was|were) "
    r"|\b(?:performances?|cameos?|appearances?|(?:film|screen|final|last) roles?(?= for| of)|supporting"
    r" (?:roles|performances|turns)"
    r"|voice work) (?:are |is )?(?:by|from|of|(?<=role )for|(?<=roles )for|include|includes) "
    r"|\b(?:acting|film|screen|big-screen) debuts? (?:of|for|by) "
    r"|\bdebuts? (?:of|for|by) (?=⟦n\d+⟧ as an act)"
    rf"|\b{PART_NOUN} (?:of [^,;.]{{1,40}} )?(?:(?:is|was|are|were) )?"
    rf"(?:taken|filled|assumed|handled|tackled)(?: on)? by |\b{PART_NOUN} (?:went|goes|go|fell) to "
    rf"|{FILM} (?:is|was) (?:led|headed|fronted|anchored|carried|toplined) by "
    rf"|^in (?:the |an? |its |their )?{AN_ADJECTIVE}{{0,3}}{PART_NOUN},? (?:is |are |was |were )?(?=⟦n)"
    r"|(?<!as the )\bvoices? (?:are |is )?(?:by|of) "
    r"|\b(?:played|portrayed|voiced|essayed)(?: as (?:an?|the) (?:[a-z-]+ ){1,3})? ?by "
    r"|(?:^|, |; |(?<=⟧) )(?:also )?(?:with|and with) (?=⟦n)|(?:^| )(?:alongside|opposite) (?=⟦n)"
)
CAST_WORDS = frozenset(  # one of them is in every match of `CAST_OF`
    {"cast", "stars", "actors", "ensemble", "lineup", "line", "performers", "performance", "performances"}
    | {"cameo", "cameos", "appearance", "appearances", "role", "roles", "work", "voice", "voices"}
    | {"supporting", "played", "portrayed", "voiced", "essayed", "with", "alongside", "opposite"}
    | {"part", "parts", "lead", "leads", "debut", "debuts", "led", "headed", "fronted", "anchored", "carried"}
    | {"toplined", "rounding", "filling", "completing", "joining", "heading", "leading"}
)
TAKES_A_PART = (
    r"(?:(?:takes?|took) (?:on |over )?|gets? |got |lands? |landed |fills? |filled |assumes? |assumed "
    rf"|steps? into |stepped into |tackles? |tackled )(?:the |an? |his |her |their ){AN_ADJECTIVE}{{0,3}}"
    rf"(?:{PART_NOUN})\b(?! in the (?:making|production|writing))"
)
HAS_A_PART = (
    rf"(?:has|have|had|makes?|made|making) (?:(?:the|an?|his|her|their) )?{AN_ADJECTIVE}{{0,3}}"
    r"(?:cameos?|appearances?|(?<=[a-z]{3} )roles?|(?:roles?|parts?)(?= (?:in|as|of)\b)"
    r"|(?:acting|film|screen|big-screen) debuts?)"
    r"(?! in the (?:making|production|writing))"
)
LENDS_A_VOICE = (
    r"(?:lends?|lent|lending|provides?|provided|supplies|supplied) (?:his|her|their|the)"
    r" (?:[a-z-]+ ){0,2}voices?|(?:is|was|are|were) the (?:[a-z-]+ )?voices? of"
)
FILLS_THE_CAST = (
    rf"(?:rounds? out|rounded out|fills? out|completes?|heads?|headed) the (?:[a-z-]+ ){{0,2}}{CAST_NOUN}"
)
ACT = re.compile(
    rf"(?:{APPOSITIVE}|{COORDINATED}){DO} (?:(?:co-)?stars?|starred|appears?|appeared|plays?"
    r"|played|portrays?|portrayed|voices?|voiced|reprises?|reprised|returns?(?= as"
    r"| to (?:his|her|their))|returned(?= as| to (?:his|her|their))|cameos?"
    rf"|leads?|headlines?|headlined|acts?(?! as)|acted(?! as)|{TAKES_A_PART}|{HAS_A_PART}|{LENDS_A_VOICE}"
    rf"|{FILLS_THE_CAST})\b(?! by\b)"
    r"(?! an? (?:[a-z-]+ )?(?:part|role)(?! (?:in|of|for) (?:the )?⟦| as))"
    r"|,? (?:in|for) (?:the |a |an |its |their |other )?(?:[a-z-]+ )?(?:supporting|leading"
    r"|lead|starring|title|main|minor|major|principal|titular|key|central|pivotal|smaller"
    r"|prominent|featured|cameo)(?: and [a-z]+)? (?:roles?|parts?|appearances?)\b"
    rf"|,? (?:all )?(?:joins?|joined|joining) the (?:[a-z-]+ ){{0,2}}{CAST_NOUN}\b|,?(?: are| is| was"
    r"| were)? (?:featured|seen|cast|also seen)(?: in| as|,|\.|$)"
)
IN_ANOTHER = re.compile(r"(?: also)? (?:in|on) (?:the (?:film|movie|series|play) )?⟦[no]| (?:of|for|to) ⟦o")
OWN_ROLE = re.compile(
    r"(?:'s|'(?!\w)) (?:(?:[a-z0-9-]+|⟦n\d+⟧)[ -]){0,5}(?:role|roles|performance"
    r"|performances|appearance|acting debut|film debut|screen debut|debut role|portrayal"
    r"|cameo)\b"
)
PREDICATE = re.compile(  # what is said of somebody in a text about the film, not what once became of them
    rf"{APPOSITIVE}(?: (?:also|again|never|always|once|[a-z]+ly))*"
    r" (?:is|was|are|were|isn't|wasn't|aren't|does|doesn't|don't|[a-z]+[^s' ]s|stole|shone|gave|delivered"
    r"|turned in|did)\b(?!(?: not| never)? (?:in|part of|among|missing|absent|replaced|nowhere)\b)"
)
REMARK = re.compile(r" \((?:[a-z'-]+ ){0,3}[a-z'-]+\)")
AS_A_PART = re.compile(
    rf" as (?:the |an? |his |her |their |its |one |{NAME})"
    rf"(?!(?:[a-z-]+ )?(?:{alternatives(NOUNS, 'x')})\b)"
)
IN_PARENTHESES = re.compile(
    rf"(?<=[a-z⟧] \()(?=(?:[a-z-]+ ){{0,4}}{NAME}(?:(?:,| and|, and) {NAME})*(?:, [^()]*)?\))"
)
IN_THE_CAST = re.compile(
    r" (?:is|was|are|were|isn't|wasn't|aren't|weren't|appears?|appeared"
    r"|(?:does not|doesn't|did not|didn't) appear)(?: not| never)?(?: also)? (?:in|part of|among|a member of)"
    rf" (?:the cast|⟦f\d+⟧'s cast|{FILM}(?=[.,;]|$))"
)
HAS_IN_IT = re.compile(rf"{FILM} (?:has|had|features|featured|includes|included|sees|saw|finds) (?=⟦n)")
IN_IT = re.compile(
    r" (?:in it|in ⟦f|as\b|return(?:ing)? as\b"
    r"|(?:star|play|portray|voice|reprise|starring|playing|portraying|voicing|reprising)\b)"
)
