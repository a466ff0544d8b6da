"""A local server that speaks the OpenAI chat completions protocol, with the faults of real ones."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Exchange"], None]


class Exchange:
    """One request: what was asked, and ways to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], stop: threading.Event) -> None:
        self._handler = handler
        self.body = body
        self.stop = stop

    def send(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        """A whole answer."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()
        self._handler.wfile.write(content)

    def error(self, status: int, **headers: str) -> None:
        """An error as the provider words it; real ones quote the key."""
        key = self._handler.headers.get("Authorization", "")
        self.send(status, json.dumps({"error": {"message": f"rejected: {key}", "type": "error"}}).encode(), **headers)

    def begin(self) -> None:
        """The head of a stream, whose end the connection's marks."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()
        self._handler.close_connection = True

    def piece(self, delta: dict[str, Any], finish: str | None = None) -> None:
        """One event of a stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.raw(b"data: " + json.dumps({**_HEAD, "choices": [choice]}).encode() + b"\n\n")

    def raw(self, content: bytes) -> None:
        """Bytes as they are."""
        self._handler.wfile.write(content)
        self._handler.wfile.flush()

    def drop(self) -> None:
        """Cut the connection."""
        self._handler.connection.shutdown(2)

    def text(self, text: str, delta: dict[str, Any] | None = None, finish: str = "stop") -> None:
        """A complete streamed answer in a few pieces."""
        self.begin()
        self.piece({"role": "assistant", "content": "", **(delta or {})})
        for at in range(0, len(text), 40):
            self.piece({"content": text[at : at + 40]})
        self.piece({}, finish)
        self.raw(b"data: [DONE]\n\n")


_HEAD = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def says(text: str) -> Reply:
    """A reply with this text."""
    return lambda exchange: exchange.text(text)


class Provider:
    """The server: `replies` are given in turn, the last one again and again; `asked` holds the requests' bodies."""

    def __init__(self, server: ThreadingHTTPServer, stop: threading.Event) -> None:
        self._server = server
        self._stop = stop
        self.replies: list[Reply] = []
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/v1"

    def answers(self, *replies: Reply) -> None:
        """Forget what was asked, and reply so from now on."""
        self.replies, self.asked = list(replies), []


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.asked.append(body)
            reply = found.replies.pop(0) if len(found.replies) > 1 else found.replies[0]
            try:
                reply(Exchange(self, body, stop))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client has left, as it should

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    found = Provider(server, stop)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
