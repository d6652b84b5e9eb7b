"""Settings: what is stored, what follows from it, and what a damaged file does."""

import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domains.disk_calls import record_disk_calls
from raise_finetune.commands import settings
from raise_finetune.commands.data_folder import data_folder, data_root
from raise_finetune.commands.recipes import default_recipe
from raise_finetune.commands.settings import AppSettings, ExportDefaults
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.errors import BadInputError, FailedError


@pytest.fixture(autouse=True)
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(folder))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    return folder


def test_defaults_where_nothing_was_stored(config: Path) -> None:
    assert settings.read_settings() == AppSettings(
        data_folder=None,
        language="system",
        theme="system",
        zoom=100,
        export_defaults=ExportDefaults(
            minimum_rating=4.0, include_unrated=False, documentation=True, val_fraction=0.1
        ),
    )
    assert not config.exists()


def test_what_is_written_is_read_and_nothing_else_is_left(config: Path, tmp_path: Path) -> None:
    wanted = AppSettings(data_folder=str(tmp_path), language="fr", theme="dark", zoom=125)
    assert settings.write_settings(wanted) == wanted
    assert settings.read_settings() == wanted
    assert [path.name for path in config.iterdir()] == ["settings.json"]
    assert settings.current_language() == "fr"


def test_what_a_change_does_not_name_stays_as_another_window_has_stored_it(
    tmp_path: Path,
) -> None:
    for change in (
        AppSettings(data_folder=str(tmp_path)),
        AppSettings(theme="dark"),
        AppSettings(export_defaults=ExportDefaults(documentation=False)),
        AppSettings(export_defaults=ExportDefaults(val_fraction=0.25), zoom=125),
        AppSettings(theme="light"),
    ):
        stored = settings.write_settings(change)
    assert stored == settings.read_settings()
    assert stored == AppSettings(
        data_folder=str(tmp_path),
        theme="light",
        zoom=125,
        export_defaults=ExportDefaults(documentation=False, val_fraction=0.25),
    )
    named = AppSettings(data_folder=None, export_defaults=ExportDefaults(documentation=True))
    settings.write_settings(named)
    assert settings.read_settings() == AppSettings(
        theme="light", zoom=125, export_defaults=ExportDefaults(val_fraction=0.25)
    )


def test_changes_of_several_windows_at_once_are_all_stored() -> None:
    def change(name: str, values: Sequence[object]) -> None:
        for value in values:
            settings.write_settings(AppSettings.model_validate({name: value}))

    changes = {
        "language": ("fr", "en") * 10,
        "theme": ("dark", "light") * 10,
        "zoom": (90, 125) * 10,
    }
    with ThreadPoolExecutor() as windows:
        for done in [windows.submit(change, *each) for each in changes.items()]:
            done.result()
    assert settings.read_settings() == AppSettings(language="en", theme="light", zoom=125)


def test_a_data_folder_that_is_gone_bars_no_other_change(tmp_path: Path) -> None:
    folder = tmp_path / "on-a-stick"
    folder.mkdir()
    settings.write_settings(AppSettings(data_folder=str(folder)))
    folder.rmdir()
    settings.write_settings(AppSettings(language="fr"))
    assert settings.read_settings() == AppSettings(data_folder=str(folder), language="fr")


def test_the_file_is_camel_case_json(config: Path) -> None:
    settings.write_settings(AppSettings())
    assert (config / "settings.json").read_text() == (
        "{\n"
        '  "dataFolder": null,\n'
        '  "language": "system",\n'
        '  "theme": "system",\n'
        '  "zoom": 100,\n'
        '  "exportDefaults": {\n'
        '    "minimumRating": 4.0,\n'
        '    "includeUnrated": false,\n'
        '    "documentation": true,\n'
        '    "valFraction": 0.1,\n'
        '    "sanitize": {\n'
        '      "enabled": true,\n'
        '      "actions": {},\n'
        '      "allow": [],\n'
        '      "numbering": "conversation",\n'
        '      "surrogates": false,\n'
        '      "nerModel": "",\n'
        '      "nerKinds": [\n'
        '        "person"\n'
        "      ]\n"
        "    }\n"
        "  }\n"
        "}"
    )


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"theme": "pink"}', b"\xff"])
def test_a_damaged_file_means_defaults(config: Path, damaged: bytes) -> None:
    config.mkdir()
    (config / "settings.json").write_bytes(damaged)
    assert settings.read_settings() == AppSettings()


def test_a_damaged_key_leaves_the_others(config: Path) -> None:
    config.mkdir()
    stored = (
        b'{"theme": "pink", "language": "fr", "zoom": 125, "exportDefaults": {"valFraction": NaN}}'
    )
    (config / "settings.json").write_bytes(stored)
    assert settings.read_settings() == AppSettings(language="fr", zoom=125)
    settings.write_settings(AppSettings(zoom=150))
    assert settings.read_settings() == AppSettings(language="fr", zoom=150)
    assert (config / "settings.damaged.json").read_bytes() == stored


