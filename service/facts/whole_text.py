"""What a whole text says of the cast: a list that lacks several of its actors is plainly not all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from service.facts.credit_finder import find_credits
from service.facts.credits import SEEN
from service.facts.mentions import MentionKind
from service.facts.people import names_of, recorded
from service.facts.reading import Reading
from service.facts.role_words import Role
from service.films.names import nearest


@dataclass(frozen=True)
class WholeText:
    """The readings of all sentences of a text, and what they name together."""

    readings: tuple[Reading, ...]

    @cached_property
    def listed(self) -> frozenset[str]:
        """Return the recorded actors whom the text names anywhere, as the record names them."""
        cast = names_of(self.readings[0].film, "cast") if self.readings else ()
        named = {m.text for r in self.readings for m in r.mentions if m.kind is MentionKind.NAME}
        return frozenset(known.known for n in named if (known := nearest(n, cast)).is_person)

    @cached_property
    def makers(self) -> frozenset[Role]:
        """Return the roles behind the camera for which the text names somebody whom the record does."""
        return frozenset(
            c.role
            for r in self.readings
            for c in r.once(find_credits)
            if c.role is not Role.ACTOR
            and any(nearest(p.text, recorded(r.film, c.role)).is_person for p in c.people)
        )

    @cached_property
    def strangers(self) -> frozenset[str]:
        """Return the actors whom the text credits in full and the record does not know at all."""
        credited = {
            p.text
            for r in self.readings
            for c in r.once(find_credits)
            for p in c.people
            if c.role is Role.ACTOR and c.form != SEEN and " " in p.text
        }
        people = self.readings[0].lexicon.people if credited else ()
        return frozenset(n for n in credited if not nearest(n, people).is_person)
