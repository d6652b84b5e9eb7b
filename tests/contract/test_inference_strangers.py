"""llama.cpp listens on the loopback while it answers: without its key nobody gets anything."""

from collections.abc import Generator
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.inference.messages import Load
from raise_finetune.inference.process import Inference

STRANGERS: dict[str, dict[str, str]] = {
    "a program": {},
    "a guess": {"Authorization": "Bearer guess"},
    "a web page": {"Origin": "http://evil.example", "Content-Type": "text/plain"},
    "a name that was pointed here": {"Host": "evil.example"},
}
QUESTIONS = {
    "/v1/models": None,
    "/props": None,
    "/slots": None,
    "/metrics": None,
    "/lora-adapters": None,
    "/tokenize": b'{"content": "a"}',
    "/completion": b'{"prompt": "a", "n_predict": 1}',
    "/v1/chat/completions": b'{"messages": [{"role": "user", "content": "a"}]}',
}


@pytest.fixture(scope="module")
def port(tiny_mistral: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[int]:
    base = tmp_path_factory.mktemp("base") / "base.gguf"
    convert_base(tiny_mistral, base)
    with Inference(Load(base=str(base), adapter=None, context=256, threads=1)) as inference:
        assert inference.tokenize("a")  # it answers us
        (listening,) = (
            connection.laddr
            for connection in psutil.Process(inference.pid).net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        )
        assert listening[0] == "127.0.0.1"
        yield listening[1]


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_gets_nothing(headers: dict[str, str], port: int):
    for path, body in QUESTIONS.items():
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        assert (response.status, b"Invalid API Key" in response.read()) == (401, True), path
        connection.close()
