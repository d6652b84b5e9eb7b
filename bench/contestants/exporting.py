"""Our export of the conversations of a domain: the job that its peers do, and no more.

Selection, exact duplicates, split, `inst`; no masking, no search for near-duplicates, no filter of
quality, which they have not.
"""

import sys

from raise_finetune import ExportRecipe, export_dataset

if __name__ == "__main__":
    root, output, space, database, collection = sys.argv[1:]
    source = {
        "spaces": [space],
        "databases": [database],
        "collections": [collection],
        "chats": False,
    }
    recipe = {
        "source": source,
        "sanitize": {"enabled": False},
        "dedup": {"near": "off"},
        "quality": {"repeated_questions": "keep"},
    }
    export_dataset(ExportRecipe.model_validate(recipe), output, root=root)
