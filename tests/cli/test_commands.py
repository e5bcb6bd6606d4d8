"""The command line: documents from files, sentences and status 2 for what cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from docx import Document

from clicnjob import __main__
from clicnjob.cv.document import compose
from clicnjob.cv.exchange import reopening, work_file
from tests import make
from tests.old_cvs import docx_layouts, people

pytestmark = pytest.mark.slow

RESUME = {
    "basics": {"name": "Inès Benali", "phone": "06 12 34 56 78", "location": {"city": "Lille"}, "label": "Vendeuse"},
    "work": [
        {
            "name": "Boulangerie Roy",
            "position": "Vendeuse",
            "startDate": "2024-03",
            "highlights": ["Servir les clients"],
        }
    ],
}


Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process."""

    def done(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["clicnjob", *words])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return done


@pytest.mark.long
def test_the_command_is_there_for_the_shell() -> None:
    done = subprocess.run([sys.executable, "-m", "clicnjob", "cv", "--help"], capture_output=True, text=True)
    assert "render" in done.stdout


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "lina.json"
    profile, cv = make.whole()
    file.write_bytes(work_file.work_as_json(profile, [cv], None))
    return file


def test_a_cv_is_rendered_in_all_forms_with_the_same_words(run: Run, ours: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"cv.{kind}" for kind in ("docx", "pdf", "png")}
    done = run(
        "cv", "render", str(ours), "--model", "sobre", *(w for k, f in files.items() for w in (f"--{k}", str(f)))
    )
    assert done.returncode == 0, done.stderr
    pdf_words = " ".join(page.extract_text() for page in pypdf.PdfReader(files["pdf"]).pages).split()
    docx_words = " ".join(paragraph.text for paragraph in Document(str(files["docx"])).paragraphs).split()
    assert pdf_words == docx_words
    assert files["png"].read_bytes().startswith(b"\x89PNG")


def test_the_pdf_reopens_with_the_same_page(run: Run, ours: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "cv.pdf"
    assert run("cv", "render", str(ours), "--pdf", str(pdf)).returncode == 0
    before, after = work_file.read_work_file(ours.read_bytes()), reopening.reopen_file(pdf.read_bytes())
    assert compose.compose_document(after.profile, after.cvs[0]) == compose.compose_document(
        before.profile, before.cvs[0]
    )


def test_two_pages_and_signs_left_out_are_said_on_standard_error(run: Run, tmp_path: Path) -> None:
    done = [{"position": f"Poste {n}", "highlights": ["Ranger le rayon et tenir la caisse"] * 8} for n in range(14)]
    for name, resume, said in (
        ("long", {"basics": {"name": "Awa Ba"}, "work": done}, "2 pages"),
        ("signes", {"basics": {"name": "Awa 🦄"}}, "🦄"),
        ("court", {"basics": {"name": "Awa Ba"}}, ""),
    ):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(resume), encoding="utf-8")
        made = run("cv", "render", str(file), "--pdf", str(tmp_path / f"{name}.pdf"))
        assert made.returncode == 0 and said in made.stderr and bool(made.stderr.strip()) == bool(said)


def test_any_json_resume_is_rendered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "resume.json"
    file.write_text(json.dumps(RESUME), encoding="utf-8")
    pdf = tmp_path / "cv.pdf"
    assert run("cv", "render", str(file), "--model", "couleur", "--pdf", str(pdf)).returncode == 0
    assert "Vendeuse" in pypdf.PdfReader(pdf).pages[0].extract_text()


def test_a_field_that_cannot_be_read_is_said_and_the_rest_is_rendered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({**RESUME, "work": [{"position": "Vendeuse", "startDate": 12}]}), encoding="utf-8")
    pdf = tmp_path / "cv.pdf"
    done = run("cv", "render", str(file), "--pdf", str(pdf))
    assert done.returncode == 0 and pdf.exists()
    assert "Ton 1ᵉʳ emploi\u00a0: la date de début" in done.stderr


