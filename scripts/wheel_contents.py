"""What goes into a wheel besides the package: the built page and the shell's configuration."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelContentsHook(BuildHookInterface[Any]):
    """Called by hatchling; an editable install finds both in the checkout and needs neither."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders; raises ``FileNotFoundError`` when the page was not built."""
        if version == "editable":
            return
        page = Path(self.root, "frontend", "dist")
        if not (page / "index.html").is_file():
            msg = f"{page} is not built: run `make frontend/dist/index.html` first"
            raise FileNotFoundError(msg)
        build_data["force_include"][str(page)] = "raise_finetune/page"
        build_data["force_include"][str(Path(self.root, "src-tauri"))] = "raise_finetune/shell"
