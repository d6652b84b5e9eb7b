from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("le mdp c'est Tulipe42", "Tulipe42"),
        ("salut, mdp c Tulipe42 pour le nas", "Tulipe42"),
        ("le mdp cest Tulipe42", "Tulipe42"),
        ("mdp du serveur -> Kx9!trame", "Kx9!trame"),
        ("mdp serveur de recette → Kx9!trame", "Kx9!trame"),
        ("mdp de la borne wifi => Orage_77", "Orage_77"),
        ("Le mot de passe a été changé en Mistral2024.", "Mistral2024"),
        ("le mot de passe est désormais Mistral2024", "Mistral2024"),
        ("the password was set to Harbour88 yesterday", "Harbour88"),
        ("Password has been set to harbour.", "harbour"),
        ("the password for staging is Harbour88, please rotate it", "Harbour88"),
        ("password for the intranet is lighthouse.", "lighthouse"),
        ("pass phrase: cerf-volant-9-bleu", "cerf-volant-9-bleu"),
        ("code wifi : ruche-2719", "ruche-2719"),
        ("code wi-fi : ruche-2719", "ruche-2719"),
        ("clé WPA : 9F7A21BC04", "9F7A21BC04"),
        ("le code du wifi c'est ruche2719", "ruche2719"),
        ("use hunter2 to log in", "hunter2"),
        ("just type Br1dge99 when prompted", "Br1dge99"),
        ("utilise Br1dge99 pour te connecter", "Br1dge99"),
        ("tapez Br1dge99 pour ouvrir la session", "Br1dge99"),
        ("Br1dge99 est le nouveau mot de passe", "Br1dge99"),
        ("Br1dge99 is the root password", "Br1dge99"),
        ("mets Br1dge99 comme mot de passe", "Br1dge99"),
        ("with 'Br1dge99' as password", "Br1dge99"),
        ("identifiants : compta / Facture#12", "Facture#12"),
        ("Identifiants du portail : m.durand / Facture#12", "Facture#12"),
        ("login admin / Facture12", "Facture12"),
        ("login : admin / azerty", "azerty"),
        ("login: root:toor42x", "toor42x"),
        ("creds: deploy / z7Q!pass", "z7Q!pass"),
        ("credentials are deploy:z7Q!pass", "z7Q!pass"),
        ("Compte de test : demo / Demo2024!", "Demo2024!"),
        ("connecte-toi avec admin / Facture12", "Facture12"),
        ("log in as root with toor42x", "toor42x"),
        ("accès : stagiaire - Ete2025", "Ete2025"),
        ("| compte | mot de passe | Kx9!trame |", "Kx9!trame"),
        ("mot-de-passe: Kx9!trame", "Kx9!trame"),
        ("smtp:\n  user: bot\n  pass: Kx9trame!", "Kx9trame!"),
        ('{"user": "bot", "pass": "Kx9trame"}', "Kx9trame"),
        ("passe : Kx9trame", "Kx9trame"),
        ("'pass' => 'Kx9trame',", "Kx9trame"),
        ("define('DB_PASSWORD', 'Kx9trame');", "Kx9trame"),
        ("CREATE USER bot IDENTIFIED BY 'Kx9trame';", "Kx9trame"),
        ("ALTER ROLE bot WITH PASSWORD 'Kx9trame';", "Kx9trame"),
        ("machine ftp.acme.fr login bot password Kx9trame", "Kx9trame"),
        ("jdbc:mysql://db/x?user=bot&password=Kx9trame&ssl=true", "Kx9trame"),
        ("Uid=bot;Pwd=Kx9trame;", "Kx9trame"),
        ("pwd= Kx9trame", "Kx9trame"),
        ("Passwort: Kx9trame", "Kx9trame"),
        ("contraseña: Kx9trame", "Kx9trame"),
        ("Le code du portail : 4821B", "4821B"),
        ("code porte A4821", "A4821"),
        ("code parking 48B21", "48B21"),
        ("The gate code is 4821.", "4821"),
        ("login/pass recette : mkerviel/Boussole_7", "Boussole_7"),
        ("identifiant/mot de passe de l’été : mkerviel / Boussole_7", "Boussole_7"),
        ("te loguer avec mkerviel + Boussole_6", "Boussole_6"),
        ("(user afabre, pass Zinc-Zebre2)", "Zinc-Zebre2"),
    ],
)
def test_password_is_found_however_it_is_told(found: Find, text: str, value: str):
    assert ("password", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The password field is masked.",
        "A password manager is recommended.",
        "the password policy is strict",
        "Password manager: Bitwarden",
        "le champ mot de passe est masqué",
        "mot de passe : masqué",
        "Password: changeme",
        "Le gestionnaire de mots de passe est installé.",
        "identifiants : nom / prénom",
        "login: email / téléphone",
        "Login Google / OAuth2",
        "login / logout",
        "login page: https://acme.fr/login",
        "user: alice / role: admin",
        "accès : lundi - vendredi",
        "compte : 512 / 401",
        "account: checking / savings",
        "use OAuth2 to log in",
        "use SSO to sign in",
        "use bob42@acme.fr to log in",
        "utilise ton badge pour te connecter",
        "use psycopg2 to connect",
        "email is the username, not the password",
        "UTF-8 is the password encoding",
        "pass: 12, fail: 3",
        "pass=True",
        "la passe : décisive",
        "the first pass: ok",
        "fields = ['password', 'email']",
        "code de la page 1234",
        "login: ${USER} / ${PASS}",
        "user: str / None",
        "username:password",
        "session: 10:30 - 12:00",
        "Connexion : fibre / 5G",
        "access: read / write",
        "Auth: Bearer / Basic",
        "le code du projet est en Rust",
        "le compte de tests, pass 12-3 en échec",
        "login + logout",
        "accès : fibre + 5G",
    ],
)
def test_what_is_told_about_accounts_is_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "password"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("avec admin / automate1 sur l'IHM", "automate1"),
        ("root/Gr0use-moor on the controller", "Gr0use-moor"),
        ("Administrateur / Été2031!", "Été2031!"),
        ("le mdp du compte build, je l'ai mis à Granit.2040", "Granit.2040"),
        ("quand il demande le mot de passe, tape Obsidienne3 puis Entrée", "Obsidienne3"),
        ("I changed the root password, I set it to Heron=Pond2.", "Heron=Pond2"),
        ("le mot de passe du wifi c'est coquelicot tout en minuscules", "coquelicot"),
    ],
)
def test_password_that_is_told_without_a_sign(found: Find, text: str, value: str):
    assert found(text) == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "admin/index2.html, root/usr2/bin, operator/handbook.md, admin/api-v2",
        "chown root:docker2 x ; admin:group12",
        "Le mot de passe est remis à zéro. Le mdp a été mis à jour.",
        "I set it to true, then we changed it to Python3",
    ],
)
def test_what_is_told_of_no_password(found: Find, text: str):
    assert found(text) == []
