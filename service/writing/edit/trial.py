"""Putting a single edit before the gates, in its paragraph's neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from service.detectors import Finding, Subject, detect
from service.detectors.house_style import HouseStyle
from service.document import Block, Document, Edit, Span, apply, parse
from service.facts import Claim, check
from service.gates import Change, Decision, decide
from service.gates.ledger import Standing
from service.reviews import Note


@dataclass
class Trial:
    """Tries edits of one document; what belongs to a paragraph is read once."""

    document: Document
    subject: Subject
    notes: tuple[Note, ...] = ()
    protect: tuple[str, ...] = ()
    headings: bool = False
    titles: tuple[str, ...] = ()
    house: HouseStyle | None = None
    _standing: Standing | None = None
    _parsed: dict[Span, tuple[Document, tuple[Finding, ...], tuple[Claim, ...]]] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """Return what the whole document asserts."""
        if self._standing is None:
            self._standing = Standing.of(self.document, self.subject.film, self.notes)
        return self._standing

    def decisions(self, edit: Edit, blocks: tuple[Block, ...]) -> tuple[Decision, ...]:
        """Return the gates' decisions on `edit`, up to the first refusal; `blocks` hold its span."""
        start = min(edit.span.start, blocks[0].span.start)
        end = max(edit.span.end, blocks[-1].span.end)
        before, found, claims = self._neighbourhood(Span(start, end))
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

    def _neighbourhood(self, span: Span) -> tuple[Document, tuple[Finding, ...], tuple[Claim, ...]]:
        if span not in self._parsed:
            document = parse(span.of(self.document.source), self.document.format, titles=self.titles)
            film = self.subject.film
            claims = check(document, film).claims if film else ()
            self._parsed[span] = (document, detect(document, self.subject), claims)
        return self._parsed[span]
