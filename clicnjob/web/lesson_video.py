"""/lecon-video/<lesson>: the form that takes in the video of an own lesson. /video/<id>: the video, piece by piece.

The form is a plain page: Streamlit keeps an uploaded file in memory, this one goes through a file on the disk that has no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from typing import BinaryIO

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn.own import subtitles, videos
from clicnjob.learn.own.videos import VideoWords, WatchedVideo
from clicnjob.ui.widgets import lesson_video
from clicnjob.web.middleware import gate
from clicnjob.web.render import render_page

_LESSONS = "/lecons"
_AT_ONCE = 2  # videos received, for all visits together; each takes as much of the disk for a moment
_STREAMS_A_VISIT = 6  # a browser opens one or two
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_COMING: list[str] = []  # the accounts whose videos are being received
_SENDING: Counter[str] = Counter()  # streams under way, by sign-in
_EMPTY = VideoWords("", "", "")
TOO_MANY = "Deux vidéos arrivent en ce moment. Attendez une minute, puis recommencez."
NOTHING_SENT = "Choisissez les deux fichiers : la vidéo et ses sous-titres."
NOT_STORED = "La vidéo n’a pas pu être gardée, la base est occupée. Choisissez les fichiers, puis recommencez."
NOT_AGREED = "Sans l’accord des personnes que l’on voit ou que l’on entend, la vidéo ne peut pas être mise ici."


class _FormRefused(Refusal):
    """The form misses something, or another one must be finished first."""


class _VideoForm(MultiPartParser):
    """Receives the form; a file goes to the disk at once."""

    spool_max_size = policy.VIDEO_FORM_BYTES


async def video_form(request: Request) -> Response:
    """Show the form."""
    return await _form_page(request, _EMPTY)


async def receive_video(request: Request) -> Response:
    """Store the video that a professional sends. Who may not is refused before anything is read."""
    me = gate.admitted_person(request)
    try:
        await run_in_threadpool(_lesson_now, me, request.path_params["lesson"])
    except Refusal as refusal:
        return _closing_connection(_refusal_page(refusal))
    if len(_COMING) >= _AT_ONCE or me.id in _COMING:
        return _closing_connection(await _form_page(request, _EMPTY, TOO_MANY, status=429))
    _COMING.append(me.id)
    try:
        return await _receive_form(request, me)
    finally:
        _COMING.remove(me.id)


async def _receive_form(request: Request, me: Present) -> Response:
    reader = _VideoForm(
        request.headers, request.stream(), max_files=2, max_fields=5, max_part_size=policy.VIDEO_TRANSCRIPT * 4
    )
    try:
        form = await reader.parse()
    except (MultiPartException, KeyError):  # without a boundary there is no form
        return _closing_connection(await _form_page(request, _EMPTY, NOTHING_SENT, status=400))
    words = VideoWords(_form_field(form, "texte"), _form_field(form, "auteur"), _form_field(form, "licence"))
    try:
        await run_in_threadpool(_keep_video, me, request.path_params["lesson"], form, words)
    except NotFound as refusal:
        return _refusal_page(refusal)
    except Refusal as refusal:
        return await _form_page(request, words, refusal.sentence, status=400)
    except db.CANNOT:  # the base is busy or full: what was typed stays in the form
        return await _form_page(request, words, NOT_STORED, status=503)
    finally:
        await form.close()
    return RedirectResponse(f"/lecon-video/{request.path_params['lesson']}", 303)


async def send_video(request: Request) -> Response:
    """Send a video, or the part of it that the browser asks for."""
    me = gate.admitted_person(request)
    try:
        video = await run_in_threadpool(_watched_video, me, request.path_params["video"])
    except NotFound:
        return Response(status_code=404)
    asked = request.headers.get("range", "")
    span = byte_span(asked, video.size)
    if span is None:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{video.size}"})
    start, end = span
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if asked:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{video.size}"
    status = 206 if asked else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=video.media_type)
    if _SENDING[me.sign_in_id] >= _STREAMS_A_VISIT:
        return Response(status_code=429, headers={"Retry-After": "5"})
    return StreamingResponse(_video_pieces(me, video, start, end), status, headers, media_type=video.media_type)


async def send_subtitles(request: Request) -> Response:
    """Send the subtitles of a video."""
    try:
        video = await run_in_threadpool(_watched_video, gate.admitted_person(request), request.path_params["video"])
    except NotFound:
        return Response(status_code=404)
    return Response(video.subtitles, media_type=subtitles.MEDIA_TYPE)


def byte_span(asked: str, size: int) -> tuple[int, int] | None:
    """Return the bytes that a Range header asks for, end excluded; all without one, None for what cannot be sent.

    Several ranges at once, which no player asks for, are answered like one that cannot be sent.
    """
    if not asked:
        return 0, size
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None


async def _video_pieces(me: Present, video: WatchedVideo, start: int, end: int) -> AsyncIterator[bytes]:
    """Yield the bytes of a video, one piece in memory at a time; the next one is read when the browser took this one."""
    _SENDING[me.sign_in_id] += 1
    try:
        while start < end:
            number, skipped = divmod(start, videos.PIECE_BYTES)
            piece = await run_in_threadpool(_read_piece, me, video.id, number)
            sent = piece[skipped : skipped + end - start]
            start += len(sent)
            yield sent
    finally:
        _SENDING[me.sign_in_id] -= 1
        if not _SENDING[me.sign_in_id]:
            del _SENDING[me.sign_in_id]


async def _form_page(request: Request, words: VideoWords, mistake: str = "", *, status: int = 200) -> Response:
    lesson_id = request.path_params["lesson"]
    try:
        title, kept = await run_in_threadpool(_lesson_now, gate.admitted_person(request), lesson_id)
    except Refusal as refusal:
        return _refusal_page(refusal)
    there = lesson_video.duration_in_words(kept.seconds) if kept else ""
    return render_page(
        "video_lecon.html", status=status, there=there, action=f"/lecon-video/{lesson_id}", back=_LESSONS,
        title=title, words=words, mistake=mistake, megabytes=policy.VIDEO_MEGABYTES, longest=policy.VIDEO_TRANSCRIPT,
    )  # fmt: skip


def _refusal_page(refusal: Refusal) -> Response:
    return render_page("refus.html", status=404, sentence=refusal.sentence)


def _closing_connection(answer: Response) -> Response:
    """Close the connection, because nothing reads what the browser still sends."""
    answer.headers["Connection"] = "close"
    return answer


def _form_field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _form_file(form: FormData, name: str) -> BinaryIO | None:
    """Return a file of the form; None where none was chosen, which browsers send as one without a name."""
    value = form.get(name)
    return value.file if isinstance(value, UploadFile) and value.size else None


def _keep_video(me: Present, lesson_id: str, form: FormData, words: VideoWords) -> None:
    """Read the files outside of any transaction, then store them in one."""
    video, spoken = _form_file(form, "video"), _form_file(form, "sous-titres")
    if video is None or spoken is None:
        raise _FormRefused(NOTHING_SENT)
    if _form_field(form, "accord") != "oui":
        raise _FormRefused(NOT_AGREED)
    read = videos.read_video(video, spoken.read(subtitles.SUBTITLES_BYTES + 1), words=words)
    with db.write_transaction() as session:
        now = models.utc_now()
        by = _who_is_still_here(session, me, now)
        videos.keep_video(session, by=by, lesson_id=lesson_id, source=video, read=read, now=now)


def _lesson_now(me: Present, lesson_id: str) -> tuple[str, WatchedVideo | None]:
    """Return the title of the lesson and the video that it has. Raises NotFound for who may not write it."""
    with db.read_transaction() as session:
        title = videos.video_lesson_title(session, of=me, lesson_id=lesson_id)
        return title, videos.lesson_video(session, of=me, lesson_id=lesson_id, now=models.utc_now())


def _watched_video(me: Present, video_id: str) -> WatchedVideo:
    with db.read_transaction() as session:
        return videos.video_to_watch(session, of=me, video_id=video_id, now=models.utc_now())


def _read_piece(me: Present, video_id: str, number: int) -> bytes:
    with db.read_transaction() as session:
        now = models.utc_now()
        of = _who_is_still_here(session, me, now)
        return videos.video_piece(session, of=of, video_id=video_id, number=number, now=now)


def _who_is_still_here(session: Session, me: Present, now: datetime) -> Present:
    """Return who began a transfer as they are now: in its minutes they may have left or lost their role. Raises NotFound."""
    if (found := presence.person_of_sign_in(session, me.sign_in_id, now=now)) is None:
        raise NotFound
    return found


ROUTES = [
    Route("/lecon-video/{lesson}", video_form, methods=["GET"]),
    Route("/lecon-video/{lesson}", receive_video, methods=["POST"]),
    Route("/video/{video}", send_video, methods=["GET", "HEAD"]),
    Route("/video/{video}/sous-titres.vtt", send_subtitles, methods=["GET"]),
]