def test_a_wrong_field_of_our_own_file_is_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"format": "clicnjob", "version": 2, "profile": {"town": 3}, "cvs": []}', encoding="utf-8")
    pdf = tmp_path / "cv.pdf"
    done = run("cv", "render", str(file), "--pdf", str(pdf))
    assert (done.returncode, pdf.exists()) == (2, False)
    assert "profile.town" in done.stderr


def test_a_cv_of_two_pages_is_said(run: Run, tmp_path: Path) -> None:
    file, pdf = tmp_path / "long.json", tmp_path / "cv.pdf"
    tasks = [f"Tâche {n}\u00a0: accueillir les clients, ranger le rayon et tenir la caisse" for n in range(12)]
    jobs = [{"position": f"Vendeuse {n}", "startDate": f"20{n + 10}", "highlights": tasks} for n in range(9)]
    file.write_text(json.dumps({**RESUME, "work": jobs}), encoding="utf-8")
    assert "2 pages" in run("cv", "render", str(file), "--pdf", str(pdf)).stderr


def test_work_that_was_zipped_again_is_rendered(run: Run, ours: Path, tmp_path: Path) -> None:
    again, pdf = tmp_path / "mes-donnees.zip", tmp_path / "cv.pdf"
    carried = json.loads(ours.read_bytes())
    with zipfile.ZipFile(again, "w") as packed:
        packed.writestr("__MACOSX/mes-donnees/._donnees.json", "x")
        packed.writestr(
            "mes-donnees/donnees.json",
            json.dumps({"version": 1, "format": "clicnjob-dossier", "carried": carried, "works": []}),
        )
    assert run("cv", "render", str(again), "--pdf", str(pdf)).returncode == 0
    assert pdf.exists()


def test_an_old_cv_is_read_and_one_without_answers_is_not_rendered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cv.docx"
    file.write_bytes(docx_layouts.docx_of(docx_layouts.tabs, people.AWA))
    done = run("cv", "read", str(file))
    assert "phone : +33612345678" in done.stdout and "Boulangerie du Port" in done.stdout
    assert json.loads(run("cv", "read", str(file), "--json").stdout)["contacts"]["name"] == "Awa BA"
    refused = run("cv", "render", str(file))
    assert refused.returncode == 2 and "ne garde pas tes réponses" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cv", "render", "absent.json", "--pdf", "x.pdf"), "absent.json"),
        (("cv", "advice", "absent.json"), "absent.json"),
    ],
)
def test_a_missing_file_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert (done.returncode, said in done.stderr) == (2, True)


def test_an_unknown_model_is_said(run: Run, ours: Path, tmp_path: Path) -> None:
    done = run("cv", "render", str(ours), "--model", "inconnu", "--pdf", str(tmp_path / "x.pdf"))
    assert done.returncode == 2
    assert done.stderr.strip()
    assert not (tmp_path / "x.pdf").exists()


def test_no_half_written_file_is_left_where_one_may_not_write(run: Run, ours: Path, tmp_path: Path) -> None:
    done = run("cv", "render", str(ours), "--pdf", str(tmp_path / "absent" / "cv.pdf"))
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == [ours]


def test_advice_is_given_as_json_most_important_first(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "yanis.json"
    profile, cv = make.half()
    file.write_bytes(work_file.work_as_json(profile, [cv], None))
    done = run("cv", "advice", str(file), "--json")
    found = json.loads(done.stdout)
    assert [one["importance"] for one in found] == sorted(one["importance"] for one in found)
    assert {"telephone", "email"} <= {one["step"] for one in found}


def test_a_text_is_proofread_as_json(run: Run) -> None:
    found = json.loads(run("proofread", "--json", "j’ai travailler dans un restorant").stdout)
    assert [remark["suggestions"][0] for remark in found] == ["travaillé", "restaurant"]


def test_the_help_speaks_french(run: Run) -> None:
    said = run("--help").stdout + run("cv", "render", "--help").stdout
    assert "Démarrer l’application" in said
    assert "Commandes" in said
    assert "Show this message" not in said


def test_contents_are_checked(run: Run) -> None:
    done = run("check")
    assert done.returncode == 0, done.stdout
