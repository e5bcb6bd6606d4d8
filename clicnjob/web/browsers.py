"""What kind of browser and of computer somebody has, in one word each, from what their browser says of itself."""

from __future__ import annotations

# The first that is found counts: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung", "Firefox/": "Firefox", "FxiOS/": "Firefox",
    "Chrome/": "Chrome", "CriOS/": "Chrome", "Safari/": "Safari",
}  # fmt: skip
_COMPUTERS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook", "Windows": "Windows",
    "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip


def browser_words(user_agent: str) -> tuple[str, str]:
    """« Firefox », « Windows »; '' for what is not known. Nothing else of what the browser says is kept."""
    return _first_found(_BROWSERS, user_agent), _first_found(_COMPUTERS, user_agent)


def _first_found(words: dict[str, str], user_agent: str) -> str:
    return next((word for sign, word in words.items() if sign in user_agent), "")
