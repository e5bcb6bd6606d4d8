"""The process that parses a brought file imports little: starting it costs more than parsing."""

from __future__ import annotations

import subprocess
import sys

from clicnjob.paths import ROOT

_HEAVY = ("sqlalchemy", "clicnjob.models", "clicnjob.db", "typst", "pypdf", "docx", "cryptography")


def test_the_process_that_reads_a_brought_file_imports_no_table_and_no_document_library() -> None:
    told = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import clicnjob.learn.own.brought_file, clicnjob.workshops.plans.brought_file\n"
        f"print([one for one in {_HEAVY!r} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", told], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
