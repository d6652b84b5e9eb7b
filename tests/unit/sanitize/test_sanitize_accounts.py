"""User names in commands, listings, logs and beside passwords; accounts that are nobody's."""

from collections.abc import Callable

import pytest

Found = list[tuple[str, str]]
Find = Callable[[str], Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sudo useradd -m -s /bin/bash flecointe\n", "flecointe"),
        ("sudo usermod -aG docker flecointe", "flecointe"),
        ("passwd flecointe && exit", "flecointe"),
        ("su - flecointe", "flecointe"),
        ("sudo -u flecointe ls", "flecointe"),
        ("chown -R ygicquel:modeles exports\n", "ygicquel"),
        ("-rw-r--r-- 1 bastide_m modeles 118 avril 2 17:03 notes.md", "bastide_m"),
        ("drwxr-x--- 2 ygicquel modeles 4096 mars 12 09:41 exports", "ygicquel"),
        ("Host banc\n    User kwhitcombe\n", "kwhitcombe"),
        ("r4471 | dquemener | 2024-11-04 10:12:44 +0100", "dquemener"),
        ('10.0.0.12 - dwinstanley [12/Feb/2025:10:01:44 +0000] "GET / HTTP/1.1"', "dwinstanley"),
        ("Assigned to [~mhathersage], see PROJ-118", "mhathersage"),
        ("jhalloran  pts/0   2025-02-11 08:14", "jhalloran"),
        ("ssh://sbeaufils@forge/outils.git", "sbeaufils"),
        ("remote_user: psedgwick", "psedgwick"),
        ("Le compte pgarrec est actif", "pgarrec"),
        ('Account "nfairclough" is locked', "nfairclough"),
        ("l'utilisateur mlaurendeau est déconnecté", "mlaurendeau"),
        ("login : lguilloux, profil lecture", "lguilloux"),
        ("merci @vtanguy pour la revue", "vtanguy"),
        ("login;outil\negoasguen;Gerrit\n", "egoasguen"),
        ("outil,site,login\r\nGerrit,Brest,egoasguen\r\n", "egoasguen"),
        ("| Outil | Identifiant |\n|---|---|\n| Gerrit | tplantec |\n", "tplantec"),
        ("username netops7 privilege 15", "netops7"),
        ("Mon identifiant Windchill : t.wrona", "t.wrona"),
    ],
)
def test_accounts(found: Find, text: str, value: str):
    assert found(text) == [("user", value)]


@pytest.mark.parametrize(
    ("text", "login", "password"),
    [
        ("utilisateur svc_reqif, mot de passe Ecluse-2031", "svc_reqif", "Ecluse-2031"),
        (
            "Identifiant :\nsvc_capella\nMot de passe :\nOrage-Bleu-19",
            "svc_capella",
            "Orage-Bleu-19",
        ),
        ("Username: rthackeray Temporary password: Lantern-772", "rthackeray", "Lantern-772"),
        ("login mdaoulas mdp Truite99", "mdaoulas", "Truite99"),
        ("Accès : vtanguy / Rosace#417", "vtanguy", "Rosace#417"),
        ("ACCÈS : vtanguy / Rosace#417", "vtanguy", "Rosace#417"),
        ("User Id=reqwriter;Password=H4rrier!nest;", "reqwriter", "H4rrier!nest"),
        ("login/pass : mkerviel/Boussole_7", "mkerviel", "Boussole_7"),
        ("te loguer avec mkerviel + Boussole_6", "mkerviel", "Boussole_6"),
    ],
)
def test_accounts_beside_a_password(found: Find, text: str, login: str, password: str):
    assert found(text) == [("user", login), ("password", password)]


def test_account_and_machine_of_a_prompt(found: Find):
    assert found("mperrault@pegase:~$ ls") == [("user", "mperrault"), ("host", "pegase")]


@pytest.mark.parametrize(
    "text",
    [
        "su - postgres ; sudo -u www-data ls ; useradd -r -s /bin/false tomcat\n",
        "chown root:root /etc ; chown -R www-data:www-data /var/www",
        "Don't chown directories that already exist",
        "-rw-r--r-- 1 root root 4096 Jan 12 10:00 a.txt",
        "\n    User root\n    User git\n",
        "https://oauth2@forge/x ; ssh://git@forge/x",
        "ansible_user: ubuntu ; become_user: root ; db_user: ${DB_USER}",
        "the user stories, user should, user input, user interface, users page",
        "le compte client, compte rendu, l'utilisateur final, l'utilisateur clique",
        "user nginx, user mysqld, compte httpd, user vscode",
        "| Login | Description |\n|---|---|\n| obligatoire | chaîne |\n",
        "user enters password, login or password, login et mot de passe",
        "accès : stagiaire / identique",
        "    @pytest.mark.parametrize(\n    @pytest.fixture\n    def x(): ...",
        "user@host:~$ ; root@localhost:~#",
        "hidden[~attention_mask] + a.data[0][~mask] + f(x)[~early_stopped]",
    ],
)
def test_what_is_nobodys_account(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize("name", ["dpham", "ms-boom"])
def test_the_name_of_a_mailbox_is_its_owners(found: Find, name: str):
    assert found(f"Author: {name} <{name}@example.org>") == [
        ("user", name),
        ("email", f"{name}@example.org"),
    ]


@pytest.mark.parametrize("text", ["support <support@example.org>", "devs <lists@example.org>"])
def test_the_name_of_another_mailbox_is_left(found: Find, text: str):
    assert [kind for kind, _ in found(text)] == ["email"]
