"""Shows what people wrote as they wrote it, where Streamlit would read Markdown."""

from __future__ import annotations

import re


def escape_markdown(text: str) -> str:
    """Escape user text for a label or message, so that it appears as typed instead of as Markdown.

    Characters are escaped only where Markdown would interpret them, because Streamlit gives screen readers the same
    text with its backslashes.
    """
    apart = _ARROW.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", text)
    escaped = _NUMBERED.sub(r"\1\\\2", _READ.sub(r"\\\g<0>", _SHORTCODE.sub(":\u2060", apart)))
    return escaped.replace("://", ":\u2060//").replace("www.", "www\u2060.").replace("@", "@\u2060")


# Characters that Markdown interprets: anywhere; at the start; « : » before a name; « & » before an entity.
_READ = re.compile(r"[\\`*_\[\]<$~]|\A[-+#>]|:(?=[a-zA-Z+-])|&(?=#?\w+;)")
# Streamlit replaces shortcodes and arrows after parsing Markdown, where a backslash has no effect.
_SHORTCODE = re.compile(r":(?=[\w+-]+[:/])")
_ARROW = re.compile(r"(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)")
_NUMBERED = re.compile(r"\A(\d+)([.)])")
