"""What the idea pass costs: an article of about 600 words, one thread; median of 15 after a warm-up."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from benchmarks.command_line import command_line
from evals.derive.corpora import data_folder
from service.detectors import Subject, analyse
from service.detectors.encoder import sentence_encoder
from service.detectors.repeated_idea import find
from service.document import parse
from service.films import Film


def main() -> None:
    """Print the time to load the encoder and the median time of a pass."""
    command_line("bench_ideas", __doc__).parse_args()
    article = data_folder() / "articles" / "miracle-in-cell-no-7.txt"
    if not article.is_file():
        print(f"skipped: no development data at {data_folder()}")
        return
    start = perf_counter()
    encoder = sentence_encoder()
    encoder.encode(["A first sentence loads the weights."])
    print(f"load the encoder      {perf_counter() - start:8.2f} s")
    film = Film(id="bench", title="Miracle in Cell No. 7")
    analysis = analyse(parse(article.read_text("utf-8")), Subject(film=film))
    times = []
    for _ in range(15):
        start = perf_counter()
        find(analysis, encoder)
        times.append(perf_counter() - start)
    print(f"repeated ideas        {1000 * median(times):8.1f} ms an article (best {1000 * min(times):.1f})")


if __name__ == "__main__":
    main()
