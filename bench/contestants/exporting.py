"""Our export of the conversations of a domain: the job that its peers do, and no more.

Selection, exact duplicates, split, `inst`; no masking, no search for near-duplicates, no filter of
quality, which they have not. A last argument says how many exchanges of context an answer keeps.
"""

import sys

from raise_finetune import ExportRecipe, export_dataset

if __name__ == "__main__":
    root, output, space, database, collection, *context = sys.argv[1:]
    source = {
        "spaces": [space],
        "databases": [database],
        "collections": [collection],
        "chats": False,
    }
    recipe = {
        "source": source,
        "examples": {"context_exchanges": int(context[0])} if context else {},
        "sanitize": {"enabled": False},
        "dedup": {"near": "off"},
        "quality": {"repeated_questions": "keep"},
    }
    export_dataset(ExportRecipe.model_validate(recipe), output, root=root)
