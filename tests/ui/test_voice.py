"""The sound of a voice stays nowhere on the server: not in Streamlit's managers, not in the session, not on the disk."""

from __future__ import annotations

import gc
import os
import tempfile
import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from starlette.formparsers import MultiPartParser
from starlette.testclient import TestClient
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from clicnjob import db, models, policy
from clicnjob.accounts import presence
from clicnjob.ui.shell import uploads

pytest_plugins = ["tests.sign_in_pages"]
PIN = "482915"  # of tests.sign_in_pages.card
CANARY = bytes(range(200, 220)) * 400  # a sound that is nothing else

SCRIPT = """
import streamlit as st
from clicnjob.ui.shell import uploads

from streamlit.runtime.scriptrunner import get_script_run_ctx

def spoken():
    st.session_state["times"] = st.session_state.get("times", 0) + 1
    kept = get_script_run_ctx().uploaded_file_mgr.file_storage
    st.session_state["left"] = [len(file.data) for files in kept.values() for file in files.values()]

uploads.draw_recorder("Ma voix", key="voice", sign_in_id="visite", spoken=spoken)
"""


def recording() -> bytes:
    """A real sound file that holds the canary."""
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(CANARY)
    return made.getvalue()


@pytest.fixture
def owners() -> Iterator[None]:
    yield
    uploads._OWNERS.clear()


def _spoken(app: AppTest) -> AppTest:
    app.audio_input[0].set_value(("voix.wav", recording(), "audio/wav")).run()
    assert not app.exception
    return app


def _kept_in(managers: list[MemoryUploadedFileManager]) -> list[bytes]:
    return [
        file.data
        for manager in managers
        for files in manager.file_storage.values()
        for file in files.values()
        if CANARY in file.data
    ]


def test_a_recording_is_dropped_as_it_arrives_and_told_once(owners: None) -> None:
    app = _spoken(AppTest.from_string(SCRIPT).run())
    assert app.session_state["times"] == 1
    assert app.session_state["left"] == []


def test_the_widget_s_own_copy_is_emptied(owners: None) -> None:
    app = _spoken(AppTest.from_string(SCRIPT).run())
    copies = [each for each in gc.get_objects() if isinstance(each, UploadedFile)]
    assert copies and not [copy for copy in copies if copy.getvalue()]
    assert app.session_state["times"] == 1


def test_the_microphone_is_not_read_by_anything_that_keeps_media() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path("clicnjob").rglob("*.py"))
    assert "st.audio(" not in code  # it would put the sound in the media manager, served without a sign-in check


@pytest.fixture
def manager(browser: TestClient) -> MemoryUploadedFileManager:
    found = Runtime.instance().uploaded_file_mgr
    assert isinstance(found, MemoryUploadedFileManager)
    return found


def _sent(manager: MemoryUploadedFileManager, session_id: str) -> None:
    manager.add_file(session_id, UploadedFileRec("1", "voix.wav", "audio/wav", recording()))


def test_leaving_drops_what_had_just_been_sent(
    browser: TestClient, card: str, manager: MemoryUploadedFileManager, owners: None
) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    with db.read_transaction() as session:
        me = presence.present_person(session, browser.cookies["clicnjob"], now=models.utc_now())
    assert me is not None
    uploads._OWNERS |= {"mine": me.sign_in_id, "theirs": "another"}
    _sent(manager, "mine")
    _sent(manager, "theirs")
    browser.get("/sortie")
    assert "mine" not in manager.file_storage and "theirs" in manager.file_storage
    manager.remove_session_files("theirs")


def test_a_tab_that_is_gone_is_swept(browser: TestClient, manager: MemoryUploadedFileManager, owners: None) -> None:
    from clicnjob.web import life

    uploads._OWNERS["gone"] = "visite"
    _sent(manager, "gone")
    life.sweep_everything()
    assert not _kept_in([manager]) and "gone" not in uploads._OWNERS


def test_what_is_sent_never_touches_the_disk(browser: TestClient) -> None:
    assert MultiPartParser.spool_max_size > policy.UPLOAD_BYTES
    spooled = tempfile.SpooledTemporaryFile(max_size=MultiPartParser.spool_max_size)  # noqa: SIM115
    spooled.write(os.urandom(policy.UPLOAD_BYTES))
    assert not spooled._rolled  # type: ignore[attr-defined]
    spooled.close()
