"""Parsing: medians, MB/s, and whether time grows with length alone.

Run `python -m benchmarks.bench_document`; CPU time, so that a busy machine tells little less.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from benchmarks.command_line import command_line
from service.document import Document, Format, fold_with_map, parse

_PARAGRAPHS = (
    (
        "Miracle on Platform No. 9 is the kind of film that Mr. Han's neighbours would queue for twice. "
        "It was shot in the U.S. for $2.5 million, and it shows: the trains don’t move, the crowd is six"
        " people, and “nobody leaves without a ticket” is said in every scene."
    ),
    "A Father and His Daughter",
    (
        "Ji-won, played by newcomer Seo-yeon, hides in a mail bag... and stays there for an hour. Why? "
        "Because the script says so! Dr. Baek (a cameo) finds her at 4 a.m. and does nothing about it."
    ),
    (
        "The heartwarming friendship between the porters transcends the platform, and their shared "
        "struggles remind us that even in the busiest of places genuine connections can blossom. The "
        "ending is a testament to the enduring power of hope, as is the middle, as was the beginning."
    ),
)


def article(words: int) -> str:
    """Return copy of about that many words, one line a paragraph."""
    out: list[str] = []
    count = 0
    while count < words:
        paragraph = _PARAGRAPHS[len(out) % len(_PARAGRAPHS)]
        out.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(out)


def as_markdown(text: str) -> str:
    """Return the same copy with headings, emphasis and links."""
    return (
        text.replace("A Father", "## A Father")
        .replace("film", "*film*")
        .replace("Ji-won", "[Ji-won](https://a.example/b)")
    )


def as_html(text: str) -> str:
    """Return the same copy as WordPress keeps it."""
    body = text.replace("’", "&rsquo;").replace("film", "<em>film</em>")
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->" for p in body.split("\n\n")
    )


def median(call: Callable[[], object], times: int) -> float:
    """Return the median CPU seconds of a call."""
    seconds = []
    for _ in range(times):
        begin = time.process_time()
        call()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)


def _parsing(source: str, format: Format) -> Callable[[], Document]:
    return lambda: parse(source, format)


def main() -> None:
    """Print the tables."""
    command_line("bench_document", __doc__).parse_args()
    shapes: dict[Format, Callable[[str], str]] = {
        Format.TEXT: lambda text: text,
        Format.MARKDOWN: as_markdown,
        Format.HTML: as_html,
    }
    print("An article of 711 words, 100 times")
    for kind, shape in shapes.items():
        source = shape(article(711))
        seconds = median(_parsing(source, kind), 100)
        print(f"  {kind:9} {seconds * 1e3:6.2f} ms  {len(source.encode()) / seconds / 1e6:5.2f} MB/s")
    print("Growth: seconds for 12,500, 50,000 and 100,000 words, and the last ratio (2 is linear)")
    for kind, shape in shapes.items():
        took = [median(_parsing(shape(article(n)), kind), 3) for n in (12_500, 50_000, 100_000)]
        print(f"  {kind:9} {took[0]:6.3f} {took[1]:6.3f} {took[2]:6.3f}  x{took[2] / took[1]:.2f}")
    print("One line of 0.5 and of 1 MB")
    line = article(200_000).replace("\n\n", " ")
    nasty = {
        "prose": line,
        "open quotes": "a “b " * 300_000,
        "stops": "...x" * 300_000,
        "brackets": "[(<" * 400_000,
    }
    for name, text in nasty.items():
        for kind in Format:
            took = [median(_parsing(text[:n], kind), 1) for n in (500_000, 1_000_000)]
            if len(text) >= 1_000_000:
                print(f"  {name:11} {kind:9} {took[0]:6.3f} {took[1]:6.3f}  x{took[1] / took[0]:.2f}")
    folding = median(lambda: fold_with_map(line[:500_000]), 1)
    print(f"fold_with_map {0.5 / folding:.1f} M characters/s")


if __name__ == "__main__":
    main()
