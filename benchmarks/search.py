"""Search quality and speed beside the searches that the field uses: one table per query set, in the same run.

python -m benchmarks.search [--rome FOLDER_OR_ZIP] [--queries FILE.tsv …]
A query file has three columns: query, ROME parent codes with their grade (2 exact, 1 acceptable; « - » to refuse), kind.
The project's own file has a fourth, the batch: each was written, with its answers, before anybody saw what the search says.
What a batch gave at first sight is kept in FIRST_SIGHT: afterwards its causes were mended, so later figures flatter.
"""

from __future__ import annotations

import argparse
import math
import sqlite3
import statistics
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from clicnjob.jobs.catalogue import LINES, Catalogue, read_catalogue, spoken_forms
from clicnjob.jobs.index import build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.rome import Directory, read_rome
from clicnjob.jobs.search import search_jobs
from clicnjob.paths import ROOT
from clicnjob.text import fold_text

Search = Callable[[str], tuple[str, ...]]
Query = tuple[str, dict[str, int], str]
SHARED = ROOT.parent / "shared"
OWN = Path(__file__).parent / "search_queries.tsv"
VOICES = Path(__file__).parent / "search_voices.tsv"  # whole sentences, conditions, other languages: batch 12
BLIND = Path(__file__).parent / "search_voices_blind.tsv"  # the same kinds, written and judged by others: batch 13
SECOND = (
    Path(__file__).parent / "search_voices_second.tsv"
)  # the same kinds and prompts, written blind after a first mending
THIRD = Path(__file__).parent / "search_voices_third.tsv"  # written after the mending by SECOND
FOURTH = Path(__file__).parent / "search_voices_fourth.tsv"  # written after the mending by THIRD
FIFTH = Path(__file__).parent / "search_voices_fifth.tsv"  # written after the mending by FOURTH
SIXTH = Path(__file__).parent / "search_voices_sixth.tsv"  # written after the mending by FIFTH, and harder
SEVENTH = Path(__file__).parent / "search_voices_seventh.tsv"  # written and judged at once, before it was ever asked
SHARED_VOICES = SHARED / "search" / "queries_voices.tsv"
SEED = SHARED / "search" / "queries_dev.tsv"
MOST = 10
# batch: its description, then the first result for it, (nDCG@5, share refused), without and with the directory; nan where
# the batch has no query of that kind
FIRST_SIGHT = {
    "1": ("written first, worked on (as its session measured)", (0.954, 0.938), (0.952, 0.938)),
    "2": ("written second", (0.941, 0.875), (0.935, 0.875)),
    "3": ("harsher: near misses, 108 to refuse; worked on", (0.861, 0.682), (0.873, 0.673)),
    "4": ("the other half of 3, seen once", (0.873, 0.909), (0.879, 0.919)),
    "5": ("to refuse: others' lists of rude words, chat-bot phrases", (math.nan, 0.832), (math.nan, 0.855)),
    "6": ("to refuse: others' talk with a chat-bot", (math.nan, 0.614), (math.nan, 0.568)),
    "7": ("of the usual kinds, written after the mending of 3 to 6", (0.886, 0.682), (0.893, 0.727)),
    "8": ("to refuse: short ones", (math.nan, 0.880), (math.nan, 0.880)),
    # batches 9 to 11 have no query of an earlier batch
    "9": ("written by others, who had not seen the search: three voices, then mended", (0.892, 0.822), (0.907, 0.815)),
    "10": ("to refuse: three more voices of 9, seen after its mending", (math.nan, 0.961), (math.nan, 0.961)),
    "11": ("written blind, as the evaluation's own; seen once, at the end", (0.913, 0.960), (0.915, 0.960)),
}


