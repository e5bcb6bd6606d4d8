"""Measures renderings per second of a usual CV, compared with LibreOffice and RenderCV on the same person."""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clicnjob.cv.document import pdf  # noqa: E402
from clicnjob.cv.document.docx import docx_file  # noqa: E402
from clicnjob.cv.document.gauge import estimate_fill  # noqa: E402
from clicnjob.cv.document.page_content import Document  # noqa: E402
from clicnjob.cv.document.preview import preview_html  # noqa: E402
from clicnjob.cv.document.templates import all_templates  # noqa: E402
from tests.cv_fixtures import usual  # noqa: E402

ROUNDS, PEER_ROUNDS, RENDERS = 60, 5, 2_000
TARGETS = {"PDF": 10.0, "image": 40.0, "DOCX": 20.0, "preview": 5.0, "gauge": 0.5}
OTHER = ", a new person"  # without any cached layout; the other rows change one line of a page rendered before
OURS: dict[str, Callable[[Document], object]] = {
    "PDF": lambda d: pdf.pdf_page(d, attachments={"cv.json": b"{}"}),
    "PDF" + OTHER: lambda d: pdf.pdf_page(d, attachments={"cv.json": b"{}"}),
    "image": pdf.page_image,
    "image" + OTHER: pdf.page_image,
    "DOCX": docx_file,
    "preview": preview_html,
    "gauge": estimate_fill,
}


def median_ms(act: Callable[[int], object], rounds: int) -> float:
    """Return the median time of a call in milliseconds, after five warm-up calls (one for slow peers)."""
    for i in range(5 if rounds > 10 else 1):
        act(-i - 1)
    times = []
    for i in range(rounds):
        start = time.perf_counter()
        act(i)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


_NUMBERS = itertools.count(1)


def person(model: str) -> Document:
    """Return a CV with a new name each time, so that no rendering can use a cache."""
    return replace(usual(model), name=f"Lina {next(_NUMBERS):06}")


def edited(model: str) -> Document:
    """Return the same person's CV with one line changed: the usual case while somebody edits."""
    document = usual(model)
    return replace(document, opening=(f"J’ai servi {next(_NUMBERS)} couverts.", *document.opening[1:]))


def ours() -> dict[str, float]:
    found: dict[str, float] = {}
    print(f"{'':20}" + "".join(f"{t.key:>20}" for t in all_templates()) + f"{'median':>10}{'a second':>10}  target")
    for kind, act in OURS.items():
        made = person if kind.endswith(OTHER) else edited
        times = [median_ms(lambda _, k=t.key, act=act, made=made: act(made(k)), ROUNDS) for t in all_templates()]
        found[kind] = statistics.median(times)
        cells = "".join(f"{ms:17.2f} ms" for ms in times) + f"{found[kind]:7.2f} ms"
        print(f"{kind:20}{cells}{1000 / found[kind]:10.0f}  {_verdict(kind, found[kind])}")
    return found


def _verdict(kind: str, ms: float) -> str:
    if kind not in TARGETS:
        return ""
    return f"≤ {TARGETS[kind]:g} ms {'reached' if ms <= TARGETS[kind] else 'MISSED'}"


class NoPeer(Exception):
    """The peer cannot be measured here; the message says why."""


def libreoffice(folder: Path) -> float:
    """Return the milliseconds that LibreOffice's command takes to convert our Word file to PDF. Raises NoPeer."""
    office = shutil.which("soffice")
    if office is None:
        raise NoPeer("not installed here")
    (folder / "cv.docx").write_bytes(docx_file(usual()))
    command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    return _command([*command, "--outdir", str(folder), str(folder / "cv.docx")], folder / "cv.pdf")


def rendercv(folder: Path) -> float:
    """Return the milliseconds that RenderCV's command takes for a PDF of the same person. Raises NoPeer."""
    command = Path(sys.executable).with_name("rendercv")
    if not command.is_file():
        raise NoPeer("not installed here")
    (folder / "cv.yaml").write_text(yaml.safe_dump(_for_rendercv(usual()), allow_unicode=True), encoding="utf-8")
    options = [
        "--dont-generate-markdown",
        "--dont-generate-html",
        "--dont-generate-png",
        "--pdf-path",
        "peer.pdf",
    ]
    return _command([str(command), "render", "cv.yaml", *options], folder / "peer.pdf")


def _command(command: list[str], made: Path) -> float:
    def act(_: int) -> None:
        subprocess.run(command, cwd=made.parent, capture_output=True, check=False, timeout=120)

    act(0)
    if not made.is_file():
        raise NoPeer("installed, but it made no PDF here (some versions fetch a package from the network)")
    return median_ms(act, PEER_ROUNDS)


def _for_rendercv(document: Document) -> dict[str, object]:
    sections: dict[str, object] = {}
    for section in document.sections:
        sections[section.title] = list(section.lines) or [
            {"name": e.heading, "location": e.place, "date": e.when, "highlights": list(e.lines)}
            for e in section.entries
        ]
    cv = {"name": document.name, "location": "Calais", "email": "lina.morel@exemple.fr", "sections": sections}
    return {"cv": cv, "design": {"theme": "classic"}}


def peers(found: dict[str, float]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for peer, measure in (("LibreOffice, same DOCX", libreoffice), ("RenderCV, same person", rendercv)):
            try:
                ms = measure(Path(name))
                print(f"{peer:24}{ms:9.0f} ms, {ms / found['PDF']:.0f} × our PDF")
            except NoPeer as reason:
                print(f"{peer:24}{reason}")


def memory() -> None:
    process, keys = psutil.Process(), [t.key for t in all_templates()]
    marks = []
    for i in range(1, RENDERS + 1):
        document = person(keys[i % len(keys)])
        pdf.pdf_page(document)
        if i % 10 == 0:
            docx_file(document)
        if i % (RENDERS // 5) == 0:
            marks.append(f"{i}: {process.memory_info().rss / 2**20:.0f} MB")
    print("memory after", ", ".join(marks))


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (above the cores, times mean little)")
    peers(ours())
    memory()
