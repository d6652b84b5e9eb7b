"""Our export of single questions and answers, without the exchanges before them."""

import sys

from raise_finetune import ExportRecipe, export_dataset

if __name__ == "__main__":
    root, output, space, database, collection = sys.argv[1:]
    recipe = {
        "source": {
            "spaces": [space],
            "databases": [database],
            "collections": [collection],
            "chats": False,
        },
        "examples": {"context_exchanges": 0},
        "sanitize": {"enabled": False},
        "dedup": {"near": "off"},
        "quality": {"repeated_questions": "keep"},
    }
    export_dataset(ExportRecipe.model_validate(recipe), output, root=root)
