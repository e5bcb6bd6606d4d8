"""Every step of every way in, from every state, at every address: a step is reached from the one before only.

The tables below say what may happen; everything else must not. A route that is added is tried without being listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

import pyotp
import pytest
from sqlalchemy import delete
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from clicnjob import config, db, models, policy
from clicnjob.accounts import cards, invitations, people, presence, recovery_codes, second_factor, staff, team, vault
from clicnjob.accounts.reauthentication import Proof
from clicnjob.accounts.second_factor import SignInStep
from clicnjob.errors import Refusal
from clicnjob.models import Account, Password, RecoveryCode, Role, RoleHeld, SecondFactor, SignIn
from clicnjob.web import COOKIE
from clicnjob.web.auth import invitation, oidc, own_account, professionals, signing_in, slowing, waking

pytest_plugins = ["tests.sign_in_pages"]
GOOD = "quatre mots assez longs"
NEW = "encore cinq mots bien choisis"
SUITE = "clicnjob-suite"
CODE, SET_UP, DOUBLE, CHANGED = "/connexion/pro/code", "/connexion/pro/double", "/compte/double", "/compte/mot-de-passe"
ADDRESSES = sorted(
    (method, route.path)
    for room in (professionals, own_account, invitation, oidc, signing_in, waking)
    for route in room.ROUTES
    for method in (route.methods or ()) - {"HEAD"}
)
SECRET = re.compile(r"<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</code>")
RECOVERY = re.compile(r"<code>[0-9A-Z]{5}-[0-9A-Z]{5}</code>")
PROOF = re.compile(r'name="preuve" value="([^"]+)"')


@dataclass
class Scene:
    """A professional before a browser, and what an attacker who has everything else may know."""

    browser: TestClient
    chief: Account
    claire: Account
    phone: pyotp.TOTP | None
    recovery: tuple[str, ...] = ()
    form: dict[str, str] = field(default_factory=dict)

    def right_code(self) -> str:
        """The code of the telephone in use, else of a secret that waits for its first code."""
        if self.phone:
            return self.phone.now()
        with db.read_transaction() as session:
            kept = session.get(SecondFactor, self.claire.id)
            if kept is None or not kept.next_secret:
                return "000000"
            return pyotp.TOTP(second_factor._opened_secret(kept.next_secret, models.utc_now())).now()

    def enter(self, password: str = GOOD) -> None:
        """The first step: login and password."""
        self.browser.post("/connexion/pro", data={"identifiant": "claire", "mot_de_passe": password})

    def is_in(self) -> bool:
        """Whether this browser is signed in as the professional."""
        with db.read_transaction() as session:
            found = presence.present_person(session, self.browser.cookies.get(COOKIE), now=models.utc_now())
        return found is not None and found.id == self.claire.id

    def factor(self) -> tuple[str, object]:
        """What protects the account now."""
        with db.read_transaction() as session:
            kept = session.get(SecondFactor, self.claire.id)
            codes = sorted(session.exec(select(RecoveryCode.code_digest).where(_of(self.claire))))
        return (kept.secret if kept and kept.confirmed_at else "", codes)

    def password(self) -> str:
        with db.read_transaction() as session:
            return session.exec(select(Password.hash).where(col(Password.account_id) == self.claire.id)).one()


def _of(account: Account):  # type: ignore[no-untyped-def]
    return col(RecoveryCode.account_id) == account.id


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits here: how long a refusal takes has its own tests."""

    async def at_once(_seconds: float) -> None:
        return

    monkeypatch.setattr(slowing, "sleep", at_once)
    slowing._failed.clear()
    yield
    monkeypatch.undo()
    config.current_settings.cache_clear()
    slowing._failed.clear()


def scene(browser: TestClient, chief: Account, *, factor: bool, required: bool) -> Scene:
    """Claire anew, with or without a telephone; required or not on the whole installation."""
    browser.cookies.clear()
    slowing._failed.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CLICNJOB_SECOND_FACTOR", "required" if required else "offered")
        config.current_settings.cache_clear()
        config.current_settings()
    with db.write_transaction() as session:
        session.exec(delete(Password).where(col(Password.login) == "claire"))
        claire = staff.enrol_staff(
            session, by=chief, role=Role.ADVISER, first_name="Claire", last_name="Morvan", login="claire", password=GOOD
        )
    made = Scene(browser, chief, claire, None)
    if factor:
        made.phone, made.recovery = telephone(claire)
    return made


