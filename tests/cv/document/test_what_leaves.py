"""Every file that can leave says what it is for and nothing else: hidden words are looked for in all that it holds."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from typing import NoReturn

import pypdf
import pytest
from docx import Document
from openpyxl import load_workbook
from sqlmodel import Session

from clicnjob import consents, models, typeset, works
from clicnjob.accounts.tickets import TakenTicket
from clicnjob.apply import applications, letters
from clicnjob.apply.letters import Letter
from clicnjob.cohort.reports import export
from clicnjob.cv.document import compose, docx, downloads, pdf, templates
from clicnjob.cv.document.photo import checked_photo
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.exchange import reopening, work_file
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    Gap,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    Study,
)
from clicnjob.demo import people as demo
from clicnjob.generated_file import FileToBuild, GeneratedFile
from clicnjob.interview import notebook
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import InterviewDay, Notebook, WrittenAnswer
from clicnjob.jobs import choices
from clicnjob.learn import liaison
from clicnjob.learn.liaison import LiaisonLines
from clicnjob.models import (
    Account,
    Appointment,
    Comment,
    ConsentTo,
    Enrolment,
    FileMerge,
    HelpAsked,
    ImportBatch,
    NextStep,
    Note,
    ParticipantState,
    PortfolioLine,
    Synonym,
    WorkKind,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.privacy import sharing
from clicnjob.web.documents import makers as made
from clicnjob.web.documents.serving import MAKERS, WRITING, built_file
from tests import leaving_files, make
from tests.cohort_people import NOW, TODAY, place
from tests.cv.document.test_photo import encoded, picture
from tests.for_each import for_each

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("peppered")]
pytest_plugins = ["tests.sign_in_pages"]

SHOWN = "Vendeuse Visible"
# Where a canary word was put → the word. None may leave but where LEAVES says so.
HIDDEN = {
    "hidden experience": "zorglub", "hidden experience's phrase": "quetzalcoatl", "hidden study": "xylophage",
    "hidden certificate": "wombatique", "hidden language": "klingonais", "hidden quality": "fuligineuse",
    "hidden quality's proof": "borborygme", "hidden interest": "philumenie", "hidden skill": "vexillologie",
    "hidden gap": "anachorete", "kind of an experience": "aide_famille", "activity of an experience": "garde-enfants",
    "statement ticked": "b1-ecouter", "label of a detail": "zinzolin", "name of the CV": "abracadabrantesque",
    "other CV": "ornithorynque", "its opening": "palimpseste",
    "why a job is kept": "callipyge", "application": "hurluberlu", "its note": "escogriffe",
    "interview answer": "galimatias", "pitch": "turlutaine", "interview": "coquecigrue",
    "adviser's note": "rodomontade", "comment": "pataques", "appointment": "calembredaine", "step": "billevesee",
    "help asked": "faribole", "telephone given": "0639989999", "word added": "schmilblick",
    "page of a session": "mirliflore", "page that another shares": "saperlipopette",
}  # fmt: skip
WORK = {
    *(name for name in HIDDEN if name.startswith(("hidden", "kind", "activity", "statement", "label", "experience"))),
    "name of the CV", "other CV", "its opening", "why a job is kept", "application", "its note",
    "interview answer", "pitch", "interview",
}  # fmt: skip
EVERYTHING = {*HIDDEN} - {"word added", "telephone given", "page that another shares"}
STRUCTURE = {"telephone given"}
LEAVES: dict[str, set[str]] = {
    "pdf": set(), "docx": set(), "resume": set(),
    "work": WORK, "merged-work": WORK, "dossier": EVERYTHING,
    "day": {"interview"}, "day-ics": {"interview"}, "answers": {"interview answer", "pitch"},
    "appointment-ics": set(), "people-sheets": STRUCTURE,
    "questionnaire": set(), "quiz": set(), "check-paper": set(), "liaison": set(),
    "liaison-shared": set(), "import-model": set(), "import-aside": set(), "cards": set(),
    "question-cards": set(), "observer-grids": set(), "trio-cards": set(), "blank-day": set(), "phone-calls": set(),
    "figures-xlsx": set(), "figures-csv": set(), "figures-pdf": set(), "person-cv": set(),
    "person-sheet": {"adviser's note", "appointment", "telephone given"},
    "people-xlsx": STRUCTURE, "people-csv": STRUCTURE,
    "portfolio": {"page of a session"}, "portfolio-pages": {"page that another shares"}, "attendance": set(), "group-page": set(),
    "words": {"word added"}, "letter-pdf": set(), "letter-docx": set(),
    "plan": set(), "plan-kit": set(), "plan-file": set(), "lesson-sheet": set(),
    "lesson-kit": set(), "lesson-file": set(),
}  # fmt: skip
FIGURES = ("figures-xlsx", "figures-csv", "figures-pdf")
OF_HEAD = ("import-model", *FIGURES, "words")
OF_TRAINER = ("attendance", "group-page", "portfolio-pages")
OF_ADVISER = (
    "liaison-shared", "person-sheet", "person-cv", "cards", "import-aside", "people-xlsx", "people-csv", "people-sheets",
    "plan", "plan-kit", "plan-file", "lesson-file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody of whom much is hidden, who follows them, and the ids that tickets name."""

    session: Session
    young: Account
    adviser: Account
    head: Account
    cv_id: str
    jpeg: bytes
    letter_id: str
    trainer: Account
    workshop_id: str

    def file(self, kind: str) -> bytes:
        """One file as it would be fetched."""
        return built_file(self.made(kind)).body

    def made(self, kind: str) -> GeneratedFile | FileToBuild:
        """What its maker gives within the transaction."""
        ids = {
            "day": "jour",
            "day-ics": "jour",
            "cards": self.young.id,
            "people-sheets": self.young.id,
            "people-xlsx": "appel",
            "people-csv": "appel",
            "merged-work": "reunion",
        }
        parts = dict.fromkeys(("pdf", "docx", "resume"), self.cv_id) | ids
        parts |= dict.fromkeys(("letter-pdf", "letter-docx"), f"{self.letter_id}.{self.cv_id}")
        parts |= dict.fromkeys(OF_TRAINER, self.workshop_id) | {"appointment-ics": "rendez-vous"}
        parts |= dict.fromkeys(FIGURES, "2026-01-01.2026-12-31.bilan..")
        professionals = {**dict.fromkeys(OF_ADVISER, self.adviser), **dict.fromkeys(OF_HEAD, self.head)}
        whose = (professionals | dict.fromkeys(OF_TRAINER, self.trainer)).get(kind, self.young)
        parts |= dict.fromkeys(("plan", "plan-kit", "plan-file"), "mon-premier-cv")
        parts |= {"lesson-sheet": "joindre-un-fichier"}
        parts |= dict.fromkeys(("liaison-shared", "person-sheet"), self.young.id)
        parts |= {"person-cv": f"{self.young.id}.{self.cv_id}"}
        parts |= {"lesson-kit": "joindre-un-fichier.un-mot-de-passe", "lesson-file": "lesson.joindre-un-fichier"}
        ticket = TakenTicket(document=kind, work_id=parts.get(kind, ""), account_id=whose.id, sign_in_id="")
        return MAKERS[kind](self.session, ticket)


