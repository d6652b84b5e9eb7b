"""The pairs of a prepared JSONL file with ``polars``, lazily, in one plan for each side."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

pl: Any = import_module("polars")  # half typed, so not typed at all

MINIMUM = 4
VAL_PARTS, PARTS = 100, 1000


def export(records: str, output: Path) -> None:
    message = pl.Struct({"role": pl.String, "content": pl.String, "rating": pl.Float64})
    schema = {"id": pl.String, "messages": pl.List(message)}
    messages = (
        pl.scan_ndjson(records, schema=schema)
        .explode("messages")
        .unnest("messages")
        .with_columns(
            question=pl.col("content").shift().over("id"),
            asker=pl.col("role").str.to_lowercase().shift().over("id"),
        )
    )
    is_wanted = (
        (pl.col("role").str.to_lowercase() == "assistant")
        & (pl.col("asker") == "user")
        & (pl.col("rating") >= MINIMUM)
    )
    text = pl.format(
        "<s>[INST] {} [/INST] {} </s>",
        pl.col("question").str.strip_chars(),
        pl.col("content").str.strip_chars(),
    )
    rows = (
        messages.filter(is_wanted)
        .select(text=text, is_val=pl.col("id").hash(0) % PARTS < VAL_PARTS)
        .unique("text", keep="first", maintain_order=True)
        .collect()
    )
    for name, side in (("train", ~pl.col("is_val")), ("val", pl.col("is_val"))):
        rows.filter(side).select("text").write_ndjson(output / f"{name}.jsonl")


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
