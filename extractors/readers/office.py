"""DOC, WPS, RTF and ODT through LibreOffice -> DOCX -> the DOCX reader. LibreOffice is found where it is installed; it is no dependency."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from crawler.capture import Capture
from extractors.article import Article
from extractors.processes import end
from extractors.readers import limits, word
from extractors.readers.errors import ReadError
from extractors.readers.sniff import format_of

READER = "office/1"
NAMES: Final = ("soffice", "libreoffice")
PLACES: Final = {
    "win32": (r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
SUFFIXES: Final = {"doc": "doc", "wps": "doc", "rtf": "rtf", "odt": "odt"}  # a .wps is a DOC of another house
# No links are followed, no macro runs, nothing is asked.
PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


def installed() -> str | None:
    """The path of LibreOffice's program, None where there is none."""
    named = next((found for name in NAMES if (found := shutil.which(name))), None)
    return named or next((place for place in PLACES.get(sys.platform, ()) if Path(place).is_file()), None)


def read(capture: Capture) -> Sequence[Article]:
    """One article. Raises ReadError: needs-libreoffice, timeout, broken, and what the DOCX reader raises."""
    program = installed()
    if program is None:
        raise ReadError("needs-libreoffice", f"{capture.url}: needs LibreOffice (Writer) on this machine, or a DOCX of it")
    body = converted(capture, program, SUFFIXES[format_of(capture)])
    return (word.article(capture, body, READER),)


def converted(capture: Capture, program: str, suffix: str) -> bytes:
    """The capture as DOCX."""
    with tempfile.TemporaryDirectory(prefix="qingbao-office-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        (here / "profile" / "user").mkdir(parents=True)
        (here / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        source = here / f"in.{suffix}"
        source.write_bytes(capture.body)
        code = _run(program, here, source, capture.url)
        result = here / "out" / "in.docx"
        if code or not result.is_file():
            raise ReadError("broken", f"{capture.url}: LibreOffice cannot open it (damaged, or it needs a password)")
        if result.stat().st_size > limits.amounts().body_mib * limits.MIB:
            raise ReadError("too-large", f"{capture.url}: {result.stat().st_size} bytes once converted")
        return result.read_bytes()


def _run(program: str, here: Path, source: Path, url: str) -> int:
    """LibreOffice's exit code. It is ended, with what it has started, when its time is up."""
    profile = (here / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    options: dict[str, Any] = {"creationflags": 0x08000000} if os.name == "nt" else {}  # CREATE_NO_WINDOW
    row = limits.enter("libreoffice")
    process = subprocess.Popen(
        [*command, "--outdir", str(here / "out"), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,
    )
    try:
        return process.wait(row.seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError("timeout", f"{url}: LibreOffice took longer than {row.seconds:g} s") from error
    finally:
        end(process.pid)
        process.wait()
        limits.enter("readers")
