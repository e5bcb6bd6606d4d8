"""A simulated young person who answers the guided CV, and remembers which texts the app said are saved."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed

from benchmarks.streamlit_client import Browser, Page, Widget
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Interest, Language, Period, Profile, Quality, Study

PAUSE = 7.0  # seconds from one action to the next, ± half
SAVED = "✓ Enregistré"
_GUIDE = "construire"
_PATIENCE = 5  # page loads before a missing button is an error
_STEPS = (0, 1, 3, 5, 9, 11)  # questions skipped at the start, so that people are at different ones
_THINGS = 6  # large buttons pressed at most; adding an experience takes two
_TICKS = 2  # ticks per question


@dataclass(frozen=True, slots=True)
class Act:
    """One action: when it began, and the milliseconds until the script finished or the person stopped waiting."""

    at: float
    ms: float
    answered: bool = True


@dataclass
class Young:
    """One person. Their texts contain the person's number and the action's, so that each can be found in the database."""

    number: int
    token: str = ""
    acts: list[Act] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    received: int = 0
    arrived: bool = False
    broken: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.number)
        self._kept: dict[str, tuple[str, str]] = {}
        self._heading = ""
        self._done: set[str] = set()
        self._things = self._ticks = 0

    @property
    def latest(self) -> list[str]:
        """The acknowledged texts that this person has not replaced since then."""
        return [text for _, text in self._kept.values()]

    async def arrive(self, browser: Browser) -> None:
        """Go from the home page to a question, a different one for different people."""
        await browser.visit()
        await browser.press(await self._found(browser, "", "start"))
        for _ in range(_STEPS[self.number % len(_STEPS)]):
            await browser.press(await self._found(browser, _GUIDE, "next"))
        self.arrived = True

    async def _found(self, browser: Browser, address: str, key: str) -> Widget:
        """Return a button of this page, reloading a broken page as people do."""
        for _ in range(_PATIENCE):
            if found := browser.page.widget(key=key):
                return found
            self.broken += browser.page.broke
            await browser.visit(address)
        raise LookupError(f"No « {key} » here: {browser.page.words}")

    async def live(self, browser: Browser, *, until: asyncio.Event) -> None:
        """Act about every `PAUSE` seconds until `until` is set."""
        await asyncio.sleep(self._chance.uniform(0, PAUSE))
        while not until.is_set():
            begun = time.monotonic()
            await self.act_once(browser)
            await asyncio.sleep(begun + PAUSE * self._chance.uniform(0.5, 1.5) - time.monotonic())

    async def act_once(self, browser: Browser) -> None:
        """Do the next action and wait for its answer. What it is depends on the page and on this person's number only."""
        begun, before = time.monotonic(), browser.received
        try:
            await self._act(browser)
        except (TimeoutError, asyncio.CancelledError, ConnectionClosed):
            self.acts.append(Act(begun, (time.monotonic() - begun) * 1000, answered=False))
            raise
        self.acts.append(Act(begun, (time.monotonic() - begun) * 1000))
        self.received += browser.received - before
        self.broken += browser.page.broke

    async def _act(self, browser: Browser) -> None:
        page = browser.page
        if page.broke:
            await browser.visit(_GUIDE)  # people reload a page that shows an error
            return
        if page.heading != self._heading:
            self._heading, self._done, self._ticks = page.heading, set(), 0
        box, choice, thing, folded = self._box(page), self._choice(page), self._thing(page), self._folded(page)
        if choice and (box is None or self._chance.random() < 0.3):
            await self._choose(browser, choice)
        elif box:
            await self._write(browser, box)
        elif folded:
            self._done.add(_slot(folded))
            await browser.unfold(folded)
        elif thing:
            self._things += 1
            await browser.press(thing)
        else:
            await self._go_on(browser)

    def _box(self, page: Page) -> Widget | None:
        """Return the first text box not filled in yet."""
        return next((w for w in page.all("text_input", "text_area") if _slot(w) not in self._done), None)

    def _choice(self, page: Page) -> Widget | None:
        """Return a choice to make, if any."""
        offered = [w for w in page.all("button_group", "radio", "checkbox") if _slot(w) not in self._done]
        return self._chance.choice(offered) if offered and self._ticks < _TICKS else None

    def _folded(self, page: Page) -> Widget | None:
        """Return the expander for a phrase of one's own, which half of the people open."""
        offered = (w for w in page.all("expander") if w.key.startswith("own-") and not w.shown.expanded)
        return next((w for w in offered if _slot(w) not in self._done and self.number % 2), None)

    def _thing(self, page: Page) -> Widget | None:
        """Return a large button that adds an entry or chooses its kind."""
        offered = [w for w in page.all("button") if w.key.startswith("tile") or w.key == "add-study"]
        return self._chance.choice(offered) if offered and self._things < _THINGS else None

    async def _go_on(self, browser: Browser) -> None:
        page = browser.page
        onward = page.widget(key="next")
        if onward is None:
            onward = page.widget(key="back-to-guide")
            self._kept.clear()  # in a second round, a new answer may rightly remove what depended on an earlier one
        assert onward is not None, f"No way on from « {page.heading} »: {page.words[:300]}"
        await browser.press(onward)

    async def _write(self, browser: Browser, box: Widget) -> None:
        text = self._text(box)
        self._done.add(_slot(box))
        await browser.write(box, text)
        if browser.page.faults:
            self.refused += 1
        elif SAVED in browser.page.words and box.key.startswith("kept·"):
            stored = f"+33{text[1:].replace(' ', '')}" if box.label == "Téléphone" else text
            self.acknowledged.append(stored)
            self._kept[_slot(box)] = (self._heading, stored)

    async def _choose(self, browser: Browser, choice: Widget) -> None:
        self._done.add(_slot(choice))
        self._ticks += 1
        self._kept = {slot: kept for slot, kept in self._kept.items() if kept[0] != self._heading}
        if choice.kind == "checkbox":
            await browser.tick(choice)
        else:
            await browser.choose(choice, self._chance.choice(choice.options))

    def _text(self, box: Widget) -> str:
        """Return a text with its number that the question accepts."""
        mark = f"n{self.number:04}t{len(self.acts):04}"
        kind = box.key.partition("·")[0]
        if kind in ("from", "to"):
            return "mars 2021" if kind == "from" else "juin 2023"
        if kind == "search":
            return "resto"
        known = {"Téléphone": f"06 39 98 {self.number % 10_000:04}", "Adresse e-mail": f"{mark}@exemple.fr"}
        return known.get(box.label, f"Morel {mark}")