@pytest.fixture
def makers() -> Iterator[None]:
    known = dict(MAKERS)
    MAKERS.clear()  # other tests leave documents of their own
    made.register_makers()
    yield
    MAKERS.clear()
    MAKERS.update(known)


@pytest.fixture
def left(session: Session, makers: None) -> Left:
    here = place(session)
    young = here.newcomer("Tom", "Tourbillon")  # who never came: cards are for them
    jpeg = checked_photo(encoded(picture()))
    consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=NOW)
    bag.keep_photo(session, by=young, jpeg=jpeg, now=models.utc_now())
    demo.fill_bag(session, young, *hiding())
    cv_id = next(work.id for work in works.own_works(session, of=young) if work.kind is WorkKind.CV)
    other = Cv(name="Autre", job_wanted=HIDDEN["other CV"], opening=[HIDDEN["its opening"]], with_photo=True)
    bag.new_cv(session, by=young, cv=other, operation="other")
    _rest_of_the_work(session, young)
    _said_by_others(session, young, here.claire)
    letter = Letter(title="Vendeuse", started_on=TODAY)
    letters.start_letter(session, by=young, letter=letter, operation="letter")
    here.row(young)
    workshop_id = _group_session(session, here.trainer, young, here.newcomer("Ana", "Autre"))
    return Left(session, young, here.claire, here.head, cv_id, jpeg, letter.id, here.trainer, workshop_id)


