"""The export as a user runs it: the default recipe, every stage on, of a whole domain."""

import sys

from raise_finetune import ExportRecipe, export_dataset

if __name__ == "__main__":
    root, output = sys.argv[1:]
    export_dataset(ExportRecipe(), output, root=root)
