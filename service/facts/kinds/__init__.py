"""The claim kinds, one a file; `CLAIM_KINDS` is all of them."""

from service.facts.kind import ClaimKind
from service.facts.kinds.cast import CAST
from service.facts.kinds.country import COUNTRY
from service.facts.kinds.person_role import PERSON_ROLE
from service.facts.kinds.runtime import RUNTIME
from service.facts.kinds.year import YEAR_KIND

CLAIM_KINDS: tuple[ClaimKind, ...] = (
    PERSON_ROLE,
    CAST,
    YEAR_KIND,
    RUNTIME,
    COUNTRY,
)
