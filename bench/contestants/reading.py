"""The floor: list a folder, open each file relative to it, read it, close it."""

import os
import sys


def read_all(path: str) -> None:
    folder = os.open(path, os.O_RDONLY)
    for name in os.listdir(folder):
        descriptor = os.open(name, os.O_RDONLY, dir_fd=folder)
        while len(os.read(descriptor, 65_536)) == 65_536:
            pass
        os.close(descriptor)


if __name__ == "__main__":
    read_all(sys.argv[1])
