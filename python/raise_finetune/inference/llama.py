"""llama.cpp as the inference process uses it, through ``xllamacpp``."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# xllamacpp is compiled and has no types.

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import xllamacpp

from raise_finetune.inference.messages import (
    Failed,
    Finished,
    Generate,
    Load,
    Piece,
    Score,
    TokenScore,
    TooLong,
)

_FORCED = 1e9
_ALL = 1_000_000  # more than any vocabulary has
_TOO_LONG = "exceed_context_size_error"
# Loopback is never reached through a proxy.
_opener = build_opener(ProxyHandler({}))


class LlamaError(Exception):
    """llama.cpp refused or failed."""

    def __init__(self, failure: Failed | TooLong) -> None:
        self.failure = failure
        super().__init__(failure)


class Llama:
    """A base, perhaps with an adapter, loaded once; each request says if the adapter takes part."""

    def __init__(self, load: Load) -> None:
        # llama.cpp's server listens on the loopback whether one wants it or not; without the key,
        # others on this machine get nothing from it.
        self._key = secrets.token_urlsafe(32)
        self._has_adapter = load.adapter is not None
        try:
            self._server = xllamacpp.Server(_parameters(load, self._key))
        except RuntimeError as error:
            raise LlamaError(Failed(code="base_unloadable", reason=str(error))) from error

    def tokenize(self, text: str) -> list[int]:
        """Return the ids of a text; llama.cpp adds nothing."""
        body = {"content": text, "add_special": False, "parse_special": True}
        request = Request(  # noqa: S310 - the server's own address
            f"{self._server.listening_address}/tokenize",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"},
        )
        with _opener.open(request) as answer:
            return json.load(answer)["tokens"]

    def generate(
        self, request: Generate, on_piece: Callable[[Piece], None], cancelled: Callable[[], bool]
    ) -> Finished:
        """Stream an answer."""
        reason = "length"
        failure: Mapping[str, Any] | None = None

        def receive(chunk: Mapping[str, Any]) -> bool:
            nonlocal reason, failure
            if "error" in chunk:
                failure = chunk
                return True
            choice = chunk["choices"][0]
            stops = any(entry["id"] in request.stop_ids for entry in _entries(choice))
            if choice["text"] and not stops:
                on_piece(Piece(text=choice["text"]))
            if stops or choice["finish_reason"] == "stop":
                reason = "stop"
            elif cancelled():
                reason = "cancelled"
            return stops or reason == "cancelled"

        self._server.handle_completions(self._completion(request), receive)
        if failure is not None:
            raise _error(failure)
        return Finished.model_validate({"reason": reason})

    def score(self, request: Score, cancelled: Callable[[], bool]) -> Iterator[TokenScore]:
        """Yield how likely each token of the answer is.

        llama.cpp's server tells it for sampled tokens only. So each token is forced in turn: the
        bias decides what is sampled, and the probability told is the model's own, without it.
        """
        ids = list(request.ids)
        for token in request.answer:
            if cancelled():
                return
            yield self._score_next(ids, token, adapter=request.adapter)
            ids.append(token)

    def _score_next(self, ids: Sequence[int], token: int, *, adapter: bool) -> TokenScore:
        entry = self._sampled(ids, token, adapter=adapter, shown=1)
        if entry is not None:
            likeliest = entry["top_logprobs"][0]["id"]
            return TokenScore(logprob=entry["logprob"], likeliest=likeliest)
        # Nothing is told of a token that is a part of a character: look it up among all those
        # that could have been sampled in place of a whole one.
        whole = self.tokenize("a")[-1]
        entry = self._sampled(ids, whole, adapter=adapter, shown=_ALL) or {"top_logprobs": []}
        logprobs = {each["id"]: each["logprob"] for each in entry["top_logprobs"]}
        if token not in logprobs:
            raise LlamaError(Failed(code="inference_failed", reason=f"token {token}"))
        return TokenScore(logprob=logprobs[token], likeliest=next(iter(logprobs)))

    def _sampled(
        self, ids: Sequence[int], token: int, *, adapter: bool, shown: int
    ) -> dict[str, Any] | None:
        """Have a token sampled; return what is told about it and the ``shown`` likeliest ones."""
        answer = self._server.handle_completions(
            {
                **self._options(ids, adapter=adapter),
                "n_predict": 1,
                "n_probs": shown,
                "temperature": 0.0,
                "logit_bias": [[token, _FORCED]],
            }
        )
        if "error" in answer:
            raise _error(answer)
        entries = _entries(answer["choices"][0])
        return entries[0] if entries else None

    def _completion(self, request: Generate) -> dict[str, Any]:
        return {
            **self._options(request.ids, adapter=request.adapter),
            "n_predict": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
        }

    def _options(self, ids: Sequence[int], *, adapter: bool) -> dict[str, Any]:
        scale = 1.0 if adapter else 0.0
        lora = [{"id": 0, "scale": scale}] if self._has_adapter else []
        return {"prompt": list(ids), "n_probs": 1, "cache_prompt": True, "lora": lora}


def _parameters(load: Load, key: str) -> object:
    parameters: Any = xllamacpp.CommonParams()
    parameters.model.path = load.base
    parameters.n_ctx = load.context
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.ui = False
    parameters.api_keys = [key]
    parameters.cache_ram_mib = 0
    threads = load.threads or int(os.environ.get("OMP_NUM_THREADS") or 0) or _half_of_processors()
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    if load.exact:
        parameters.cache_type_k = parameters.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        off = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        parameters.flash_attn_type = off
    if load.adapter is not None:
        parameters.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(load.adapter, 1.0)]
    return parameters


def _half_of_processors() -> int:
    """Return how many threads answer where nobody says so.

    They wait for each other after every operation, spinning: one that has to share its processor
    with another program holds up all of them, and answers take twenty times as long.
    """
    if sys.platform == "linux":
        return max(1, len(os.sched_getaffinity(0)) // 2)
    return max(1, (os.cpu_count() or 2) // 2)


def _entries(choice: Mapping[str, Any]) -> list[dict[str, Any]]:
    return (choice.get("logprobs") or {}).get("content") or []


def _error(answer: Mapping[str, Any]) -> LlamaError:
    error = answer["error"]
    if error.get("type") == _TOO_LONG:
        return LlamaError(TooLong(tokens=error["n_prompt_tokens"], context=error["n_ctx"]))
    return LlamaError(Failed(code="inference_failed", reason=str(error.get("message", error))))
