"""What the tests of the page share: an answer made by hand, the page in Streamlit's tester, and in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import rested
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest
from tally import COUNT, COUNTED, Tally

from assistant import Assistant
from assistant.types import Answer, Citation, Step, Understood

APP = Path(__file__).parents[2] / "app.py"
RUN_TIMEOUT_S = 120
START_TIMEOUT_S = 60
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def answer() -> Answer:
    """An answer with a mark of numbers, the review's own mark twice, and a printed number that is wrong."""
    return Answer(
        outcome="answered",
        text="PNS trials were reviewed [67]. Ketamine has side effects [Chin 2021]. Blocks come early [Chin 2021].",
        understood=Understood("What about PNS?"),
        citations=(
            Citation("[Chin 2021]", "b", "Blocks come early.", "Abstract", 2, ()),
            Citation("[67]", "p", "PNS trials were reviewed.", "Peripheral nerve stimulation", 1, (67,), ((57, 67),)),
            Citation("[Chin 2021]", "k", "Ketamine has side effects.", "Abstract", 2, (), passage="Own *words*."),
        ),
        steps=(Step("understand", "pns, nerve_block", 0.5), Step("rerank", "2 statements", 0.1)),
    )


@pytest.fixture
def page(assistant: Assistant) -> AppTest:
    """The page, opened; `assistant` is asked for so that the index is there."""
    tester = AppTest.from_file(str(APP), default_timeout=RUN_TIMEOUT_S)
    return tester.run()


@pytest.fixture
def open_view(page: AppTest) -> Callable[[str], AppTest]:
    """Opens the view at an address; Streamlit's tester itself switches between views in files of their own alone."""

    def opened(address: str) -> AppTest:
        known = page._registered_pages
        page._page_hash = next(key for key, info in known.items() if info.get("url_pathname") == address)
        return page.run()

    return opened


@pytest.fixture(scope="session")
def address(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server of the page on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("page") / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    with log.open("w") as output, subprocess.Popen(command, cwd=APP.parent, stdout=output, stderr=output) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=START_TIMEOUT_S)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the page did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless; without it these tests skip, saying so, or fail where all must run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "needs the system's Chromium: apt-get install chromium"
        if os.environ.get("STELLATE_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def foreign_requests() -> list[str]:
    """Addresses outside this machine that `tab` asked for."""
    return []


@pytest.fixture(scope="session")
def tally() -> Iterator[Tally]:
    """What the tasks took; written into the page's README where STELLATE_TASKS is set."""
    kept = Tally()
    yield kept
    if os.environ.get("STELLATE_TASKS"):
        kept.write()


@pytest.fixture
def tab(
    browser: Browser, address: str, foreign_requests: list[str], request: pytest.FixtureRequest, tally: Tally
) -> Iterator[Page]:
    """The page open in a browser, 1280 wide or as wide as the test's parameter says, ready for a question."""
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    context.add_init_script(COUNT)
    opened = context.new_page()
    here = (f"{address}/", f"ws{address.removeprefix('http')}/", "data:", "blob:")
    opened.on("request", lambda asked: None if asked.url.startswith(here) else foreign_requests.append(asked.url))
    opened.goto(address)
    opened.get_by_text("Ask a first question").wait_for(timeout=RUN_TIMEOUT_S * 1000)
    # On a phone Streamlit closes the sidebar once more at the end of the first run, if it was opened before.
    rested(opened)
    begun = time.monotonic()
    yield opened
    if task := request.node.get_closest_marker("task"):
        tally.tasks.append((*task.args, int(opened.evaluate(COUNTED)), time.monotonic() - begun))
    context.close()
