"""The rows: what each line holds, whether its profile writes it so, and what people typed in it."""

from collections.abc import Mapping, Sequence

from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.layout import Task
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.reading import RowReader, RowValues
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.verification.existing import Dataset
from raise_finetune.dataset.verification.leaks import RepeatedRows
from raise_finetune.dataset.verification.lines import check_lines
from raise_finetune.dataset.verification.near import NearCheck
from raise_finetune.dataset.verification.result import Findings

_BEAT = 1000  # rows between two looks at the clock


class RowChecks:
    """The checks that look at each row, in one pass over the files; ``leaks`` are theirs, too."""

    def __init__(
        self,
        profiles: Mapping[str, PromptProfile],
        task: Task,
        leaks: Findings,
        near: NearCheck | None,
    ) -> None:
        self.lines = Findings("lines")
        self.template = Findings("template")
        self.control_tokens = Findings("control_tokens")
        self._profiles = profiles
        self._task: Task = task
        self._repeated = RepeatedRows(leaks)
        self._near = near
        if not any(profile.control_strings for profile in profiles.values()):
            self.control_tokens.skip("structured")

    def take(self, dataset: Dataset, files: Sequence[WrittenFile], pulse: Pulse) -> None:
        """Check the rows of these files."""
        total = sum(file.rows for file in files)
        own = {file.path for file in dataset.manifest.own_files}
        for file in files:
            profile = self._profiles[file.config]
            reader = RowReader(profile, self._task)
            if not reader.can_read:
                self.template.skip("template_unreadable")
                self.control_tokens.skip("template_unreadable")
            rows = check_lines(dataset.path_of(file), file.path, reader.columns, self.lines)
            for number, line, row in rows:
                messages = None
                if reader.can_read:
                    messages = self._check_row(profile, reader, row, file, number)
                if file.path in own:
                    self._repeated.take(file.split, file.path, number, line)
                    if self._near is not None and messages is not None:
                        self._near.take(file, number, messages)
                if number % _BEAT == 0:
                    pulse.beat("reading", self.lines.checked, total)

    def _check_row(
        self,
        profile: PromptProfile,
        reader: RowReader,
        row: RowValues,
        file: WrittenFile,
        number: int,
    ) -> list[Message] | None:
        self.template.checked += 1
        messages = reader.read(row)
        if messages is None:
            self.template.add("not_a_rendering", file.path, number, profile.name)
        elif profile.control_strings:
            self.control_tokens.checked += 1
            found = control_strings(tuple(profile.control_strings)).found_in(messages)
            if found:
                self.control_tokens.add("control_tokens", file.path, number, ", ".join(found))
        return messages