def telephone(account: Account) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """A second factor in use, set up five minutes ago."""
    at = models.utc_now() - timedelta(minutes=5)
    with db.write_transaction() as session:
        kept = SecondFactor(account_id=account.id, made_at=at)
        kept.secret = vault.locked_text("second factor", secret := pyotp.random_base32(), now=at)
        kept.confirmed_at = at
        session.add(kept)
        session.flush()
        return pyotp.TOTP(secret), recovery_codes.new_recovery_codes(session, account_id=account.id)


# --- what may happen between the password and the next step


def nothing(scene: Scene) -> None:
    scene.enter()


def never_gave_the_password(scene: Scene) -> None:
    pass


def gave_a_wrong_password(scene: Scene) -> None:
    scene.enter("un autre mot de passe")


def forged(scene: Scene) -> None:
    scene.browser.cookies.set(SUITE, "forged", path="/connexion")


def came_in_already(scene: Scene) -> None:
    """The step was made with this very cookie, which a copy of it outlives."""
    scene.enter()
    kept = scene.browser.cookies.get(SUITE)
    scene.browser.get(SET_UP)
    scene.browser.post(CODE if scene.phone else SET_UP, data={"code": scene.right_code()})
    scene.browser.cookies.clear()
    if kept:
        scene.browser.cookies.set(SUITE, kept, path="/connexion")
    if scene.phone is None:
        with db.read_transaction() as session:
            row = session.get(SecondFactor, scene.claire.id)
        if row is not None and row.confirmed_at:
            scene.phone = pyotp.TOTP(second_factor._opened_secret(row.secret, models.utc_now()))
    if scene.phone:
        scene.form["code"] = scene.phone.at(models.utc_now() + timedelta(seconds=policy.SECOND_FACTOR_STEP))


def came_in_by_a_recovery_code(scene: Scene) -> None:
    scene.enter()
    kept = scene.browser.cookies.get(SUITE)
    scene.browser.post(CODE, data={"code": scene.recovery[0] if scene.recovery else "x"})
    scene.browser.cookies.clear()
    if kept:
        scene.browser.cookies.set(SUITE, kept, path="/connexion")
    if scene.recovery:
        scene.form["code"] = scene.recovery[0]