def hiding() -> tuple[Profile, Cv]:
    """A CV that shows one thing of each sort and hides another."""
    h = HIDDEN
    profile = Profile(
        first_name="Tom",
        last_name="Tourbillon",
        town="Lens",
        experiences=[
            Experience(
                id="e1", kind="aide_famille", activity="garde-enfants", title=SHOWN, place="Épicerie, Halle", town="Lens",
                period=Period(start="2023-07", end="2023-08"), phrases=["Servir 40 clients par jour"],
            ),
            Experience(id="e2", title=h["hidden experience"], phrases=[h["hidden experience's phrase"]]),
        ],
        studies=[Study(id="s1", level="cap", title="Cuisine", state="non_obtenu"), Study(id="s2", title=h["hidden study"])],
        certificates=[Certificate(id="c1", label="PSC"), Certificate(id="c2", label=h["hidden certificate"])],
        languages=[
            Language(id="l1", key="arabe", can_do=["b1-ecouter", "b1-parler", "a2-parler"]),
            Language(id="l2", label=h["hidden language"]),
        ],
        qualities=[
            Quality(id="q1", key="ponctuel", label="Ponctuelle", proof="Jamais en retard"),
            Quality(id="q2", label=h["hidden quality"], proof=h["hidden quality's proof"]),
        ],
        interests=[
            Interest(id="i1", label=h["label of a detail"], detail="Football en club depuis 6 ans"),
            Interest(id="i2", label=h["hidden interest"]),
        ],
        skills=["Rendre la monnaie", h["hidden skill"]],
        gaps=[
            Gap(id="g1", text="Pause personnelle", period=Period(start="2024-01", end="2024-09")),
            Gap(id="g2", text=h["hidden gap"]),
        ],
    )  # fmt: skip
    hidden = ["e2", "s2", "c2", "l2", "q2", "i2", "g2", h["hidden skill"]]
    return profile, Cv(name=h["name of the CV"], job_wanted="Vendeuse", opening=["J’aime vendre"], hidden=hidden)


def _rest_of_the_work(session: Session, young: Account) -> None:
    choices.keep_favourite(session, by=young, key="serveur", operation="keep")
    choices.say_why(session, by=young, key="serveur", why=HIDDEN["why a job is kept"], operation="why")
    named = {"title": HIDDEN["application"], "operation": "add", "today": TODAY}
    sent = applications.add_application(session, by=young, **named)  # type: ignore[arg-type]
    said = {"employer": "", "town": "", "note": HIDDEN["its note"]}
    applications.describe_application(session, by=young, application_id=sent, operation="note", **said)

    def practised(book: Notebook) -> None:
        question = question_bank().themes["motivation"].questions[0]
        book.answers[question.cle] = WrittenAnswer(asked=question.question, text=HIDDEN["interview answer"])
        book.pitch.text = HIDDEN["pitch"]
        book.days.append(InterviewDay(id="jour", employer=HIDDEN["interview"], date="2026-05-12", time="14:30"))

    notebook.change_notebook(session, by=young, alter=practised, operation="book")
    liaison.agree_to_lines(
        session, LiaisonLines(first_name=True), by=young, agreed=True, operation="sheet", today=TODAY
    )
    sharing.keep_obstacle(session, by=young, key="permis", keep=True, operation="permit", now=NOW)
    sharing.share_obstacle(session, by=young, key="permis", on=True, now=NOW)


