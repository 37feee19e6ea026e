import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Trialsim
from trialsim.server import PortTaken, listen

HOST = "127.0.0.1"


def test_a_taken_port_is_told_in_one_line(trialsim: Trialsim, home: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        told = trialsim("serve", "--port", str(other.getsockname()[1]))

    assert told.code == 1
    assert "is taken" in told.err
    assert told.err.count("\n") == 1
    assert not (home / "trialsim.db").exists()


def test_a_host_that_is_not_ours_is_told() -> None:
    with pytest.raises(PortTaken, match="Cannot listen"):
        listen("203.0.113.7", 0)


def test_the_server_says_where_it_runs_answers_and_stops_when_told(home: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("TRIALSIM_")
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "trialsim", "serve", "--port", "0"],
        env=environment | {"TRIALSIM_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        first = server.stdout.readline()
        told = [first, *(server.stdout.readline() for _ in range(3))]
        place = urlsplit(first.split()[3])
        answers = [_status(place.port or 0, path) for path in ("/healthz", "/sign-in", "/")]
    finally:
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=20)

    assert "person add you@example.org --manager" in "".join(told)
    assert answers == [200, 200, 303]
    assert server.returncode == 0
    assert errors == ""


def _status(port: int, path: str) -> int:
    connection = HTTPConnection(HOST, port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status
