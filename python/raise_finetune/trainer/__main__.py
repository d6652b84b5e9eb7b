"""``python -m raise_finetune.trainer``."""

from raise_finetune.trainer.app import main

if __name__ == "__main__":
    main()