def _group_session(session: Session, trainer: Account, young: Account, other: Account) -> str:
    """A session of two people who wrote their page; only the other one shares it."""
    workshop = Workshop(organisation_id=trainer.organisation_id or "", by_id=trainer.id, kind="cv", title="CV")
    session.add(workshop)
    session.flush()
    joined = {"workshop_id": workshop.id, "state": ParticipantState.ADMITTED}
    for who, name, shared in ((young, "page of a session", False), (other, "page that another shares", True)):
        session.add(row := WorkshopParticipant(account_id=who.id, first_name=who.first_name, **joined))
        session.flush()
        session.add(PortfolioLine(participant_id=row.id, did=HIDDEN[name], shared=shared))
    session.flush()
    return workshop.id


def _said_by_others(session: Session, young: Account, by: Account) -> None:
    mine = {"account_id": young.id, "by_id": by.id, "at": NOW}
    batch = ImportBatch(organisation_id=by.organisation_id or "", by_id=by.id, made_at=NOW, people=1)
    added = {"organisation_id": by.organisation_id or "", "job": "jardinier", "by_id": by.id}
    session.add_all([
        batch,
        Note(**mine, text=HIDDEN["adviser's note"]),
        Comment(**mine, section="identite", text=HIDDEN["comment"]),
        Appointment(**mine, id="rendez-vous", words=HIDDEN["appointment"], day=TODAY, start=time(14), minutes=30),
        NextStep(**mine, key="test", word=HIDDEN["step"]),
        HelpAsked(account_id=young.id, at=NOW, word=HIDDEN["help asked"]),
        FileMerge(id="reunion", kept_id=young.id, other_id=young.id, by_id=by.id),
        Synonym(words=HIDDEN["word added"], **added),
    ])  # fmt: skip
    session.flush()
    session.add(Enrolment(account_id=young.id, batch_id=batch.id, phone="+33639989999"))
    session.flush()


def test_every_file_that_can_leave_is_known_here(makers: None) -> None:
    assert sorted(MAKERS) == sorted(LEAVES)


