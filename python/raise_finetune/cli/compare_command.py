"""``raise-finetune compare``: the command and its options."""

from pathlib import Path
from typing import Annotated

from raise_finetune.cli.options import Json, option, path_argument, path_option


def compare(
    adapter: Annotated[Path, path_argument("adapter_gguf", "ADAPTER.gguf")],
    base: Annotated[Path, path_option("compare_base", "--base", "FILE")],
    dataset: Annotated[Path | None, path_option("compare_dataset", "--dataset", "DIR")] = None,
    prompt: Annotated[list[str] | None, option("compare_prompt", "--prompt", "TEXT")] = None,
    rows: Annotated[int, option("compare_rows", "--rows", "N", 0)] = 5,
    score: Annotated[int, option("compare_score", "--score", "N", 0)] = 20,
    base_model: Annotated[Path | None, path_option("compare_model", "--base-model", "DIR")] = None,
    parity: Annotated[Path | None, path_option("compare_parity", "--parity", "FILE")] = None,
    profile: Annotated[str | None, option("prompt_profile", "--profile", "NAME")] = None,
    max_tokens: Annotated[int, option("max_tokens", "--max-tokens", "N", 1)] = 256,
    temperature: Annotated[float, option("temperature", "--temperature", "T", 0)] = 0.0,
    seed: Annotated[int, option("compare_seed", "--seed", "N", 0)] = 42,
    context: Annotated[int, option("num_ctx", "--context", "N", 1)] = 2048,
    threads: Annotated[int | None, option("threads", "--threads", "N", 1)] = None,
    as_json: Json = False,
) -> None:
    """Ask a base with and without an adapter."""
    from raise_finetune.cli.compare import Asked, run
    from raise_finetune.inference.comparison import ComparedModels
    from raise_finetune.inference.process import Sampling

    run(
        ComparedModels(
            base=base,
            adapter=adapter,
            context=context,
            parity=parity,
            base_model=base_model,
            profile=profile,
            threads=threads,
        ),
        Asked(dataset, prompts=tuple(prompt or ()), rows=rows, score=score),
        Sampling(max_tokens=max_tokens, temperature=temperature, seed=seed),
        as_json=as_json,
    )
