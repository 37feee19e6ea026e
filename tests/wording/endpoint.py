"""A local server that answers chat completions, well or in every wrong way."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from trialsim.wording.client import Endpoint

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@contextmanager
def an_endpoint(answer: Answer, *, seconds: float = 0.5) -> Iterator[tuple[Endpoint, list[Any]]]:
    """Serve on loopback; hands out the endpoint and the list of what was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body)
            with suppress(BrokenPipeError, ConnectionResetError):
                answer(self, body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "tiny", seconds=seconds), asked
    finally:
        server.shutdown()
        server.server_close()


def says(words: Callable[[str], str]) -> Answer:
    """Answer with words made of the customer's."""

    def answer(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        content = words(body["messages"][-1]["content"])
        _send(handler, json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    return answer


def hangs(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(1.5)
    _send(handler, b"{}")


def trickles(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def refuses(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Answer that nobody is let in."""
    handler.send_response(401)
    handler.end_headers()


def redirects(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Send the question elsewhere."""
    handler.send_response(307)
    handler.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
    handler.end_headers()


def floods(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Answer with far too much."""
    _send(handler, b"x" * 1_000_000)


def babbles(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Answer with something that is no completion."""
    _send(handler, b"<html>service unavailable</html>")


def answers_oddly(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Answer with the right frame and no text in it."""
    _send(handler, b'{"choices": [{"message": {"content": {"a": 1}}}]}')


def hangs_up(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    """Close in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"choi')
    handler.close_connection = True


def _send(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
