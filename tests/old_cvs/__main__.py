"""Prints how much of CVs made elsewhere is proposed right: `python -m tests.old_cvs`.

A field is right when it could be ticked as it is. « Wrong » counts what is proposed and stands for nothing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clicnjob import text
from clicnjob.cv.exchange import docx_reading, old_cv, pdf_reading
from clicnjob.cv.exchange.old_cv import OldCv
from clicnjob.cv.exchange.old_cv_entries import DatedEntry
from clicnjob.cv.model.profile import Period
from tests.old_cvs import docx_layouts, pdf_layouts
from tests.old_cvs.people import PEOPLE, Line, Person

FIELDS = ("name", "phone", "email", "town", "job", "dates", "kind", "title", "place")


@dataclass(frozen=True)
class Sample:
    """One CV: its layout, its person, its bytes, and whether it prints the job wanted."""

    layout: str
    person: Person
    data: bytes


def samples(*, shift: int = 0) -> Iterator[Sample]:
    """Yield one CV for each layout; `shift` gives each layout to another person."""
    number = shift
    for name, source_of in pdf_layouts.LAYOUTS.items():
        person = PEOPLE[number % len(PEOPLE)]
        yield Sample(name, person, pdf_layouts.pdf_of(source_of(person)))
        number += 1
    for name, layout in docx_layouts.LAYOUTS.items():
        person = PEOPLE[number % len(PEOPLE)]
        yield Sample(name, person, docx_layouts.docx_of(layout, person))
        number += 1


def lines_of(sample: Sample) -> tuple[str, ...]:
    if sample.data.startswith(b"PK"):
        found = docx_reading.read_docx(sample.data)
    else:
        found = pdf_reading.read_pdf(sample.data, "clicnjob.json").removeprefix(pdf_reading.TEXT)
    return tuple(json.loads(found)["lines"])


def score(sample: Sample, found: OldCv) -> tuple[Counter[str], Counter[str], int]:
    """Return the fields asked for, those that are right, and the number of entries that stand for nothing."""
    person = sample.person
    printed = text.fold_text(" ".join(found.lines))
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    values = {one.field: one.value for one in found.contacts}
    same_name = text.fold_text(" ".join(old_cv.name_parts(values.get("name", "")))) == text.fold_text(
        " ".join(person.parts)
    )
    wanted = {
        "name": same_name,
        "phone": values.get("phone") == person.number,
        "email": values.get("email", "").lower() == person.email,
        "town": text.fold_text(values.get("town", "")) == text.fold_text(person.town),
        "job": text.fold_text(values.get("job", "")) == text.fold_text(person.job),
    }
    for field, good in wanted.items():
        if (
            field == "job"
            and sample.layout in _WITHOUT_JOB
            or field == "town"
            and text.fold_text(person.town) not in printed
        ):
            continue
        asked[field] += 1
        right[field] += good
    left = list(found.entries)
    for kind, lines in (("experience", person.work), ("study", person.studies)):
        for line in lines:
            entry = _best(left, line)
            asked.update(("dates", "kind", "title", "place"))
            if entry:
                left.remove(entry)
                right["dates"] += _same_period(entry.period, line.period)
                right["kind"] += entry.kind == kind
                right["title"] += text.fold_text(entry.title) == text.fold_text(line.title)
                right["place"] += text.fold_text(entry.place) == text.fold_text(line.place)
    return asked, right, len(left)


_WITHOUT_JOB = ("europass", "without_headings", "skills_first", "tabs", "typed_dashes", "google_docs")


def _same_period(one: Period, other: Period) -> bool:
    return (one.start, one.end, one.ongoing) == (other.start, other.end, other.ongoing)


def _best(entries: list[DatedEntry], line: Line) -> DatedEntry | None:
    def likeness(entry: DatedEntry) -> int:
        said = text.fold_text(" ".join((entry.title, entry.place, *entry.phrases)))
        return 2 * _same_period(entry.period, line.period) + sum(
            text.fold_text(words) in said for words in (line.title, line.place)
        )

    found = max(entries, key=likeness, default=None)
    return found if found and likeness(found) else None


def main() -> None:
    shift = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = 0
    for sample in samples(shift=shift):
        here, good, extra = score(sample, old_cv.read_old_cv(lines_of(sample)))
        asked, right, wrong = asked + here, right + good, wrong + extra
        missed = {field: here[field] - good[field] for field in FIELDS if here[field] > good[field]}
        print(
            f"{sample.layout:24}{sample.person.name:20}{good.total():3} of {here.total():3}   {missed or ''} +{extra}"
        )
    print()
    for field in FIELDS:
        print(f"{field:8}{right[field]:4} of {asked[field]:4}  {100 * right[field] / asked[field]:5.1f} %")
    print(
        f"all     {right.total():4} of {asked.total():4}  {100 * right.total() / asked.total():5.1f} %, {wrong} wrong"
    )


if __name__ == "__main__":
    main()
