"""Closed lists of activities, NAF rév. 2, that Sirene's counts stand on."""

# Insee's sections B to E.
INDUSTRY = tuple(f"{division:02d}" for division in range(5, 40))

# Shops of daily life, the portal's own list: the press's list of « 2 549 commerces » is not known.
SHOPS = (
    "10.13B",  # charcuterie
    "10.71B",  # cuisson de produits de boulangerie
    "10.71C",  # boulangerie et boulangerie-pâtisserie
    "10.71D",  # pâtisserie
    "47.11A",  # produits surgelés
    "47.11B",  # alimentation générale
    "47.11C",  # supérettes
    "47.11D",  # supermarchés
    "47.21Z",  # fruits et légumes
    "47.22Z",  # viandes
    "47.23Z",  # poissons
    "47.24Z",  # pain, pâtisserie, confiserie
    "47.25Z",  # boissons
    "47.26Z",  # tabac
    "47.29Z",  # autre alimentation spécialisée
    "47.61Z",  # livres
    "47.62Z",  # journaux et papeterie
    "47.71Z",  # habillement
    "47.72A",  # chaussures
    "47.73Z",  # pharmacie
    "47.76Z",  # fleurs, plantes, animaux
    "47.81Z",  # marchés, alimentation
    "47.82Z",  # marchés, habillement
    "47.89Z",  # marchés, autres
    "56.10A",  # restauration traditionnelle
    "56.10C",  # restauration rapide
    "56.30Z",  # débits de boissons
    "95.23Z",  # chaussures et cuir, réparation
    "96.01B",  # blanchisserie de détail
    "96.02A",  # coiffure
    "96.02B",  # soins de beauté
)
