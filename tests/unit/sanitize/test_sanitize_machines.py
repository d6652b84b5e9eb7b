"""Names of internal machines, and the products, elements and examples that look like them."""

from collections.abc import Callable

import pytest

Found = list[tuple[str, str]]
Find = Callable[[str], Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("voir titan.labo.lan pour la suite", "titan.labo.lan"),
        ("le portail.intra est fermé", "portail.intra"),
        ("wiki.intranet.northgate.co.uk.", "wiki.intranet.northgate.co.uk"),
        ("https://doors.corp.astrelys.fr/x", "doors.corp.astrelys.fr"),
        ("http://gerrit.int.ferronor.fr:8080", "gerrit.int.ferronor.fr"),
        ("salon.home.arpa répond", "salon.home.arpa"),
        ("ldap://dc02.sidoine.local:389", "dc02.sidoine.local"),
        ("//kestrel.local/models", "kestrel.local"),
        ("vault.prod.internal", "vault.prod.internal"),
    ],
)
def test_internal_domains(found: Find, text: str, value: str):
    assert found(text) == [("host", value)]


@pytest.mark.parametrize(
    "text",
    [
        "threading.local()",
        "~/.local/share, config.local.toml et .env.local",
        "jdk.internal.misc, com.sun.internal.io",
        "chrome.storage.local",
        "host.docker.internal, metadata.google.internal",
        "my-service.default.svc.cluster.local",
        "b.corp = c.lan",
        "foo.local et example.local",
        "docs.python.org, github.com, www.example.com",
        "self.local",
        "la valeur interne. Interne ou non",
    ],
)
def test_what_only_ends_like_an_internal_domain(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "srv-mbse-02",
        "srv-build",
        "srv-git01.acme.fr",
        "SRVFIC12",
        "FILESRV02",
        "PRD-GITLAB02",
        "sqlprd03",
        "db-prod-01",
        "pgsql-prod-1.int.oakvale.com",
        "jenkins-agent-05",
        "k8s-worker-03",
        "jenkins01",
        "nas07",
        "vm-doors-prod1",
        "vmhost-3",
        "pc-banc-3",
        "LAPTOP-7HQ2K9DV",
        "DESKTOP-QK41B7Z",
    ],
)
def test_shapes(found: Find, value: str):
    assert found(f"Je relance {value}, puis j'attends.") == [("host", value)]


@pytest.mark.parametrize(
    "text",
    [
        "SRV-REQ-014 et SRV-014",
        "PC-02, LC-12, EXG042, IF-DB-03, TC-WEB-004",
        "DEV-1234, OPS-88, INT-0042, PROD-17",
        "web2, web3, node-18, build-1234, release-2",
        "prod-db-2024 et srv_db_01",
        "srv-db-01.log",
        "/data/srv-db-01/x",
        "mongodb+srv://cluster0",
        "web2.example.com",
        "test-vm-timeout-escape-promise-module-2",
        "un enregistrement SRV",
    ],
)
def test_what_only_has_such_a_shape(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ping frtls-app14", ["frtls-app14"]),
        ("ssh -p 22 sim-noeud8 ; ls", ["sim-noeud8"]),
        ("rsync -av ./x sauvegarde22:/vol1/", ["sauvegarde22"]),
        ("mstsc /v:TSE-NANTES01", ["TSE-NANTES01"]),
        ("le serveur STK-BREST-02 est plein", ["STK-BREST-02"]),
        ("Hôte : orion12", ["orion12"]),
        ("HÔTE : orion12", ["orion12"]),
        ("les postes PC-0417 à PC-0419", ["PC-0417", "PC-0419"]),
        ("hébergée sur calculs-2.", ["calculs-2"]),
        ("connecté à titan-3", ["titan-3"]),
        ("it ran on bld-linux-7 and died", ["bld-linux-7"]),
        ("host=orion12", ["orion12"]),
        (r"ouvre \\WKS-0092\modeles", ["WKS-0092"]),
        ("tcp://orion12:2376", ["orion12"]),
        ("The hostname is kestrel.", ["kestrel"]),
        ("le nom d’hôte de la machine est fregate", ["fregate"]),
        ("our server is called kestrel, for now", ["kestrel"]),
        ("| Machine | Rôle |\n|---|---|\n| lx-essais-3 | essais |\n", ["lx-essais-3"]),
        ("serveur;site\norion-7;Brest\n", ["orion-7"]),
        ("site,serveur\nBrest,orion-7\nLyon,vega-2\n", ["orion-7", "vega-2"]),
        ("Mar  3 04:12:55 pegase kernel: up", ["pegase"]),
        ("2025-03-03T04:13:01.2+01:00 pegase rsyslogd[812]: up", ["pegase"]),
        ("[root@pegase ~]# ls", ["pegase"]),
        ("root@pegase:~# ls", ["pegase"]),
    ],
)
def test_what_something_announces(found: Find, text: str, values: list[str]):
    assert [finding for finding in found(text) if finding[0] == "host"] == [
        ("host", value) for value in values
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ssh serveur ; ssh user@host ; ssh root@localhost ; ping google.fr",
        "scp essai-2.tgz x:",
        "serveur web, serveur OPC-UA, serveur HTTP/2, serveur SQL2019, Server 2019",
        "poste 412, poste B12, machine outil 5 axes, hôte EXG042",
        "le serveur SRV-REQ-014",
        "the server does not support SMTPUTF8",
        "connect to IMAP4, running on ppc64, runs on ARMv7",
        "installé sur Debian-12, hébergé sur gitlab-15",
        r"\\serveur\partage, \\server\share, {\\rtf1\\ansi}",
        "http://backend:8080/api, redis://redis:6379",
        "hostname: string; hostname = socket.gethostname()",
        "The hostname is required. The hostname stays the same",
        "la machine s'appelle ainsi parce que",
        "the server is called when it is needed",
        "root@localhost:~# ; user@hostname:~$ ; root@0123456789ab:/app#",
        "Jan 12 10:00:01 localhost systemd[1]: Started",
        "-rw-r--r-- 1 root root 4096 Jan 12 10:00:01 notes",
        "| Serveur | Port |\n|---|---|\n| nginx | 80 |\n",
        "from google.protobuf.internal import decoder; import fsspec.implementations.local",
        "the server is missing top-1 logprobs",
    ],
)
def test_what_no_machine_is_announced_by(found: Find, text: str):
    assert found(text) == []


def test_a_machine_is_masked_where_nothing_announces_it(found: Find):
    assert found("Hôte : calculs-2. Puis calculs-2 redémarre.") == [
        ("host", "calculs-2"),
        ("host", "calculs-2"),
    ]


def test_user_and_machine_of_a_command(found: Find):
    assert found("ssh jdupont@srv-build") == [("user", "jdupont"), ("host", "srv-build")]


def test_bolts_of_a_standard_are_no_machines(found: Find):
    assert found("NAS1351-3-10 screws, NAS6204-10 bolts") == []
