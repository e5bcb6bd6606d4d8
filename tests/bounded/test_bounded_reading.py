"""What somebody brings is read within bounds: of what it may hold, and, apart from the server, of time and memory."""

from __future__ import annotations

import json
import resource
import threading
import time
import tracemalloc

import pytest

from clicnjob import policy
from clicnjob.bounded import apart, json_text
from clicnjob.cohort.importing import tables
from clicnjob.cv.document import photo
from clicnjob.cv.exchange import reopening as carry
from clicnjob.cv.exchange import work_file
from clicnjob.cv.exchange.work_file import BadFile
from clicnjob.errors import Refusal
from clicnjob.privacy.export import reopening
from tests import hostile_files as files
from tests import read_apart
from tests.for_each import for_each

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024

# --- JSON


@for_each(
    "written",
    [
        files.many_keys(),
        files.whole_bag(),
        files.deep(),
        files.resume("[" + "1," * 30_000 + "1]"),
        files.resume("[" + "{}," * 30_000 + "{}]"),
        files.resume('["' + 'a","' * 30_000 + '"]'),
        files.resume("9" * 100_000),
        b'{"a": "' + b'\\"' * 2_000_000 + b"}",
        b'"' * 4_000_000,
        b"\\" * 4_000_000,
        b"[" * 4_000_000,
    ],
)
def test_too_much_json_is_refused_at_once_and_nothing_is_built(written: bytes) -> None:
    begun = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(BadFile) as refusal:
            work_file.read_work_file(written)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 2 and most < 40 * MEGABYTE
    assert refusal.value.sentence.endswith(".")


@for_each("value", ["NaN", "-Infinity", "1e999", '{"a": 1, "a": 2}', "9" * 5_000, '"\\ud800', "01", "[1,]"])
def test_what_is_no_honest_json_is_refused(value: str) -> None:
    with pytest.raises(json_text.BrokenJson if len(value) < 1_000 else json_text.TooMuchJson):
        json_text.parse_json(f'{{"x": {value}}}')


def test_a_full_file_with_quotes_in_its_texts_is_read() -> None:
    told = {"texts": ['« "oui" » \\ "' + "é" * 400] * 1_000, "photo": "A" * 3_000_000, "n": [1, -2.5e3, True, None]}
    for ascii_only in (True, False):
        assert json_text.parse_json(json.dumps(told, ensure_ascii=ascii_only)) == told


# --- the process apart


def test_the_process_apart_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICNJOB_PEPPER", "poivre")
    known, folder = json.loads(apart.read_apart(read_apart.environment, b"", longest=10_000))
    assert "poivre" not in str(known) and folder == "/"


def test_a_refusal_comes_back_as_itself() -> None:
    with pytest.raises(read_apart.NotWanted, match="Non."):
        apart.read_apart(read_apart.refuse, b"", longest=10, refusals=(read_apart.NotWanted,))
    with pytest.raises(Refusal, match="Non."):
        apart.read_apart(read_apart.refuse, b"", longest=10)


@pytest.mark.parametrize("read", ["too_much", "swell", "turn_round", "write_a_file"])
def test_whatever_goes_beyond_its_bounds_is_ended(read: str) -> None:
    begun = time.monotonic()
    with pytest.raises(apart.UnreadableFile):
        apart.read_apart(getattr(read_apart, read), b"x" * 100, longest=1_000, seconds=1)
    assert time.monotonic() - begun < policy.READ_CLOCK_SECONDS + 5


def test_the_clock_ends_what_only_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "READ_CLOCK_SECONDS", 1)
    with pytest.raises(apart.UnreadableFile):
        apart.read_apart(read_apart.wait, b"", longest=10)


def test_more_files_than_can_wait_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "READ_WAITING", 1)
    monkeypatch.setattr(policy, "READ_WAITS_SECONDS", 0.5)
    apart._USED.append(policy.READ_MEMORY_AT_ONCE)
    told: list[str] = []

    def bring() -> None:
        try:
            apart.read_apart(read_apart.too_much, b"", longest=10)
        except apart.TooManyReaders as refusal:
            told.append(refusal.sentence)

    try:
        many = [threading.Thread(target=bring) for _ in range(3)]
        for one in many:
            one.start()
        for one in many:
            one.join()
    finally:
        apart._USED.clear()
    assert told == [apart.TooManyReaders.sentence] * 3
    assert apart.read_apart(read_apart.too_much, b"", longest=10) == b""


# --- every reader of a file


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several readers have the same process read the same file in the same way: one answer serves them all."""
    answers: dict[tuple[object, ...], tuple[int, bytes]] = {}
    run_program = apart._run_program

    def run(command: list[str], data: bytes, *, longest: int) -> tuple[int, bytes]:
        asked = (*command, data)
        if asked not in answers:
            answers[asked] = run_program(command, data, longest=longest)
        return answers[asked]

    monkeypatch.setattr(apart, "_run_program", run)


def _read_everything(data: bytes) -> None:
    """Whatever a reader makes of it within its bounds is well; what it refuses, it refuses with a sentence."""
    for read in (
        carry.open_file,
        reopening.open_brought_file,
        reopening.read_brought_file,
        tables.read_brought_table,
        photo.checked_photo,
    ):
        try:
            read(data)  # type: ignore[operator]
        except Refusal as refusal:
            assert refusal.sentence.endswith("."), read


HOSTILE = {
    "strings": files.swollen_strings,
    "rows": files.endless_rows,
    "laughs": files.laughs,
    "line": files.one_endless_line,
    "blank": files.blank_lines,
    "zip": lambda: files.packed("donnees.json"),
    "workbook": lambda: files.packed(files.SHEET),
    "parts": files.many_parts,
    "pdf": files.swollen_pdf,
    "pdf text": files.pdf_of_endless_text,
    "pdf pages": files.pdf_of_many_pages,
    "deep pdf": files.deep_pdf,
    "word laughs": files.word_laughs,
    "word entity": files.word_of_another_file,
    "word runs": files.word_of_a_million_runs,
    "empty runs": files.word_of_empty_runs,
    "word bomb": files.word_bomb,
    "deep word": files.deep_word,
}


@pytest.mark.long
@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_reader_of_a_hostile_file_swells_the_server(kind: str) -> None:
    data = HOSTILE[kind]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _read_everything(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024, "kilobytes"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
def test_the_largest_picture_that_is_allowed_fits_in_the_memory_of_its_reader(mode: str) -> None:
    assert photo.checked_photo(files.flat_png(int(policy.PHOTO_WHOLE_PIXELS**0.5), mode))


def test_nothing_else_parses_what_somebody_brings() -> None:
    """Readers of files are named in one room each; whoever adds one goes through `apart`."""
    from clicnjob.paths import PACKAGE

    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for mark in ("zipfile.ZipFile(", "load_workbook(", "PdfReader(", "Image.open(", "csv.reader(", "ElementTree")
        if mark in path.read_text(encoding="utf-8")
    }
    apart_from_the_server = {
        "cv/exchange/docx_reading.py",
        "cv/exchange/pdf_reading.py",
        "cv/document/photo.py",
        "cohort/importing/tables.py",
        "cohort/importing/workbooks.py",
        "privacy/export/unpacking.py",
    }
    made_here_or_brought_by_who_installs = {
        "privacy/export/archive.py",
        "cv/document/docx.py",
        "jobs/rome.py",
        "learn/territory/files.py",
    }
    assert found - made_here_or_brought_by_who_installs == apart_from_the_server
