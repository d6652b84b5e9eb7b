"""What the pictures show, and how the page gets there; the documentation shows some of them."""

from . import export, library, past_exports, training
from .library import welcome
from .screen import HEIGHT, POSES, WIDTH, WITH_TRAINING, Pose, Screen

__all__ = [
    "HEIGHT",
    "POSES",
    "WIDTH",
    "WITH_TRAINING",
    "Pose",
    "Screen",
    "export",
    "library",
    "past_exports",
    "training",
    "welcome",
]
