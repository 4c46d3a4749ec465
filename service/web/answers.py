"""What the API answers, declared for the OpenAPI document. The values are made in `service.writing.shapes`.

FastAPI does not build answers from these models: what was checked and stored is sent as it is. That the two
agree is held by tests/web/test_answers.py and by Schemathesis.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Span = Annotated[
    list[int],
    Field(min_length=2, max_length=2, description="Half-open offsets in characters: [start, end]."),
]
When = Annotated[str, Field(description="A time in UTC, ISO 8601.")]


class FilmName(BaseModel):
    """A stored film, enough to find its record."""

    id: str
    title: str
    year: int | None


class FilmBox(FilmName):
    """A film as the box of a review shows it."""

    original_title: str
    directors: list[str]
    cast: list[str] = Field(description="The first five.")
    countries: list[str]
    runtime_minutes: int | None


class Evidence(BaseModel):
    """A stored value, where it came from, and when."""

    field: str
    value: Any = None
    source: str | None
    licence: str | None
    retrieved: str | None


class Suggestion(BaseModel):
    """What would be right; it can be applied as an edit."""

    kind: str
    span: Span
    replacement: str


class Claim(BaseModel):
    """What a text asserts, with the verdict of the record. No evidence is never `supported`."""

    id: str
    kind: str
    span: Span
    sentence: Span
    text: str
    asserted: Any = None
    verdict: str = Field(description="supported, contradicted, or not_in_metadata.")
    reason: str
    decided_by: str
    evidence: list[Evidence]
    suggestion: Suggestion | None


class Coverage(BaseModel):
    """How many claims were found, and how many of them the record decided."""

    claims: int
    checked: int


class Claims(BaseModel):
    """The claims of a text."""

    claims: list[Claim]
    coverage: Coverage


class Replacement(BaseModel):
    """Where in the claim, and by what."""

    span: Span
    text: str


class SingleClaim(BaseModel):
    """A claim given alone: one verdict for the whole, and the assertions read in it."""

    claim: str
    verdict: str
    suggestion: str | None = Field(None, description="`spelling` or `value`; absent where there is none.")
    replacement: Replacement | None = None
    evidence: list[Evidence]
    assertions: list[Claim]
    decided_by: str | None = Field(None, description="The judge's name, where the verdict is its own.")
    reason: str | None = Field(None, description="The judge's reason.")
    judge_failed: str | None = Field(None, description="Why the judge gave no verdict on this claim.")


class Usage(BaseModel):
    """What the model was asked; `cost` in US dollars as a decimal string, null where unknown."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cost: str | None


class JudgeFared(BaseModel):
    """How the judge fared: its verdicts stand with the claims, its failures are never a verdict."""

    model: str
    state: Literal["answered", "partly_failed", "failed", "nothing_to_ask", "unfit"]
    said: str
    asked: int
    decided: int
    failed: list[dict[str, Any]] = Field(description="The sentence's span or the claim, and the reason.")
    usage: Usage


class CheckAnswer(BaseModel):
    """The claims of `content` as `Claim`s, or one `SingleClaim` for each of `claims`."""

    film: FilmName
    claims: list[Claim] | list[SingleClaim]
    coverage: Coverage
    judge: JudgeFared | None = Field(None, description="Only where a judge was asked for.")


class Finding(BaseModel):
    """A repetition or a stock phrase: where it stands, why it was found, how much it matters."""

    id: str
    kind: str
    level: Literal["must", "should", "may"]
    message: str
    spans: list[Span]
    texts: list[str] = Field(description="The text at each span.")
    evidence: dict[str, Any]


class Part(BaseModel):
    """What a kind of finding costs."""

    name: str
    points: float
    count: int
    explanation: str


class Score(BaseModel):
    """100 is clean. docs/score.md says how it is made."""

    score: float
    percentile: float | None = Field(
        description="Percentage of published human reviews of that length with a lower score."
    )
    parts: list[Part]
    measures: dict[str, Any]


class ScoreAnswer(Score):
    """A score with its findings."""

    findings: list[Finding]
    repeated_ideas: Literal["looked_for", "left_out", "not_installed"]


class ModelSaid(BaseModel):
    """Which model proposed, how far it is trusted, and what that means for the text."""

    name: str
    reach: Literal["none", "sentence", "article"]
    said: str


class Gate(BaseModel):
    """A check's decision on an edit."""

    gate: str
    accepted: bool
    reason: str


class ProposedEdit(BaseModel):
    """A replacement of one span of the source."""

    id: str
    span: Span
    before: str
    after: str
    operation: str
    origin: str
    reason: str
    answers: list[str] = Field(description="Ids of the findings and claims that it answers.")


class Step(ProposedEdit):
    """An edit as it was proposed in a round, with the gates' decisions."""

    round: int
    gates: list[Gate]


class Answered(BaseModel):
    """A finding that an edit answers."""

    id: str
    kind: str


class MadeEdit(ProposedEdit):
    """An edit of the result, made of one or more steps."""

    steps: list[str]
    findings: list[Answered]
    gates: list[Gate]


