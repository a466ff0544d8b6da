"""Opening the assistant in the background, so that the page can show how far the index is."""

from __future__ import annotations

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import TYPE_CHECKING

from assistant.page.wording import SUGGESTIONS, building

if TYPE_CHECKING:
    from assistant.api import Assistant


class Loading:
    """An assistant being opened; `words` and `share` (0 to 1, None where unknown) say how far it is."""

    def __init__(self) -> None:
        self.words = "Opening the index"
        self.share: float | None = None
        threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stellate-loading")
        self._opened: Future[Assistant] = threads.submit(self._open)
        threads.shutdown(wait=False)

    def done(self, timeout_s: float) -> bool:
        """Whether it is open, or has failed, within so many seconds."""
        return bool(wait_for([self._opened], timeout=timeout_s).done)

    def assistant(self) -> Assistant:
        """The assistant, waited for; raises AssistantError where it can't be opened."""
        return self._opened.result()

    def _open(self) -> Assistant:
        # Imported here: the model's libraries take seconds, in which the page is already there.
        import torch

        from assistant.api import Assistant

        # A question is one short text. Several threads for it win nothing on an idle machine, and on a busy one they
        # wait for each other: with more readers than cores, most of a second for each question.
        torch.set_num_threads(1)
        opened = Assistant(progress=self._note)
        self.words, self.share = "Trying a first question", None
        # What is read and built at the first use (rules, frames, the algorithm) is then there for the first visitor.
        opened.ask(SUGGESTIONS[0])
        # Streamlit collects garbage after every run, holding up every other reader meanwhile. What is there by now
        # stays until the end and need not be gone through again each time.
        gc.collect()
        gc.freeze()
        return opened

    def _note(self, stage: str, done: int, total: int) -> None:
        self.words = building(stage, done, total)
        self.share = min(1.0, done / total) if total > 1 else None
