"""Whose a public key of SSH is, and which machine's."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "Jl3dIeudNqd0DPMRD6OIh65tjkxFNOtGX"
RSA = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ" + "C7k9/Xb+2" * 55


@pytest.mark.parametrize("key", [ED25519, RSA])
def test_user_and_machine_behind_a_key_are_found(found: Find, key: str):
    text = f"voici ma clé :\n{key} jdupont@titan\nmerci"
    assert sorted(found(text)) == [("host", "titan"), ("user", "jdupont")]


def test_mailbox_behind_a_key_is_found_as_such(found: Find):
    assert found(f"{ED25519} jdupont@acme.fr") == [("email", "jdupont@acme.fr")]


@pytest.mark.parametrize("comment", ["", " root@localhost", " deploy key", " git@host"])
def test_key_of_nobody_is_left(found: Find, comment: str):
    assert found(f"{ED25519}{comment}\n") == []
