"""The pairs of a prepared JSONL file with DuckDB: one query, and a copy for each side."""

import sys
from importlib import import_module
from typing import Any

duckdb: Any = import_module("duckdb")  # half typed, so not typed at all

ROWS = """
CREATE TEMP TABLE rows AS
WITH said AS (
    SELECT id, unnest(messages) AS message, generate_subscripts(messages, 1) AS place
    FROM read_json(?, format = 'newline_delimited', columns = {
        id: 'VARCHAR',
        messages: 'STRUCT(role VARCHAR, content VARCHAR, rating DOUBLE)[]'
    })
), turns AS (
    SELECT id, place, message.rating, lower(message.role) AS role,
        trim(message.content, E' \\n\\t\\r') AS content,
        lag(lower(message.role)) OVER conversation AS asker,
        lag(trim(message.content, E' \\n\\t\\r')) OVER conversation AS question
    FROM said WINDOW conversation AS (PARTITION BY id ORDER BY place)
)
SELECT '<s>[INST] ' || question || ' [/INST] ' || content || ' </s>' AS text,
    min(hash(id) % 1000 < 100) AS is_val
FROM turns WHERE role = 'assistant' AND asker = 'user' AND rating >= 4 GROUP BY text
"""
COPY = "COPY (SELECT text FROM rows WHERE is_val = {side}) TO '{path}' (FORMAT json)"

if __name__ == "__main__":
    records, output = sys.argv[1:]
    duckdb.execute(ROWS, [records])
    for name, side in (("train", "false"), ("val", "true")):
        duckdb.execute(COPY.format(side=side, path=f"{output}/{name}.jsonl"))