VOICES_FIRST_SIGHT = {
    VOICES: (
        "  at first sight, without / with the directory: nDCG@5 0.595 / 0.582, refused 1.000 / 1.000, answered 0.758 / 0.747;\n"
        "  multi 0.92 · neg 0.84 · long 0.76 / 0.69 · condition 0.77 · sens 0.49 · lang 0.20 / 0.18 · newjob 0.81 · code 0.00"
    ),
    BLIND: (
        "  at first sight, without / with the directory: nDCG@5 0.487 / 0.493, refused 0.833 / 0.833, answered 0.827 / 0.817;\n"
        "  multi 0.78 · sms 0.65 · dys 0.58 · slang 0.57 · newjob 0.56 · condition 0.54 · neg 0.51 · interest 0.49 · long 0.45 · "
        "lang 0.41 · region 0.40 · sens 0.26"
    ),
    SECOND: (
        "  at first sight, without / with the directory: nDCG@5 0.573 / 0.584, refused 0.667 / 0.667, answered 0.960 / 0.960;\n"
        "  one of the first three right 0.820 / 0.840; multi 0.88 · lang 0.68 · dys 0.64 · sens 0.58 · newjob 0.56 / 0.60 · "
        "condition 0.55 · interest 0.55 / 0.59 · neg 0.48 · sms 0.46 / 0.64 · long 0.38 / 0.36"
    ),
    THIRD: (
        "  at first sight, without / with the directory: nDCG@5 0.604 / 0.614, refused 1.000 / 1.000, answered 0.794 / 0.794;\n"
        "  one of the first three right 0.735 / 0.765; without the mending by SECOND: 0.523, answered 0.765, 0.676"
    ),
    FOURTH: (
        "  at first sight, without / with the directory: nDCG@5 0.508 / 0.504, refused 0.750 / 0.833, answered 0.764 / 0.764;\n"
        "  one of the first three right 0.596 / 0.607; dys 1.00 · sms 1.00 · multi 0.80 / 0.76 · lang 0.78 · neg 0.59 / 0.57 · "
        "newjob 0.53 · condition 0.43 · long 0.42 · sens 0.35"
    ),
    FIFTH: (
        "  at first sight, without / with the directory: nDCG@5 0.674 / 0.653, refused 1.000 / 1.000, answered 0.973 / 0.973;\n"
        "  one of the first three right 0.811 / 0.784; without the mending by FOURTH: 0.662, answered 0.946, 0.784"
    ),
    SIXTH: (
        "  at first sight, without / with the directory: nDCG@5 0.468 / 0.467, refused 1.000 / 1.000, answered 0.867 / 0.867;\n"
        "  one of the first three right 0.600 / 0.600; without the mending by FOURTH and FIFTH: 0.556, answered 0.900, 0.700"
    ),
    SEVENTH: (
        "  at first sight, without / with the directory: nDCG@5 0.581 / 0.569, refused 0 of 2, answered 0.947 / 0.947;\n"
        "  one of the first three right 0.623 / 0.636; multi 1.00 · dys 0.89 · lang 0.86 · sms 0.78 / 0.72 · interest 0.52 · "
        "newjob 0.50 / 0.45 · sens 0.41 · neg 0.40 · long 0.35 · condition 0.31"
    ),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rome", type=Path, default=SHARED / "rome")
    known = (SEED, SHARED_VOICES, OWN, VOICES, BLIND, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
    asked.add_argument("--queries", type=Path, nargs="*", default=[file for file in known if file.exists()])
    options = asked.parse_args()
    catalogue = read_catalogue()
    directory = read_rome(options.rome) if options.rome.exists() else None
    searches = dict(_searches(catalogue, directory))
    for file in options.queries:
        queries = list(_queries(file))
        print(f"\n{file.name}: {len(queries)} queries")
        print(f"{'':34}{'nDCG@5':>8}{'MRR@10':>8}{'rec@3':>8}{'refuse':>8}{'answer':>8}{'p50 ms':>8}{'p95 ms':>8}")
        for name, one in searches.items():
            print(f"{name:34}" + "".join(f"{value:8.3f}" for value in _measured(one, queries)))
        _print_kinds(searches, queries)
        if file in VOICES_FIRST_SIGHT:
            print(VOICES_FIRST_SIGHT[file])
    if OWN in options.queries:
        _print_batches(searches)


def _print_kinds(searches: dict[str, Search], queries: list[Query]) -> None:
    """Print nDCG@5 of our own searches by kind of query, or the share refused where there is nothing to answer."""
    for name, one in searches.items():
        if name.startswith("ClicNJob"):
            kinds = sorted({kind for _, _, kind in queries})
            measured = {kind: _measured(one, [query for query in queries if query[2] == kind]) for kind in kinds}
            shown = (
                f"{kind} {values[3] if math.isnan(values[0]) else values[0]:.2f}" for kind, values in measured.items()
            )
            print(f"  {name}, by kind: " + " · ".join(shown))


def _print_batches(searches: dict[str, Search]) -> None:
    """Print the results of our own queries by batch: the first one, and today's."""
    ours = [one for name, one in searches.items() if name.startswith("ClicNJob")]
    print(f"\n{OWN.name}, by batch: nDCG@5 and refused, without / with the directory")
    print(f"{'batch':>5}{'queries':>9}{'at first sight':>26}{'now':>26}   what it is")
    for batch, (about, *seen) in FIRST_SIGHT.items():
        queries = [query for query in _queries(OWN, batch)]
        now = [(measured[0], measured[3]) for measured in (_measured(one, queries) for one in ours)]
        cells = (" / ".join(f"{gain:.3f} {refused:.3f}" for gain, refused in pairs) for pairs in (seen, now))
        print(f"{batch:>5}{len(queries):>9}" + "".join(f"{cell:>26}" for cell in cells) + f"   {about}")


def _searches(catalogue: Catalogue, directory: Directory | None) -> Iterator[tuple[str, Search]]:
    """Yield our search without and with the directory, then the peers over the same phrases."""
    yield "ClicNJob, catalogue only", _ours("catalogue only", catalogue, None)
    if directory:
        yield "ClicNJob, with the directory", _ours("with the directory", catalogue, directory)
    spoken = list(_spoken(catalogue))
    official = [(form, title.code) for title in directory.titles for form in title.forms] if directory else []
    for over, phrases in (("titles", official), ("titles and our words", official + spoken)):
        if phrases:
            yield f"rapidfuzz WRatio, {over}", _wratio(phrases)
            yield f"FTS5 trigram, {over}", _fts5(phrases)
            yield f"PostgreSQL-style trigram, {over}", _trigram(phrases)


def _ours(name: str, catalogue: Catalogue, directory: Directory | None) -> Search:
    started = time.perf_counter()
    index = build_index(catalogue, directory=directory)
    seconds = time.perf_counter() - started
    tracemalloc.start()
    build_index(catalogue, directory=directory)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    words = len(index.postings)
    print(
        f"{name}: built in {seconds:.2f} s, {peak / 2**20:.0f} MB at most, {len(index.phrases)} phrases, {words} words"
    )
    return lambda text: search_jobs(read_query(text), index=index).codes


def _spoken(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for name in LINES:
        for line in catalogue.lexicon.lines[name]:
            yield from ((word, line.codes[0]) for word in line.mots)
    for brand in catalogue.lexicon.brands:
        yield from ((word, brand.codes[0]) for word in spoken_forms(brand))


def _wratio(phrases: list[tuple[str, str]]) -> Search:
    labels = [fold_text(label) for label, _ in phrases]

    def found(text: str) -> tuple[str, ...]:
        best = process.extract(fold_text(text), labels, scorer=fuzz.WRatio, limit=60)
        return _codes([phrases[place][1] for _, _, place in best])

    return found


def _fts5(phrases: list[tuple[str, str]]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE jobs USING fts5(label, code UNINDEXED, tokenize='trigram')")
    base.executemany("INSERT INTO jobs VALUES (?, ?)", [(fold_text(label), code) for label, code in phrases])

    def found(text: str) -> tuple[str, ...]:
        asked = " OR ".join(f'"{part}"' for part in sorted(_threes(fold_text(text), padded=False)))
        if not asked:
            return ()
        rows = base.execute(
            "SELECT code FROM jobs WHERE label MATCH ? ORDER BY rank LIMIT 60", (asked.replace("''", "'"),)
        )
        return _codes([code for (code,) in rows])

    return found


def _trigram(phrases: list[tuple[str, str]], least: float = 0.3) -> Search:
    """Build a search like `similarity()` of pg_trgm, with its default threshold."""
    sets = [_threes(fold_text(label)) for label, _ in phrases]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, threes in enumerate(sets):
        for three in threes:
            postings[three].append(number)

    def found(text: str) -> tuple[str, ...]:
        asked = _threes(fold_text(text))
        shared = Counter(number for three in asked for number in postings.get(three, ()))
        scored = [(common / (len(asked) + len(sets[number]) - common), number) for number, common in shared.items()]
        best = sorted((one for one in scored if one[0] >= least), reverse=True)[:60]
        return _codes([phrases[number][1] for _, number in best])

    return found


def _threes(text: str, *, padded: bool = True) -> set[str]:
    words = text.replace('"', " ").split()
    return {
        whole[place : place + 3]
        for word in words
        for whole in (f"  {word} " if padded else word,)
        for place in range(len(whole) - 2)
    }


def _codes(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))[:MOST]


def _queries(file: Path, batch: str = "") -> Iterator[Query]:
    for row in file.read_text(encoding="utf-8").splitlines():
        text, codes, kind, *own = row.split("\t")
        if batch and own != [batch]:
            continue
        yield text, {} if codes == "-" else {one[:5]: int(one[6:]) for one in codes.split(",")}, kind


def _measured(one: Search, queries: list[Query]) -> tuple[float, ...]:
    """Return nDCG@5, MRR@10, recall@3, the shares rightly refused and answered, p50 and p95 in milliseconds."""
    gains, ranks, recalls, refused, answered, spent = [], [], [], [], [], []
    for text, grades, _ in queries:
        started = time.perf_counter()
        codes = one(text)
        spent.append((time.perf_counter() - started) * 1_000)
        if not grades:
            refused.append(float(not codes))
            continue
        exact = {code for code, grade in grades.items() if grade == 2}
        answered.append(float(bool(codes)))
        gains.append(
            _gain([grades.get(code, 0) for code in codes[:5]]) / _gain(sorted(grades.values(), reverse=True)[:5])
        )
        ranks.append(next((1 / place for place, code in enumerate(codes, 1) if code in exact), 0.0))
        recalls.append(len(exact & set(codes[:3])) / max(1, min(3, len(exact))))
    ordered = sorted(spent)
    means = [statistics.mean(values) if values else math.nan for values in (gains, ranks, recalls, refused, answered)]
    return (*means, ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])


def _gain(grades: list[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


if __name__ == "__main__":
    main()
