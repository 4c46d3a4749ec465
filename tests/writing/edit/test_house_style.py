"""The house style in an edit: mended by the same machinery, and left alone once mended."""

from __future__ import annotations

from service.detectors.house_style import read_style
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, edit
from tests.fakes.prompts import FakePrompts

STYLE = read_style(
    {
        "spelling": "uk",
        "banned": {"must-watch": "say why"},
        "preferred": {"movie": "film", "utilise": "use"},
        "names": {"Bong Joon-ho": ["Bong Jun-ho"]},
    }
)
COPY = (
    "The movie has color and humor in gray light. Bong Jun-ho directs a must-watch family drama about the "
    "Kim family. They utilize a cellar and a stolen phone. The house has four floors, and Movie posters "
    "hang in the hall. He said “a movie has color” once."
)


async def edited(content: str) -> EditResult:
    request = EditRequest(content=content, house=STYLE)
    return await edit(request, model=NoModel(), prompts=FakePrompts())


async def test_what_the_house_does_not_write_is_mended() -> None:
    result = await edited(COPY)
    assert result.content == (
        "The film has colour and humour in grey light. Bong Joon-ho directs a family drama about the "
        "Kim family. They use a cellar and a stolen phone. The house has four floors, and Film posters "
        "hang in the hall. He said “a movie has color” once."
    )
    assert len(result.house_before) > 5
    assert not result.house_left
    assert not result.claims.unbalanced


async def test_a_second_run_changes_nothing() -> None:
    once = (await edited(COPY)).content
    assert (await edited(once)).content == once
