"""What the notes of the village say, apart from who says it where."""

from __future__ import annotations

LONG_TEXT = """<p>Les trois premiers mois d’un bail sont les plus fragiles. À la coop, nous avons remplacé la
remise des clés par une visite d’accueil en trois temps, étalée
sur six semaines. Depuis, les ruptures de bail avant un an ont diminué de moitié.</p>
<h2>Ce que nous faisons</h2><ol><li>Une visite avant l’emménagement, pour les clés et les compteurs.</li><li>Un café deux semaines
plus tard, avec une voisine ou un voisin bénévole.</li><li>Un appel à six semaines : qu’est-ce qui cloche encore ?</li></ol>
<blockquote><p>« On m’a demandé ce qui n’allait pas avant que j’aie à me plaindre. »</p></blockquote>
<h2>Points de vigilance</h2><p>La visite n’est pas une inspection. Personne ne prend de photos, et rien
n’est noté au dossier sans l’accord de la personne. Prévoir une interprète quand c’est utile.</p><script>alert(1)</script>"""

#: Title and summary of each note.
WORDS = (
    (
        "La visite d’accueil en trois temps",
        "Une visite d’accueil structurée réduit les ruptures de bail dans les premiers mois.",
    ),
    (
        "L’entente de paiement négociée, pas à pas",
        "Comment proposer une entente avant la mise en demeure, avec un modèle de lettre et les mots qui apaisent.",
    ),
    (
        "Ouvrir une rencontre par un tour de météo",
        "Deux minutes par personne, jamais plus : une façon simple de faire entrer tout le monde dans la conversation.",
    ),
    (
        "Des clauses sociales dans les appels d’offres municipaux",
        "Six villes racontent comment elles réservent une part de leurs achats aux entreprises d’économie sociale.",
    ),
    (
        "Keeping tenants: what six cities learned",
        "Lessons on tenant retention from municipal housing offices, with costs and figures.",
    ),
    (
        "Le porte-à-porte qui écoute",
        "Une démarche de quartier en onze rues : ce que les gens ont dit, et ce que la table en a fait.",
    ),
)
