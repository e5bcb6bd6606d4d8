"""The headers of every answer, the rewritten shell, and the public files."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from starlette.testclient import TestClient

from clicnjob.cv.document.templates import all_templates
from clicnjob.web.middleware import shell
from clicnjob.web.middleware.assets import own_address
from clicnjob.web.middleware.headers import Headers, app_policy
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
PLAIN = ("/connexion", "/connexion/pro", "/sortie", "/nimporte")


@pytest.fixture
def guest(browser: TestClient) -> TestClient:
    """A browser that may see the app."""
    browser.post("/connexion/essai")
    return browser


@for_each("path", [*PLAIN, "/", "/sante", "/sante/pret", "/media/x", "/_stcore/health"])
def test_every_answer_is_protected(guest: TestClient, path: str) -> None:
    headers = guest.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"].startswith("microphone=(self), camera=()")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "no-store" in headers["cache-control"]


@for_each("path", [*PLAIN, "/"])
def test_no_page_allows_eval_nor_inline_nor_foreign_scripts(guest: TestClient, path: str) -> None:
    policy = guest.get(path).headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)[1]  # type: ignore[index]
    assert "unsafe" not in scripts and "http" not in policy and "*" not in policy


def test_the_inline_scripts_of_the_shell_are_the_only_ones_allowed() -> None:
    inline = re.findall(r"<script>(.*?)</script>", shell.shell_page(), re.DOTALL)
    allowed = re.findall(r"'sha256-([^']+)'", app_policy(shell.shell_page()))
    assert allowed == [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]


@for_each("path", PLAIN)
def test_plain_pages_hold_no_inline_script_nor_style(browser: TestClient, path: str) -> None:
    page = browser.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page) and "style=" not in page and "<style" not in page


@for_each("path", PLAIN)
def test_plain_pages_are_french_and_well_formed(browser: TestClient, path: str) -> None:
    page = browser.get(path).text
    names = re.findall(r'\bid="([^"]+)"', page)
    assert '<html lang="fr"' in page and page.count("<title>") == 1 and page.count("<h1") == 1
    assert len(names) == len(set(names)) and "'" not in re.sub(r"<[^>]*>", "", page)
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(names)


def test_the_shell_is_french_and_ours(guest: TestClient) -> None:
    page = guest.get("/").text
    assert '<html lang="fr"' in page and "<title>ClicNJob</title>" in page
    assert own_address("shell.js") in page and own_address("clicnjob.css") in page
    assert not re.search(r"agent|JavaScript to run|SourceSans|favicon\.png|\./static", page)


def test_https_is_kept_only_where_the_public_address_has_it() -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        from starlette.responses import PlainTextResponse

        await PlainTextResponse("")(scope, receive, send)  # type: ignore[arg-type]

    told = [TestClient(Headers(app, policy="x", secure=secure)).get("/").headers for secure in (True, False)]
    assert ["strict-transport-security" in headers for headers in told] == [True, False]


# --- files


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_scripts_are_compressed_and_kept_for_a_year(browser: TestClient, accepted: str, encoding: str | None) -> None:
    answer = browser.get(shell.preloaded_scripts()[0], headers={"accept-encoding": accepted})
    assert answer.status_code == 200 and answer.headers.get("content-encoding") == encoding
    assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_the_sign_in_page_fetches_the_app_ahead(browser: TestClient) -> None:
    page = browser.get("/connexion").text
    assert page.count('rel="modulepreload"') == len(shell.preloaded_scripts()) > 50


@for_each("path", shell.preloaded_scripts())
def test_what_is_fetched_ahead_exists(browser: TestClient, path: str) -> None:
    assert browser.head(path).status_code == 200


@for_each("name", ["tokens.css", "clicnjob.css", "pages.css", "modeles.css", "shell.js", "connexion.js", "favicon.svg"])
def test_our_files_are_served_under_a_print_of_their_content(browser: TestClient, name: str) -> None:
    assert browser.get(own_address(name)).status_code == 200


def test_every_font_that_a_model_names_is_served_to_browsers(browser: TestClient) -> None:
    models, ours = (browser.get(own_address(name)).text for name in ("modeles.css", "clicnjob.css"))
    for model in all_templates():
        assert f".cvp-{model.key}" in models
        for font in (model.font, model.title_font):
            assert f'font-family:"{font}"' in models or f'font-family: "{font}"' in ours, font
    for address in re.findall(r'url\("(polices/[^"]+)"\)', models):
        served = browser.get(f"/statique/{address}")
        assert served.headers["content-type"] == "font/woff2" and len(served.content) < 60_000, address


def test_only_what_is_packed_for_browsers_leaves_the_folder_of_fonts(browser: TestClient) -> None:
    for name in ("source-sans-3/OFL.txt", "source-sans-3/SourceSans3-Bold.ttf", "../page.typ", "../../sobre/cv.docx"):
        assert browser.get(f"/statique/polices/{name}").status_code == 404, name


def test_every_font_of_the_style_sheet_is_served(browser: TestClient) -> None:
    sheet = browser.get(own_address("clicnjob.css")).text
    for font in re.findall(r'url\("(fonts/[^"]+)"\)', sheet):
        assert browser.get(f"/statique/{font}").headers["content-type"] == "font/woff2"


@for_each(
    "path",
    [
        "/static/",
        "/static/js",
        "/static/js/nothing.js",
        "/static/%2e%2e/index.html",
        "/statique/%00",
        "/statique//etc/passwd",
    ],
)
def test_nothing_else_is_served(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code in (400, 404)


def test_the_health_probe_says_nothing_about_anybody(browser: TestClient) -> None:
    for path in ("/sante", "/sante/pret"):
        assert set(browser.get(path).json()) == {"state", "version"}
