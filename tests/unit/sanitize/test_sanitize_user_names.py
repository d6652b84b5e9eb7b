"""User names that something announces, and the accounts and identifiers that are nobody's."""

from collections.abc import Callable

import pytest

Found = list[tuple[str, str]]
Find = Callable[[str], Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mon login est jdupont", "jdupont"),
        ("login : p.martin", "p.martin"),
        ("identifiant : jdupont", "jdupont"),
        ("identifiant de session : cbernard2", "cbernard2"),
        ("nom d'utilisateur : mlefevre", "mlefevre"),
        ("username: a123456", "a123456"),
        ("identifiant : A123456", "A123456"),
        ("my username is skywalker", "skywalker"),
        ('"login": "jdupont"', "jdupont"),
        ("compte Windows : tdurand", "tdurand"),
        ("Accepted publickey for jdupont from srv port 22", "jdupont"),
        ("Failed password for invalid user zzyx from srv", "zzyx"),
        ("session opened for user mlefevre by (uid=0)", "mlefevre"),
        ("ssh jdupont@serveur", "jdupont"),
        ("scp -P 2222 notes.md tleroy@bastion:/tmp", "tleroy"),
        ("user=jdupont action=login", "jdupont"),
        ("uid=1000(pmartin) gid=1000", "pmartin"),
        ("sudo -u cmartin ls", "cmartin"),
        (r"ACME\jdupont", "jdupont"),
        (r"runas /user:ACME\jdupont cmd", "jdupont"),
        ("merci @jdupont pour la revue", "jdupont"),
        ("@jdupont peux-tu relire ?", "jdupont"),
        ("(@jdupont)", "jdupont"),
        ("le compte Jira de la cheffe : slemaire", "slemaire"),
        ("compte AD du stagiaire : tdurand", "tdurand"),
        ("utilisateur : jdupont", "jdupont"),
        ("user: jdurand\n", "jdurand"),
    ],
)
def test_user_names(found: Find, text: str, value: str):
    assert found(text) == [("user", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Login: required",
        "@property",
        "@pytest.fixture",
        "user: string",
        "Utilisateur : bonjour, peux-tu relire ?",
        "identifiant de la pièce : moteur",
        "compte GitLab du projet : capella-core",
        "login: string",
        "login: utf8",
        "identifiant : REQ-042",
        "Identifiant : EXG042",
        "Identifiant : SYS00012",
        "identifiant unique : uuid4",
        "identifiant = request.user",
        "le login est obligatoire",
        "son identifiant est jeton",
        "votre identifiant est unique",
        "mon identifiant est le suivant",
        "username = 'admin'",
        "user id: 42",
        "session opened for user root by (uid=0)",
        "Failed password for invalid user oracle from srv",
        "sudo -u postgres psql",
        "su - postgres",
        "ssh git@github",
        "ssh user@host",
        "ssh into the machine",
        "user=admin",
        "owner=team-a",
        "author=string",
        "You must be logged in as the owner",
        "class A:\n    @property\n    def x(self): ...",
        "@pytest.mark.slow\ndef test_a(): ...",
        "    @constant\n    @staticmethod\n    async def f(): ...",
    ],
)
def test_what_is_no_persons_account(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("@callum.ashdown can you have a look?", "callum.ashdown"),
        ("cc @zikora.threlfall", "zikora.threlfall"),
        ("@zikora.threlfall peux-tu regarder la MR ?", "zikora.threlfall"),
        (r"Compte créé : NEXAVIA\r.castaing", "r.castaing"),
        ("Connexion réussie : utilisateur=plemoine", "plemoine"),
        ("Échec de connexion pour tgasnier depuis le poste", "tgasnier"),
        ("CREATE USER 'rackham_e'@'%'", "rackham_e"),
        ("ALTER USER sloane WITH PASSWORD :pw", "sloane"),
        (r"D:\Utilisateurs\cvasseur\sauve", "cvasseur"),
    ],
)
def test_users_of_chats_domains_and_databases_are_found(found: Find, text: str, value: str):
    assert found(text) == [("user", value)]


@pytest.mark.parametrize(
    "text",
    [
        "@app.task, @router.get, @property.setter, @x.setter, @media.print",
        "npm i @org.scope/pkg; actions/checkout@v4 ; @param.name can be empty",
        "Create user stories. Create user accounts for it, alter user rights, drop user input",
        "CREATE USER readonly; DROP USER IF EXISTS reporting;",
    ],
)
def test_decorators_and_stories_are_no_users(found: Find, text: str):
    assert found(text) == []
