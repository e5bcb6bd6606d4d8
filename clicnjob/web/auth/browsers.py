"""The kind of browser and of computer, in one word each, read from the User-Agent header."""

from __future__ import annotations

# The order matters, the first match wins: Edge and Opera also name Chrome, and Chrome also names Safari.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung", "Firefox/": "Firefox", "FxiOS/": "Firefox",
    "Chrome/": "Chrome", "CriOS/": "Chrome", "Safari/": "Safari",
}  # fmt: skip
_COMPUTERS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook", "Windows": "Windows",
    "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip


def browser_words(user_agent: str) -> tuple[str, str]:
    """Return (browser, computer) such as (« Firefox », « Windows »), '' when unknown.

    Nothing else of the User-Agent is stored.
    """
    return _first_found(_BROWSERS, user_agent), _first_found(_COMPUTERS, user_agent)


def _first_found(words: dict[str, str], user_agent: str) -> str:
    return next((word for sign, word in words.items() if sign in user_agent), "")