@for_each("kind", LEAVES)
def test_nothing_hidden_leaves_in_a_file(left: Left, kind: str) -> None:
    data = left.file(kind)
    words = _plain(leaving_files.said(data))
    found = {name for name, word in HIDDEN.items() if word in words or word in words.replace(" ", "")}
    assert found - LEAVES[kind] == set()
    assert LEAVES[kind] - found - {"its opening"} == set(), "it should hold these"
    middle = left.jpeg[len(left.jpeg) // 2 :][:120]
    assert leaving_files.holds(data, middle) == (kind in ("work", "merged-work", "dossier"))


def test_no_file_is_typeset_while_the_writer_is_held(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one writer: everybody would wait for typst."""
    typeset_kinds: list[str] = []
    for kind in sorted(WRITING):

        def note(_sheet: typeset.Sheet, kind: str = kind) -> NoReturn:
            typeset_kinds.append(kind)
            raise RuntimeError

        monkeypatch.setattr(typeset.Sheet, "_new_compiler", note)
        with suppress(RuntimeError):
            left.made(kind)
    assert len(WRITING) > 5 and typeset_kinds == []


# --- the CV


@pytest.mark.parametrize("model", [model.key for model in templates.all_templates()])
def test_what_a_pdf_carries_is_what_is_printed(model: str) -> None:
    for profile, cv in people():
        worn = cv.model_copy(update={"model": model})
        data = _pdf(profile, worn)
        page = _words(leaving_files.printed(data))
        assert list(leaving_files.attachments(data)) == [downloads.CARRIED]
        assert _words(" ".join(_values(leaving_files.attachments(data)[downloads.CARRIED]))) - page == set()
        told = pypdf.PdfReader(io.BytesIO(data)).metadata
        assert told is not None
        assert _words(f"{told.title or ''} {told.author or ''}") - page <= {"cv"}


@pytest.mark.parametrize("model", [model.key for model in templates.all_templates()])
def test_what_a_word_file_carries_is_what_is_printed(model: str) -> None:
    for profile, cv in people():
        document = compose.compose_document(profile, cv.model_copy(update={"model": model}), photo=b"x")
        data = docx.docx_file(document)
        read = Document(io.BytesIO(data))
        page = _words(" ".join(document.all_texts()))
        assert _words(" ".join(one.text for one in read.paragraphs)) - page == set()
        core = read.core_properties
        told = (
            core.title,
            core.author,
            core.subject,
            core.keywords,
            core.comments,
            core.last_modified_by,
            core.category,
        )
        assert _words(" ".join(told)) - page <= {"cv"}
        assert _names(data) == _names((templates.template_by_key(model).folder / "cv.docx").read_bytes())


@pytest.mark.long
@pytest.mark.parametrize("model", [model.key for model in templates.all_templates()])
def test_the_photo_leaves_only_where_it_is_shown(model: str) -> None:
    jpeg = checked_photo(encoded(picture()))
    middle = jpeg[len(jpeg) // 2 :][:120]
    for shown in (True, False):
        profile, cv = make.whole()
        cv = cv.model_copy(update={"model": model, "with_photo": shown})
        document = compose.compose_document(profile, cv, photo=jpeg)
        for data in (_pdf(profile, cv, jpeg), docx.docx_file(document)):
            assert leaving_files.holds(data, middle) == shown
        assert reopening.reopen_file(_pdf(profile, cv, jpeg)).photo == (jpeg if shown else None)


def test_the_picture_of_a_page_carries_no_text() -> None:
    chunks = set(re.findall(rb"(tEXt|iTXt|zTXt|eXIf|tIME)", pdf.page_image(compose.compose_document(*make.whole()))))
    assert chunks == set()


@pytest.mark.parametrize("model", [model.key for model in templates.all_templates()])
def test_a_pdf_reopens_into_the_same_page_and_writes_itself_again(model: str) -> None:
    for profile, cv in people():
        worn = cv.model_copy(update={"model": model})
        once = work_file.write_page(profile, worn, None)
        back = work_file.read_work_file(once)
        assert (
            compose.compose_document(back.profile, back.cvs[0])
            == printable_document(compose.compose_document(profile, worn))[0]
        )
        assert work_file.write_page(back.profile, back.cvs[0], None) == once


def test_our_own_words_are_found_again_in_a_page() -> None:
    read = work_file.read_work_file(work_file.write_page(*hiding(), None)).profile
    (done,), (study,), (gap,) = read.experiences, read.studies, read.gaps
    assert (done.place, done.town, done.period) == ("Épicerie, Halle", "Lens", Period(start="2023-07", end="2023-08"))
    assert (study.level, study.title, study.state) == ("cap", "Cuisine", "non_obtenu")
    assert gap.text == "Pause personnelle"
    assert (read.languages[0].key, read.qualities[0].key, read.interests[0].key) == ("arabe", "ponctuel", "football")
    assert read.certificates[0].label == "PSC" or read.certificates[0].key == "psc"


def test_json_resume_says_only_words_of_the_page() -> None:
    for profile, cv in people():
        shown = _words(" ".join(compose.compose_document(profile, cv).all_texts()))
        written = downloads.json_resume_export.to_json_resume(profile, cv)
        said = {word for value in _leaves(written) for word in _words(value)}
        ours = _words("https raw githubusercontent com jsonresume resume schema v1 0 schema json Savoir-être v1.0.0")
        dates = {word for word in said if re.fullmatch(r"\d+", word)}
        assert said - shown - ours - dates == set()


# --- what professionals take away


def test_a_table_of_people_has_the_columns_that_it_announces(left: Left) -> None:
    book = load_workbook(io.BytesIO(left.file("people-xlsx")))
    (sheet,) = book.worksheets
    assert list(sheet.values) == [tuple(export._COLUMNS), ("Tom", "Tourbillon", "06 39 98 99 99", None)]
    csv_rows = left.file("people-csv").decode("utf-8-sig").splitlines()
    assert csv_rows[0].split(";") == list(export._COLUMNS)


@pytest.mark.parametrize("kind", ["figures-xlsx", "figures-csv"])
def test_figures_name_nobody(left: Left, kind: str) -> None:
    words = _words(leaving_files.said(left.file(kind)))
    assert not words & {"tom", "tourbillon", "claire", "morvan"}


def test_a_workbook_says_nothing_of_who_made_it(left: Left) -> None:
    told = load_workbook(io.BytesIO(left.file("people-xlsx"))).properties
    assert (told.creator, told.lastModifiedBy, told.title) == ("openpyxl", None, None)


# --- how words are compared


def people() -> list[tuple[Profile, Cv]]:
    """Whole, half, hiding, in another order, and with words of every kind."""
    whole, cv = make.whole()
    moved = Cv(
        order=[one.id for one in reversed([*whole.experiences, *whole.studies])],
        section_order=["languages", "studies", "experiences"],
        colour="#0b3d6b",
        job_wanted="Serveuse",
    )
    return [(whole, cv), make.half(), hiding(), (whole, moved), odd(), (Profile(), Cv())]


def odd() -> tuple[Profile, Cv]:
    """Words that no content of ours knows, that look like our own marks, or that cannot be drawn."""
    periods = (
        Period(words="été 2022", start="2022"), Period(words="l’an passé", start="2025"), Period(start="2023-03"),
        Period(start="2024-05", ongoing=True), Period(end="2021-06"), Period(start="2019", end="2021"),
        Period(start="2023-08", end="2023-10"), Period(words="vendanges", ongoing=True), Period(ongoing=True),
        Period(start="2022-11", end="2023-01"), Period(start="2023-05", end="2023-05"),
    )  # fmt: skip
    done = [Experience(title=f"Poste {n}", town="Lens", period=period) for n, period in enumerate(periods)]
    return Profile(
        first_name="Jean 🦄",
        last_name="O’Brien\u200b d’Été",
        phone="+33639981234",
        email="jean@exemple.fr",
        town="L’Haÿ-les-Roses",
        mobility=["Permis AM", "15 km, à vélo"],
        experiences=[*done, Experience(title="Employé polyvalent", place="A, B", phrases=["💥 #import « x »", "10 €"])],
        studies=[
            Study(title="CAPES"), Study(level="cap", title="CAP Pâtissier", state="obtenu"),
            Study(title="Niveau fou (non obtenu)"), Study(level="cap", state="commence"), Study(title="Truc (en cours)"),
        ],
        certificates=[Certificate(label="Permis Bateau, côtier"), Certificate(key="permis-b", detail="boîte automatique")],
        languages=[
            Language(label="Klingon (un peu)"), Language(label="Anglais\u00a0: notions"),
            Language(key="francais", can_do=["maternelle"]), Language(key="lsf"),
        ],
        qualities=[Quality(label="Calme\u00a0: Très"), Quality(label="Forte", proof="ÇA tient")],
        interests=[Interest(label="Foot", detail="Club\u00a0: 4 ans"), Interest(key="football", label="Le football")],
        skills=["$x$ *gras*", "Vente\u00a0: tout"],
        gaps=[Gap(text="Aide à un proche"), Gap(text="Recherche d’emploi active", period=Period(start="2020", end="2021"))],
    ), Cv(job_wanted="Chef 🦄", opening=["", "Deux"])  # fmt: skip


def _pdf(profile: Profile, cv: Cv, jpeg: bytes | None = None) -> bytes:
    carried = work_file.write_page(profile, cv, jpeg)
    return pdf.pdf_page(compose.compose_document(profile, cv, photo=jpeg), attachments={downloads.CARRIED: carried}).pdf


def _values(carried: bytes) -> list[str]:
    """The words of what is attached: all but its format, the look of the page and the names of its sections."""
    page = json.loads(carried)["page"]
    sections = [{key: value for key, value in one.items() if key != "key"} for one in page.pop("sections")]
    del page["model"], page["colour"]
    return [*_leaves(page), *_leaves(sections)]


def _leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _leaves(one)]
    if isinstance(value, list):
        return [text for one in value for text in _leaves(one)]
    return [value] if isinstance(value, str) else []


def _plain(text: str) -> str:
    """Without accents, so that no font or encoding hides a word."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _plain(text)))


def _names(word_file: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(word_file)) as packed:
        return set(packed.namelist())