def waited_too_long(scene: Scene) -> None:
    before = models.utc_now() - policy.SECOND_STEP_LASTS - timedelta(minutes=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(models, "utc_now", lambda: before)
        scene.enter()


def changed_the_password(scene: Scene) -> None:
    scene.enter()
    with db.write_transaction() as session:
        kept = session.get(Password, scene.claire.id)
        assert kept is not None
        attempt = staff.PasswordAttempt("key", scene.claire.id, kept.hash)
        staff.change_password(session, attempt=attempt, sealed=staff.seal_password(NEW), now=models.utc_now())


def was_given_a_new_link(scene: Scene) -> None:
    scene.enter()
    now = models.utc_now()
    by_the_head(
        scene,
        lambda session, by: team.new_link(session, by=by, account_id=scene.claire.id, proof=Proof(by.id, now), now=now),
    )


def was_closed(scene: Scene) -> None:
    scene.enter()
    by_the_head(
        scene, lambda session, by: team.close_account(session, by=by, account_id=scene.claire.id, now=models.utc_now())
    )


def lost_every_role(scene: Scene) -> None:
    scene.enter()
    with db.write_transaction() as session:
        for held in session.exec(select(RoleHeld).where(RoleHeld.account_id == scene.claire.id)):
            held.until = models.utc_now().date() - timedelta(days=1)


def lost_the_telephone(scene: Scene) -> None:
    scene.enter()
    now = models.utc_now()
    by_the_head(
        scene,
        lambda session, by: team.forget_second_factor(
            session, by=by, account_id=scene.claire.id, proof=Proof(by.id, now), now=now
        ),
    )
    scene.phone = None


def set_the_telephone_up_elsewhere(scene: Scene) -> None:
    """Another browser did it meanwhile."""
    scene.enter()
    with db.write_transaction() as session:
        session.exec(delete(SecondFactor).where(col(SecondFactor.account_id) == scene.claire.id))
    scene.phone, scene.recovery = telephone(scene.claire)


def opened_the_sign_in_of_somebody_else(scene: Scene) -> None:
    """The password of a colleague without a telephone makes no step for this account."""
    scene.enter()
    scene.browser.cookies.set(
        SUITE, vault.locked_text("second step", f'["{scene.claire.id}", "", "/"]', now=models.utc_now())
    )


def fell_asleep(scene: Scene) -> None:
    """The visit sleeps: neither the code of the telephone nor any other step wakes it, only the password does."""
    with db.write_transaction() as session:
        token = presence.begin_sign_in(session, account=scene.claire, now=models.utc_now())
        scene.browser.cookies.set(COOKIE, token, domain="testserver.local", path="/")  # as the server itself sets it
        for visit in session.exec(select(SignIn).where(col(SignIn.account_id) == scene.claire.id)):
            visit.slept_at = models.utc_now()


def by_the_head(scene: Scene, doing: Callable[[Session, presence.ActingPerson], object]) -> None:
    with db.write_transaction() as session:
        doing(session, presence.acting_person(session, scene.chief.id, now=models.utc_now()))


EVENTS = (
    nothing, never_gave_the_password, gave_a_wrong_password, forged, came_in_already, came_in_by_a_recovery_code,
    waited_too_long, changed_the_password, was_given_a_new_link, was_closed, lost_every_role, lost_the_telephone,
    set_the_telephone_up_elsewhere, opened_the_sign_in_of_somebody_else, fell_asleep,
)  # fmt: skip


def awaited(event: Callable[[Scene], None], *, factor: bool, required: bool) -> SignInStep:
    """The step that this browser may make now; NONE where nothing was begun, or where what was begun is void."""
    if event is came_in_by_a_recovery_code and not factor and required:
        return SignInStep.SET_UP  # its wrong code changed nothing
    if event is not nothing:
        return SignInStep.NONE
    return SignInStep.CODE if factor else SignInStep.SET_UP if required else SignInStep.NONE


def fields_of(scene: Scene) -> dict[str, str]:
    """Every field of every form, filled in as whoever has all but the step before would."""
    code = scene.form.get("code") or scene.right_code()
    return {
        "code": code, "code_actuel": code, "encore": "482915", "preuve": "forged", "geste": "telephone", "retour": "/",
        "numero": "ABCDEFGHJKM", "jeton": "x" * 43, "actuel": GOOD, "identifiant": "claire",
    }  # fmt: skip


@pytest.mark.slow
def test_a_step_is_reached_from_the_one_before_only(browser: TestClient, chief: Account) -> None:
    """Between the password and the code: every state × every address, the answer and what it changed."""
    offenders = []
    for event, factor, required in product(EVENTS, (True, False), (True, False)):
        step, made = awaited(event, factor=factor, required=required), None
        for method, path in ADDRESSES:
            if (method, path) == ("POST", "/connexion/pro"):
                continue  # this is the first step
            if made is None:
                made = scene(browser, chief, factor=factor, required=required)
                event(made)
            if made.is_in() and path in (DOUBLE, CHANGED):
                continue  # one's own account has its own table below
            if wrong := wrongs(made, method, path, step):
                offenders.append(f"{event.__name__}, telephone={factor}, required={required}: {method} {path}: {wrong}")
            if wrong or step is not SignInStep.NONE:
                made = None  # where nothing may happen, the state is the same for the next address
    assert not offenders, f"{len(offenders)}:\n" + "\n".join(offenders)


def wrongs(made: Scene, method: str, path: str, step: SignInStep) -> list[str]:
    """What one request did that it must not do, or did not do that it must."""
    was_in, before = made.is_in(), made.factor()
    answer = made.browser.request(method, path, data=fields_of(made) if method == "POST" else None)
    enters = (method, path) == ("POST", CODE) and step is SignInStep.CODE
    sets_up = (method, path) == ("POST", SET_UP) and step is SignInStep.SET_UP
    seen = {
        "comes in": made.is_in() and not was_in,
        "changes the factor": made.factor() != before,
        "shows a secret": bool(SECRET.search(answer.text)),
        "shows recovery codes": bool(RECOVERY.search(answer.text)),
        "breaks": answer.status_code >= 500,
    }
    right = {
        "comes in": (enters or sets_up) and not was_in,
        "changes the factor": sets_up,
        "shows a secret": (method, path) == ("GET", SET_UP) and step is SignInStep.SET_UP,
        "shows recovery codes": sets_up,
        "breaks": False,
    }
    return [f"{what} is {done}" for what, done in seen.items() if done != right[what]]


# --- one's own account


def proof_of(scene: Scene) -> str:
    """The proof on the page of a new telephone, after the password (and the code in use)."""
    fields = {"mot_de_passe": GOOD, "geste": "telephone", "code_actuel": scene.right_code() if scene.phone else ""}
    found = PROOF.search(scene.browser.post(DOUBLE, data=fields).text)
    assert found
    return found[1]


def inside(scene: Scene) -> None:
    """Signed in here, whatever the way."""
    with db.write_transaction() as session:
        scene.browser.cookies.set(COOKIE, presence.begin_sign_in(session, account=scene.claire, now=models.utc_now()))


def waiting_code(scene: Scene) -> str:
    """The first code of the secret that waits."""
    with db.read_transaction() as session:
        kept = session.get(SecondFactor, scene.claire.id)
        assert kept is not None and kept.next_secret
        return pyotp.TOTP(second_factor._opened_secret(kept.next_secret, models.utc_now())).now()


GESTURES = ("telephone", "codes", "arreter")


@pytest.mark.long
@pytest.mark.slow
def test_one_s_own_telephone_is_changed_with_the_password_and_the_code_in_use(
    browser: TestClient, chief: Account
) -> None:
    """Gesture × password × code × whether a telephone is in use: only both together, or a first telephone, do anything."""
    offenders = []
    for gesture, password, given, factor in product(
        GESTURES, (GOOD, "faux", ""), ("", "000000", "right", "recovery"), (True, False)
    ):
        made = scene(browser, chief, factor=factor, required=False)
        inside(made)
        code = {"right": made.right_code(), "recovery": made.recovery[0] if made.recovery else "x"}.get(given, given)
        before = made.factor()
        answer = made.browser.post(DOUBLE, data={"geste": gesture, "mot_de_passe": password, "code_actuel": code})
        proven = password == GOOD and (given in ("right", "recovery") if factor else gesture == "telephone")
        seen = {
            "secret": bool(SECRET.search(answer.text)),
            "codes": bool(RECOVERY.search(answer.text)),
            "gone": bool(before[0]) and not made.factor()[0],
        }
        right = {
            "secret": proven and gesture == "telephone",
            "codes": proven and gesture == "codes",
            "gone": proven and gesture == "arreter",
        }
        if seen != right or answer.status_code >= 500:
            offenders.append(
                f"{gesture}, {password or 'nothing'}, code {given or 'nothing'}, telephone={factor}: {seen}"
            )
    assert not offenders, "\n".join(offenders)


def test_a_proof_serves_one_change_of_the_visit_that_made_it(browser: TestClient, chief: Account) -> None:
    """The page of a new telephone, its form sent from elsewhere, later, or after something else changed."""

    def other_visit(scene: Scene) -> None:
        inside(scene)

    def other_change(scene: Scene) -> None:
        proof_of(scene) if not scene.phone else _begun_again(scene)

    def new_password(scene: Scene) -> None:
        with db.write_transaction() as session:
            kept = session.get(Password, scene.claire.id)
            assert kept is not None
            kept.hash = staff.seal_password(NEW)

    def other_person(scene: Scene) -> None:
        colleague = Account(role=Role.ADVISER, organisation_id=scene.claire.organisation_id, first_name="Autre")
        with db.write_transaction() as session:
            session.add(colleague)
            session.flush()
            session.add(RoleHeld(account_id=colleague.id, role=Role.ADVISER))
            session.flush()
            scene.browser.cookies.set(COOKIE, presence.begin_sign_in(session, account=colleague, now=models.utc_now()))

    def served(scene: Scene) -> None:
        scene.browser.post(DOUBLE, data={"code": waiting_code(scene), "preuve": scene.form["preuve"]})
        with db.write_transaction() as session:
            second_factor._begin_factor(session, scene.claire, models.utc_now())

    def nothing_happened(scene: Scene) -> None:
        pass

    happened = (nothing_happened, other_visit, other_change, new_password, other_person, served)
    offenders = []
    for meanwhile, factor in product(happened, (True, False)):
        made = scene(browser, chief, factor=factor, required=False)
        inside(made)
        made.form["preuve"] = proof_of(made)
        meanwhile(made)
        before = made.factor()
        code = waiting_code(made)
        answer = made.browser.post(DOUBLE, data={"code": code, "preuve": made.form["preuve"]})
        changed = made.factor() != before
        if changed != (meanwhile is nothing_happened) or answer.status_code >= 500:
            offenders.append(f"{meanwhile.__name__}, telephone={factor}: changed is {changed}")
    assert not offenders, "\n".join(offenders)


def _begun_again(scene: Scene) -> None:
    fields = {"mot_de_passe": GOOD, "geste": "telephone", "code_actuel": scene.recovery[1]}
    assert SECRET.search(scene.browser.post(DOUBLE, data=fields).text)


def test_a_secret_seen_before_is_not_the_one_set_up_later(browser: TestClient, chief: Account) -> None:
    """Somebody who knew the password and looked at the square must not know the telephone of its owner afterwards."""
    made = scene(browser, chief, factor=False, required=True)
    made.enter()
    seen = SECRET.search(browser.get(SET_UP).text)
    browser.cookies.clear()
    made.enter()
    again = SECRET.search(browser.get(SET_UP).text)
    assert seen and again and seen[1] != again[1]
    assert SECRET.search(browser.get(SET_UP).text)[1] == again[1]  # type: ignore[index]


# --- links and cards


@dataclass(frozen=True)
class Link:
    """An invitation and what became of it."""

    account: Account
    token: str


def link(chief: Account) -> Link:
    with db.write_transaction() as session:
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        return Link(
            *team.invite_professional(
                session, by=by, organisation_id=chief.organisation_id, first_name="Nour", last_name="Attia",
                roles={Role.ADVISER: None}, now=models.utc_now(),
            )
        )  # fmt: skip


def unused(_link: Link) -> None:
    pass


def used(one: Link) -> None:
    with db.write_transaction() as session:
        invitations.accept_invitation(
            session, one.token, login=one.token[:20], sealed=staff.seal_password(NEW), now=models.utc_now()
        )


def revoked(one: Link) -> None:
    with db.write_transaction() as session:
        invitations.revoke_invitations(session, account_id=one.account.id, now=models.utc_now())


def replaced(one: Link) -> None:
    with db.write_transaction() as session:
        invitations.make_invitation(session, account=one.account, by=one.account, now=models.utc_now())


def run_out(one: Link) -> None:
    with db.write_transaction() as session:
        for row in session.exec(select(models.Invitation).where(models.Invitation.account_id == one.account.id)):
            row.made_at -= policy.INVITATION_LASTS


def closed(one: Link) -> None:
    with db.write_transaction() as session:
        kept = session.get(Account, one.account.id)
        assert kept is not None
        kept.closed_at = models.utc_now()


def ended(one: Link) -> None:
    with db.write_transaction() as session:
        for held in session.exec(select(RoleHeld).where(RoleHeld.account_id == one.account.id)):
            held.until = models.utc_now().date() - timedelta(days=1)


def test_a_link_is_followed_once_by_whom_it_is_for(browser: TestClient, chief: Account) -> None:
    """An invitation: unused, used, revoked, replaced, run out, of a closed account, of somebody whose roles have ended."""
    offenders = []
    for became in (unused, used, revoked, replaced, run_out, closed, ended):
        scene(browser, chief, factor=False, required=False)
        one = link(chief)
        became(one)
        before = _password_of(one.account)
        fields = {"jeton": one.token, "identifiant": one.token[20:], "mot_de_passe": GOOD, "encore": GOOD}
        browser.post("/invitation", data=fields)
        if (_password_of(one.account) != before or COOKIE in browser.cookies) != (became is unused):
            offenders.append(became.__name__)
    assert not offenders, offenders


def _password_of(account: Account) -> str:
    with db.read_transaction() as session:
        return session.exec(select(Password.hash).where(col(Password.account_id) == account.id)).first() or ""


def test_a_new_link_still_leads_to_the_code_of_the_telephone(browser: TestClient, chief: Account) -> None:
    made = scene(browser, chief, factor=True, required=False)
    with db.write_transaction() as session:
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        proof = Proof(by.id, models.utc_now())
        token = team.new_link(session, by=by, account_id=made.claire.id, proof=proof, now=models.utc_now())
    answer = browser.post("/invitation", data={"jeton": token, "mot_de_passe": NEW, "encore": NEW})
    assert answer.headers["location"] == CODE and not made.is_in()


def test_a_card_gets_its_first_code_once(browser: TestClient, chief: Account) -> None:
    """The first code of a card: new, already chosen, replaced, run out, of a closed account."""

    def new(_code: str, _account: Account) -> None:
        pass

    def chosen(code: str, _account: Account) -> None:
        with db.write_transaction() as session:
            cards.choose_pin(session, code=code, pin="739164", now=models.utc_now())

    def replaced(_code: str, account: Account) -> None:
        with db.write_transaction() as session:
            cards.issue_card(session, account=account, now=models.utc_now())

    def run_out(_code: str, account: Account) -> None:
        with db.write_transaction() as session:
            for row in session.exec(select(models.Card).where(models.Card.account_id == account.id)):
                row.created_at -= policy.FIRST_CARD_LASTS

    def closed(_code: str, account: Account) -> None:
        with db.write_transaction() as session:
            kept = session.get(Account, account.id)
            assert kept is not None
            kept.closed_at = models.utc_now()

    offenders = []
    for became, path in product((new, chosen, replaced, run_out, closed), ("/connexion", "/connexion/code-secret")):
        browser.cookies.clear()
        with db.write_transaction() as session:
            by = presence.acting_person(session, chief.id, now=models.utc_now())
            young, code = people.enrol_young(
                session, by=by, first_name="Essai", last_name="Carte", now=models.utc_now()
            )
        became(code, young)
        browser.post(path, data={"numero": code, "code": "482917", "encore": "482917"})
        if (COOKIE in browser.cookies) != (became is new and path == "/connexion/code-secret"):
            offenders.append(f"{became.__name__}: {path}")
    assert not offenders, offenders


# --- the features themselves, without any page


def test_the_features_refuse_a_step_that_is_not_the_next(browser: TestClient, chief: Account) -> None:
    """Setting up where a telephone is in use, or where none is required; the code where there is no telephone."""
    offenders = []
    for factor, required in product((True, False), (True, False)):
        made = scene(browser, chief, factor=factor, required=required)
        with db.write_transaction() as session, suppress(Refusal):
            second_factor.begin_set_up(session, account=made.claire, now=models.utc_now())
            if factor or not required:
                offenders.append(f"begin_set_up, telephone={factor}, required={required}")
        with db.write_transaction() as session:
            second_factor._begin_factor(session, made.claire, models.utc_now())
        with db.write_transaction() as session, suppress(Refusal):
            second_factor.confirm_set_up(session, account=made.claire, code=waiting_code(made), now=models.utc_now())
            if factor or not required:
                offenders.append(f"confirm_set_up, telephone={factor}, required={required}")
        if not factor and not required:
            with db.write_transaction() as session:
                if second_factor.code_passes(
                    session, account_id=made.claire.id, code=waiting_code(made), now=models.utc_now()
                ):
                    offenders.append("passes without a telephone")
    assert not offenders, offenders


def test_the_right_code_sent_twice_at_once_opens_one_visit(browser: TestClient, chief: Account) -> None:
    made = scene(browser, chief, factor=True, required=False)
    made.enter()
    kept, code = browser.cookies[SUITE], made.right_code()
    browser.post(CODE, data={"code": code})
    assert made.is_in()
    browser.cookies.clear()
    browser.cookies.set(SUITE, kept, path="/connexion")
    assert browser.post(CODE, data={"code": code}).headers["location"] == "/connexion/pro"
    assert not made.is_in()


def test_who_comes_by_a_provider_proves_a_change_by_the_code_alone(browser: TestClient, chief: Account) -> None:
    """They have no password here; without a telephone there is nothing to prove with, and nothing begins."""
    offenders = []
    for gesture, given, factor in product(GESTURES, ("", "000000", "recovery"), (True, False)):
        made = scene(browser, chief, factor=factor, required=False)
        with db.write_transaction() as session:
            session.exec(delete(Password).where(col(Password.account_id) == made.claire.id))
        inside(made)
        code = made.recovery[0] if given == "recovery" and factor else given
        before = made.factor()
        text = browser.post(DOUBLE, data={"geste": gesture, "mot_de_passe": "", "code_actuel": code}).text
        seen = bool(SECRET.search(text)) or bool(RECOVERY.search(text)) or made.factor()[0] != before[0]
        if seen != (factor and given == "recovery"):
            offenders.append(f"{gesture}, code {given or 'nothing'}, telephone={factor}: {seen}")
    assert not offenders, "\n".join(offenders)
