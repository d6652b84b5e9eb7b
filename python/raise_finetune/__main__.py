"""``python -m raise_finetune``: the command line where its console script is not on the path."""

from raise_finetune.cli.app import main

if __name__ == "__main__":
    main()
