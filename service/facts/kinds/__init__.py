"""The claim kinds, one a file; `CLAIM_KINDS` is all of them."""

from service.facts.kind import ClaimKind
from service.facts.kinds.award import AWARD
from service.facts.kinds.cast import CAST
from service.facts.kinds.character import CHARACTER
from service.facts.kinds.company import COMPANY
from service.facts.kinds.country import COUNTRY
from service.facts.kinds.genre import GENRE
from service.facts.kinds.language import LANGUAGE
from service.facts.kinds.made_count import MADE_COUNT
from service.facts.kinds.money import MONEY
from service.facts.kinds.people_count import PEOPLE_COUNT
from service.facts.kinds.person_role import PERSON_ROLE
from service.facts.kinds.profit import PROFIT
from service.facts.kinds.rating import RATING
from service.facts.kinds.related_film import RELATED_FILM
from service.facts.kinds.release import RELEASE
from service.facts.kinds.release_place import RELEASE_PLACE
from service.facts.kinds.runtime import RUNTIME
from service.facts.kinds.same_person import SAME_PERSON
from service.facts.kinds.source_work import SOURCE_WORK
from service.facts.kinds.year import YEAR_KIND

CLAIM_KINDS: tuple[ClaimKind, ...] = (
    PERSON_ROLE,
    CAST,
    CHARACTER,
    SAME_PERSON,
    PEOPLE_COUNT,
    YEAR_KIND,
    RUNTIME,
    COUNTRY,
    MONEY,
    PROFIT,
    RELEASE,
    RELEASE_PLACE,
    SOURCE_WORK,
    GENRE,
    COMPANY,
    LANGUAGE,
    MADE_COUNT,
    AWARD,
    RELATED_FILM,
    RATING,
)