class Account(BaseModel):
    """A name, number, quotation or assertion of the source (or, if added, of the result)."""

    kind: str
    text: str
    span: Span
    reason: str


class Ledger(BaseModel):
    """What became of everything that the source asserts."""

    kept: list[Account]
    merged: list[Account]
    corrected: list[Account]
    dropped: list[Account]
    added: list[Account]


class Scores(BaseModel):
    """The score before and after."""

    before: Score
    after: Score


class Words(BaseModel):
    """The length before and after, in words."""

    before: int
    after: int


class HouseLeft(BaseModel):
    """What of a draft is not as the house writes it."""

    left: list[Finding]


class HouseFindings(BaseModel):
    """What was not, and what is still not, as the house writes it."""

    findings: list[Finding]
    left: list[Finding]


class MetaPiece(BaseModel):
    """A line for a result page, in characters, and the fields and sentences it rests on."""

    text: str
    length: int
    sources: list[str]
    keyphrase: bool | None = Field(description="Whether it holds the keyphrase; null without one.")


class Meta(BaseModel):
    """What to tell search engines; a part is null where the facts give none of its length."""

    title: MetaPiece | None
    description: MetaPiece | None


class EditAnswer(BaseModel):
    """A copy, edited: every edit with its reason, what was refused and why, what became of every fact."""

    id: str
    created: When
    title: str
    format: Literal["text", "markdown", "html"]
    film: FilmBox | None
    source: str
    content: str
    edits: list[MadeEdit]
    steps: list[Step]
    refused: list[Step]
    claims: Ledger
    facts: Claims | None = Field(description="The result's claims; null without a film.")
    findings: list[Finding] = Field(description="In the source.")
    left: list[Finding] = Field(description="In the result.")
    house_style: HouseFindings | None
    meta: Meta | None = Field(description="Only where it was asked for.")
    scores: Scores
    words: Words
    usage: Usage
    model: ModelSaid
    prompts: dict[str, str] = Field(description="The prompts used, by name, with the hash of their text.")
    failures: list[str] = Field(description="What the model failed at; the result stands without it.")
    rounds: int
    decisions: dict[str, bool]


class EditEntry(BaseModel):
    """A stored edit in a list."""

    id: str
    created: When
    updated: When
    title: str
    format: str
    film: FilmName | None = None
    scores: Scores
    words: Words
    rounds: int


class EditList(BaseModel):
    """Stored edits, the newest first."""

    edits: list[EditEntry]


class DecisionsAnswer(BaseModel):
    """The text with the accepted edits alone."""

    id: str
    content: str
    decisions: dict[str, bool]


class Sentence(BaseModel):
    """A sentence and what it rests on: note ids, and fields such as `film.directors`."""

    text: str
    sources: list[str]


class Section(BaseModel):
    """A section; `paragraphs` holds how many sentences each paragraph has."""

    name: Literal["plot", "characters", "themes", "legacy"]
    sentences: list[Sentence]
    paragraphs: list[int]


class GivenNote(BaseModel):
    """A note as it was given."""

    id: str
    text: str
    section: str | None


class LeftNote(BaseModel):
    """A note that the review leaves out, and why."""

    id: str
    reason: str


class Notes(BaseModel):
    """What became of every note."""

    given: list[GivenNote]
    used: list[str]
    left_out: list[LeftNote]


class TrailStep(BaseModel):
    """What was proposed, what the checks said, and what stands."""

    stage: str
    outcome: str
    section: str | None = None
    proposed: str
    text: str
    sources: list[str]
    reasons: list[str]


class ReviewAnswer(BaseModel):
    """A review: sections of sentences with their sources, its claims, its score, and how it came about."""

    id: str
    created: When
    title: str
    language: str
    film: FilmBox
    sections: list[Section]
    content: str = Field(description="The review in Markdown.")
    notes: Notes
    claims: Claims
    facts_per_100_words: float
    score: ScoreAnswer
    house_style: HouseLeft | None = None
    trail: list[TrailStep]
    usage: Usage
    model: ModelSaid
    prompts: dict[str, str]
    words: int
    rating: str | None
    author: str | None


class ReviewEntry(BaseModel):
    """A stored review in a list."""

    id: str
    created: When
    updated: When
    title: str
    language: str
    film: FilmName
    facts_per_100_words: float
    words: int


class ReviewList(BaseModel):
    """Stored reviews, the newest first."""

    reviews: list[ReviewEntry]


class JobAnswer(BaseModel):
    """A run: where it is, and where its result is once it is done."""

    id: str
    kind: str
    state: Literal["running", "done", "failed", "cancelled"]
    created: When
    updated: When
    result: str | None
    events: str
    error: dict[str, Any] | None = Field(None, description="The problem of a failed run.")


class FilmEntry(FilmName):
    """A film that a search found; `match` is 1 for the title as it is stored."""

    directors: list[str]
    match: float


class FilmList(BaseModel):
    """Films found, the best match first, and how many are stored."""

    films: list[FilmEntry]
    total: int