def test_a_file_that_is_no_json_is_kept_beside_the_new_one(config: Path) -> None:
    config.mkdir()
    (config / "settings.json").write_bytes(b'{"theme": "dark",}')
    settings.write_settings(AppSettings())
    settings.write_settings(AppSettings(theme="light"))
    assert settings.read_settings() == AppSettings(theme="light")
    assert (config / "settings.damaged.json").read_bytes() == b'{"theme": "dark",}'


def test_a_newer_versions_keys_are_ignored(config: Path) -> None:
    config.mkdir()
    (config / "settings.json").write_text('{"theme": "dark", "sound": true}')
    assert settings.read_settings() == AppSettings(theme="dark")


def test_the_data_folder_must_exist_and_becomes_absolute(tmp_path: Path) -> None:
    (tmp_path / "domain").mkdir()
    assert settings.write_settings(AppSettings(data_folder="~/domain")).data_folder == str(
        tmp_path / "domain"
    )
    with pytest.raises(BadInputError) as caught:
        settings.write_settings(AppSettings(data_folder="~/nothing"))
    assert caught.value.code == "data_folder_missing"
    assert caught.value.params == {"path": tmp_path / "nothing"}
    assert settings.read_settings().data_folder == str(tmp_path / "domain")


def test_one_data_folder_is_told_and_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def told() -> tuple[str, str]:
        found = data_folder(settings.read_settings())
        assert found.path == str(data_root())
        return found.path, found.origin

    assert told() == (str(tmp_path / "raise_domain"), "standard")
    (tmp_path / "chosen").mkdir()
    settings.write_settings(AppSettings(data_folder="~/chosen"))
    assert told() == (str(tmp_path / "chosen"), "settings")
    monkeypatch.setenv("PATH_RAISE_DOMAIN", "")
    assert told() == (str(tmp_path / "chosen"), "settings")
    monkeypatch.setenv("PATH_RAISE_DOMAIN", "~/environment")
    assert told() == (str(tmp_path / "environment"), "environment")


def test_settings_that_cannot_be_read_matter_where_the_environment_names_no_folder(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (config / "settings.json").mkdir(parents=True)
    with pytest.raises(FailedError) as caught:
        data_root()
    assert caught.value.code == "settings_unreadable"
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "environment"))
    assert data_root() == tmp_path / "environment"


def test_a_folder_that_cannot_be_written(config: Path) -> None:
    config.write_text("a file where the folder should be")
    with pytest.raises(FailedError) as caught:
        settings.write_settings(AppSettings())
    assert caught.value.code == "settings_unwritable"


def test_a_file_that_cannot_be_read_still_leaves_a_language(config: Path) -> None:
    (config / "settings.json").mkdir(parents=True)
    with pytest.raises(FailedError) as caught:
        settings.read_settings()
    assert caught.value.code == "settings_unreadable"
    assert settings.current_language() == "en"


def test_a_failed_replacement_leaves_no_temporary_file(config: Path) -> None:
    (config / "settings.json").mkdir(parents=True)
    with pytest.raises(FailedError):
        settings.write_settings(AppSettings())
    assert [path.name for path in config.iterdir()] == ["settings.json"]


def test_the_environment_decides_before_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = AppSettings(data_folder=str(tmp_path))
    standard = data_folder(AppSettings())
    assert (standard.path, standard.origin, standard.exists) == (
        str(tmp_path / "raise_domain"),
        "standard",
        False,
    )
    stored = data_folder(chosen)
    assert (stored.path, stored.origin, stored.exists) == (str(tmp_path), "settings", True)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", "~/elsewhere")
    environment = data_folder(chosen)
    assert (environment.path, environment.origin) == (str(tmp_path / "elsewhere"), "environment")


def test_masking_is_never_turned_off_for_the_exports_to_come() -> None:
    off = SanitizeOptions(enabled=False, actions={FindingType.EMAIL: "drop"})
    settings.write_settings(AppSettings(export_defaults=ExportDefaults(sanitize=off)))
    assert default_recipe().sanitize == off.model_copy(update={"enabled": True})


def test_the_file_is_the_users_alone_and_on_the_disk_before_it_has_its_name(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = record_disk_calls(monkeypatch)
    settings.write_settings(AppSettings())
    assert calls == [
        "fsync file settings.json",  # of a scratch folder
        "rename settings.json settings.json",
        f"fsync folder {config.name}",
    ]
    assert stat.S_IMODE((config / "settings.json").stat().st_mode) == 0o600