def _slot(widget: Widget) -> str:
    """Return a widget's key without the counter that changes when it is drawn anew."""
    return widget.key.rpartition("·")[0] or widget.id


def whole_cv() -> tuple[Profile, Cv]:
    """Return the profile and CV of a person whose page is nearly full."""
    profile = Profile(
        first_name="Lina",
        last_name="Morel",
        phone="+33639981234",
        email="lina.morel@exemple.fr",
        town="Calais",
        availability="Disponible tout de suite",
        experiences=[
            _done("Serveuse", "Brasserie du Phare", "Servir 40 couverts par service", "Dresser 12 tables"),
            _done("Vendeuse", "Boulangerie Lefort", "Rendre la monnaie", "Accueillir 80 clients par jour"),
            _done("Bénévole", "Épicerie solidaire", "Trier les fruits", "Préparer 30 colis par semaine"),
        ],
        studies=[Study(level="cap", title="Cuisine", school="Lycée du Détroit", town="Calais")],
        certificates=[Certificate(key="psc", detail="2025")],
        languages=[Language(key="arabe", can_do=["b1-ecouter", "b1-parler"])],
        qualities=[Quality(key="ponctuel", label="Ponctuelle", proof="Jamais en retard en 8 semaines")],
        interests=[Interest(key="football", label="Le football", detail="En club depuis 6 ans")],
        skills=["Accueillir les clients", "Tenir un poste propre", "Rendre la monnaie"],
    )
    opening = ["J’aime le service et le contact.", "Trois stages m’ont appris à garder mon calme."]
    return profile, Cv(job_wanted="Serveuse", opening=opening, model="colonnes")


def _done(title: str, place: str, *lines: str) -> Experience:
    period = Period(start="2024-03", ongoing=True)  # a gap would be one question more
    return Experience(title=title, place=place, town="Calais", period=period, phrases=list(lines))
