"""Renders the plain pages: HTML that needs neither Streamlit nor JavaScript."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from clicnjob.accounts.codes import check_symbol
from clicnjob.web.middleware import shell
from clicnjob.web.middleware.assets import own_address
from clicnjob.web.middleware.headers import PLAIN_PAGE_POLICY


def render_page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template of clicnjob/web/templates. Values are escaped; a missing one raises jinja2's UndefinedError."""
    content = _template_environment().get_template(template).render(values)
    return HTMLResponse(content, status, {"Content-Security-Policy": PLAIN_PAGE_POLICY})


@cache
def _template_environment() -> Environment:
    made = Environment(
        loader=PackageLoader("clicnjob.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["check"] = check_symbol
    made.globals |= {"statique": own_address, "preloaded": shell.preloaded_scripts}
    return made
