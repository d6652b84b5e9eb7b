"""A process that exports in children, so that a kill never strikes while Python is starting.

Each line on standard input is the JSON ``[root, target, minimum rating]``; a child exports. The
answers on standard output are the child's process id, then its exit status when it is gone.
"""

import json
import os
import sys

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe


def serve() -> None:
    export_recipe = ExportRecipe()  # loads what is loaded on first use
    for line in sys.stdin:
        root, target, minimum = json.loads(line)
        values = {**export_recipe.model_dump(), "rating": {"minimum": minimum}}
        child = os.fork()
        if child == 0:
            export_dataset(ExportRecipe.model_validate(values), target, root=root)
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
