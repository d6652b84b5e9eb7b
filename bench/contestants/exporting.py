"""Our export of the conversations of a domain, with the default recipe otherwise."""

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
    export_dataset(ExportRecipe.model_validate({"source": source}), output, root=root)
