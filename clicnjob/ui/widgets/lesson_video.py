"""The video of a lesson: it starts only when somebody wants it, with its subtitles, and the text of what is said below."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.learn.own.videos import OURS_ONLY, WatchedVideo


def draw_video(video: WatchedVideo) -> None:
    """Draw the player, who made the video, and its text to unfold."""
    st.html(_player_html(video))
    with st.expander("Lire ce qui est dit", icon=":material/subject:", key=f"said-{video.id}"):
        paragraphs = "".join(f"<p>{escape(one)}</p>" for one in video.transcript.split("\n") if one.strip())
        st.html(f'<div class="cj-video-text">{paragraphs}</div>')


def duration_in_words(seconds: int) -> str:
    """Return how long a video lasts: « 45 secondes », « 2 min 05 »."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}\u00a0seconde{'s' if rest > 1 else ''}"
    return f"{minutes}\u00a0min {rest:02}" if rest else f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"


def _player_html(video: WatchedVideo) -> str:
    address = f"/video/{video.id}"
    licence = "" if video.licence == OURS_ONLY else f" · {video.licence}"
    return (
        f'<figure class="cj-video"><video controls preload="metadata" playsinline aria-label="Vidéo de la leçon" '
        f'width="{video.width}" height="{video.height}" src="{address}">'
        f'<track kind="captions" src="{address}/sous-titres.vtt" srclang="fr" label="Français" default></video>'
        f'<figcaption class="cj-small">Vidéo, {duration_in_words(video.seconds)} · {escape(video.author)}{licence}</figcaption>'
        "</figure>"
    )
