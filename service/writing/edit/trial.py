"""Putting a single edit before the gates, in its paragraph's neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from service.detectors import Finding, Subject, detect
from service.detectors.house_style import HouseStyle
from service.document import Block, Document, Edit, Span, apply, parse
from service.facts import Claim, check
from service.gates import Change, Decision, decide
from service.gates.ledger import Standing
from service.reviews import Note

ENDLESS = 6_000  # characters of a paragraph that is no longer read whole
NEAR = 1_500  # of them on either side of an edit that are read then

Neighbourhood = tuple[Document, tuple[Finding, ...], tuple[Claim, ...]]
Neighbourhoods = dict[str, Neighbourhood]  # by their source


@dataclass
class Trial:
    """Tries edits of one document; what belongs to a paragraph is read once, for all trials that share
    their `neighbourhoods`.
    """

    document: Document
    subject: Subject
    notes: tuple[Note, ...] = ()
    protect: tuple[str, ...] = ()
    headings: bool = False
    titles: tuple[str, ...] = ()
    house: HouseStyle | None = None
    neighbourhoods: Neighbourhoods = field(default_factory=dict)

    @cached_property
    def standing(self) -> Standing:
        """Return what the whole document asserts."""
        return Standing.of(self.document, self.subject.film, self.notes)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of the whole document; none where no film is known."""
        film = self.subject.film
        return check(self.document, film).claims if film else ()

    def decisions(self, edit: Edit, blocks: tuple[Block, ...]) -> tuple[Decision, ...]:
        """Return the gates' decisions on `edit`, up to the first refusal; `blocks` hold its span."""
        start, (before, found, claims) = self._around(edit, blocks)
        local = replace(edit, span=Span(edit.span.start - start, edit.span.end - start))
        after = parse(apply(before.source, [local]), self.document.format, titles=self.titles)
        change = Change(
            before,
            after,
            (local,),
            self.subject,
            notes=self.notes,
            protect=self.protect,
            headings=self.headings,
            house=self.house,
            rest=self.standing,
            found=found,
            checked=claims,
        )
        return decide(change, first=True)

    def _around(self, edit: Edit, blocks: tuple[Block, ...]) -> tuple[int, Neighbourhood]:
        """Return the edit's paragraph and where it begins; of a paragraph that will not end, the sentences
        near the edit, where they read alone as they do there.
        """
        start = min(edit.span.start, blocks[0].span.start)
        end = max(edit.span.end, blocks[-1].span.end)
        if end - start > ENDLESS:
            reach = Span(max(start, edit.span.start - NEAR), min(end, edit.span.end + NEAR))
            near = self.document.sentences_in(reach)
            first = min(edit.span.start, near[0].span.start)
            alone = self._neighbourhood(Span(first, max(edit.span.end, near[-1].span.end)))
            if [s.text for s in alone[0].all_sentences] == [s.text for s in near]:
                return first, alone
        return start, self._neighbourhood(Span(start, end))

    def _neighbourhood(self, span: Span) -> Neighbourhood:
        source = span.of(self.document.source)
        if source not in self.neighbourhoods:
            document = parse(source, self.document.format, titles=self.titles)
            film = self.subject.film
            claims = check(document, film).claims if film else ()
            self.neighbourhoods[source] = (document, detect(document, self.subject), claims)
        return self.neighbourhoods[source]
