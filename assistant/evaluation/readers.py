"""A reader of the page without a browser: a session in the page's own protocol, Streamlit's over a web socket.

What a browser adds, drawing what arrives, is left out, so that many readers can be played on the machine that serves
them. What the page does for each of them, and what it sends, is all there.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from assistant.page.wording import FOUND

_TIMEOUT_S: Final = 120.0


class ReaderError(Exception):
    """The page could not be read; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question took, in milliseconds: until its answer had arrived, and until all of the page had."""

    answer_ms: float
    whole_ms: float


class Reader:
    """One session of the page at `url` (http://host:port); raises ReaderError where the page fails it."""

    def __init__(self, url: str) -> None:
        self._url = f"ws{url.rstrip('/').removeprefix('http')}/_stcore/stream"
        self._socket: ClientConnection | None = None
        self._box = ""
        self._asked = 0
        # The page sends a long message once, and from then on its name.
        self._known: dict[str, ForwardMsg] = {}

    async def open(self) -> None:
        """Open the page and wait until it is ready for a question."""
        try:
            self._socket = await connect(self._url, max_size=None, subprotocols=[Subprotocol("streamlit")])
        except (OSError, WebSocketException) as error:
            raise ReaderError(f"{self._url}: no page answers there ({error}); start it with `make chat`") from None
        await self._run(BackMsg(rerun_script=ClientState()))

    async def close(self) -> None:
        """Leave the page; one that was never opened is left as it is."""
        if self._socket:
            await self._socket.close()

    async def ask(self, question: str) -> Asked:
        """Type a question and send it off."""
        if not self._box:
            raise ReaderError("the page shows no box to ask in; open it in a browser, it says why")
        message = BackMsg(rerun_script=ClientState())
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._box
        state.chat_input_value.data = question
        self._asked += 1
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Asked:
        """Have the page drawn anew, and read it to its end."""
        socket = self._socket
        if socket is None:
            raise ReaderError("the session is not open; `await reader.open()` first")
        begun = time.perf_counter()
        answered: float | None = None
        await socket.send(message.SerializeToString())
        while True:
            told = self._read(await self._next(socket))
            if told == FOUND:
                answered = answered or time.perf_counter()
            elif told == "finished":
                break
        ended = time.perf_counter()
        if answered is None and self._asked:
            raise ReaderError(f"question {self._asked} of a session: the page was drawn without an answer to it")
        return Asked(((answered or ended) - begun) * 1000, (ended - begun) * 1000)

    async def _next(self, socket: ClientConnection) -> ForwardMsg:
        try:
            data = await asyncio.wait_for(socket.recv(), _TIMEOUT_S)
        except TimeoutError:
            raise ReaderError(f"nothing came for {_TIMEOUT_S:g} seconds") from None
        except WebSocketException as error:
            raise ReaderError(f"the page ended the session ({error})") from None
        message: ForwardMsg = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
        if message.WhichOneof("type") == "ref_hash":
            return self._known[message.ref_hash]
        if message.metadata.cacheable:
            self._known[message.hash] = message
        return message

    def _read(self, message: ForwardMsg) -> str:
        """What a message means here: the sign under the answer awaited, "finished", or nothing."""
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise ReaderError("the page's script ended with an error")
            # One that gives way to a newer run has drawn only a part.
            return "" if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN else "finished"
        if kind != "delta":
            return ""
        if message.delta.HasField("add_block"):
            block = message.delta.add_block
            # Earlier answers are drawn anew in each run, after the new one: a key holds its turn's number.
            own = block.expandable.label == FOUND and block.id.endswith(f"-found-{self._asked}")
            return FOUND if own else ""
        element = message.delta.new_element
        shown = element.WhichOneof("type")
        if shown == "exception":
            raise ReaderError(f"the page shows an error: {element.exception.type}: {element.exception.message}")
        if shown == "chat_input":
            self._box = element.chat_input.id
        return ""
