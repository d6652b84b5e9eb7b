"""The page in a browser: a loopback WebSocket to the same commands as the window's."""

from raise_finetune.bridge.server import serve

__all__ = ["serve"]
