"""The command line, ``raise-finetune``: a thin face over the commands and the library."""
