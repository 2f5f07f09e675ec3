"""Forms and uploads as Chromium and curl send them: the right servers of the web-app track read
both, and what they get is what the checks of the track send."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.http1.html_document import HtmlDocument
from tests.bad_input.bench import free_port
from tests.browser.serving import SUBMISSION, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = "Grüße & 1+1=2 100% %41 🍰"
LINES: Final = "one\r\n\r\n--two"
PICTURE: Final = b"\r\n--\r\n\r\n" + bytes(range(256)) + b"\r\n"
PAGE: Final = """<!doctype html><meta charset="utf-8"><title>Form</title>
<form method="post" action="{action}" enctype="{enctype}">
<input name="text"><textarea name="lines"></textarea>
<input type="checkbox" name="fruit" value="fig" checked>
<input type="checkbox" name="fruit" value="plum" checked><input name="empty">{file}</form>
<script>
const form = document.forms[0]
form.text.value = {text}
form.lines.value = {lines}
if (form.picture) {{
    const chosen = new DataTransfer()
    chosen.items.add(new File([new Uint8Array({bytes})], {filename}, {{type: "image/png"}}))
    form.picture.files = chosen.files
}}
form.submit()
</script>"""
FIELDS: Final = {"text": TEXT, "lines": LINES, "fruit": ["fig", "plum"], "empty": ""}
FILE: Final = {
    "name": "picture",
    "filename": "a (1); b.png",
    "type": "image/png",
    "size": len(PICTURE),
    "sha256": hashlib.sha256(PICTURE).hexdigest(),
}
CHROMIUM: Final = os.environ.get("CHROMIUM") or shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on PATH")
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on PATH")


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pictures") / str(FILE["filename"])
    place.write_bytes(PICTURE)
    return place


@pytest.fixture(scope="module", params=["streams", SUBMISSION])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a right server serves a page for each form."""
    site = tmp_path_factory.mktemp("site")
    (site / "form.html").write_text(_page("/form", "application/x-www-form-urlencoded", ""))
    file = '<input type="file" name="picture">'
    (site / "upload.html").write_text(_page("/upload", "multipart/form-data", file))
    port = free_port()
    with serving(request.param, site, port):
        yield f"http://localhost:{port}"


def _page(action: str, enctype: str, file: str) -> str:
    """A page whose form is filled in and sent as soon as it is open."""
    return PAGE.format(
        action=action, enctype=enctype, file=file, text=json.dumps(TEXT), lines=json.dumps(LINES),
        bytes=list(PICTURE), filename=json.dumps(FILE["filename"]),
    )  # fmt: skip


def _shown(page: str, profile: Path) -> Any:  # noqa: ANN401  (JSON)
    """The JSON that Chromium shows after it has opened this page, which sends its form."""
    chromium = CHROMIUM or "chromium"
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    ran = subprocess.run(
        [chromium, *switches, f"--user-data-dir={profile}", "--virtual-time-budget=10000",
         "--dump-dom", page],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(HtmlDocument.of(ran.stdout).named("pre")[0].text)


def _curl(*options: str) -> Any:  # noqa: ANN401  (JSON)
    ran = subprocess.run(["curl", "-s", "-S", *options], check=True, capture_output=True)
    return json.loads(ran.stdout)


@needs_curl
@needs_chromium
def test_a_form_of_chromium(url: str, tmp_path: Path) -> None:
    assert _shown(f"{url}/form.html", tmp_path) == FIELDS


@needs_curl
@needs_chromium
def test_an_upload_of_chromium(url: str, tmp_path: Path) -> None:
    found = _shown(f"{url}/upload.html", tmp_path)
    assert found == {"fields": FIELDS, "files": [FILE]}


@needs_curl
def test_a_form_of_curl(url: str) -> None:
    fields = ["--data-urlencode", f"text={TEXT}", "--data-urlencode", f"lines={LINES}"]
    found = _curl(*fields, "-d", "fruit=fig&fruit=plum&empty=", f"{url}/form")
    assert found == FIELDS


@needs_curl
def test_an_upload_of_curl(url: str, picture: Path) -> None:
    fields = ["-F", f"text={TEXT}", "-F", f"lines={LINES}", "-F", "fruit=fig", "-F", "fruit=plum"]
    file = f'picture=@"{picture}";type=image/png'
    found = _curl(*fields, "-F", "empty=", "-F", file, f"{url}/upload")
    assert found == {"fields": FIELDS, "files": [FILE]}
