"""French, as it is written in Ontario and Quebec: what the finders know of it beside ages and people."""

from directory.rules.reading.languages.french_ages import AGES
from directory.rules.reading.languages.french_people import CONDITIONS, PEOPLE
from directory.rules.reading.languages.pack import Language, MoneyWords, PaperWords, PlaceWords, ReferralWords, pattern, words_of
from directory.rules.reading.phrases import Phrases

_SUM = r"(?P<amount>\d{1,3}(?:[  .]\d{3}){1,2}|\d{3,7})(?!\d)(?:,\d\d)?[  ]?(?P<currency>\$ ?CA\b|\$|dollars)(?P<thousand>(?!))?"


MONEY = MoneyWords(
    percent=pattern(
        r"(?<![\d.])(?P<percent>\d{2,3}) ?(?:%|pour cent|p\. ?100) (?:du |de la |des )?"
        r"(?P<of>seuils? de (?:faible revenu|pauvreté)|sfr\b|mesure du panier de consommation|mpc\b|revenu médian)"
    ),
    standards=(
        (pattern(r"médian"), "ami"),
        (pattern(r"panier|mpc"), "ca_mbm"),
        (pattern(r"seuil|sfr"), "ca_lico"),
    ),
    below_line=(
        (
            pattern(
                r"\b(?:inférieurs? à|sous|en dessous de|au-dessous de|moins que)(?: la| le)? (?:mesure du panier de consommation(?: \(mpc\))?|mpc\b)"
            ),
            "ca_mbm",
        ),
        (
            pattern(
                r"\b(?:inférieurs? (?:à|au|aux)|sous|en dessous du|au-dessous du)(?: le| les)? (?:seuils? de faible revenu(?: \(sfr\))?|sfr\b)"
            ),
            "ca_lico",
        ),
    ),
    amount=pattern(_SUM),
    speaks_of_income=pattern(r"\brevenus?\b|\bgagn(?:e|ent|ant|er)\b|\bsalaires?\b"),
    periods=(
        (pattern(r"^[^.;]{0,12}?\bpar mois\b|^ ?/ ?mois|\bmensuels?\b"), "month"),
        (pattern(r"^[^.;]{0,12}?\bpar semaine\b|\bhebdomadaires?\b"), "week"),
        (pattern(r"^[^.;]{0,12}?\bpar (?:an|année)\b|^ ?/ ?an|\bannuels?\b"), "year"),
    ),
    inclusive=pattern(
        r"\b(?:égal à|dépass\w{1,4} pas|n['’]excéd\w{1,4} pas|n['’]excède pas|maximum de|maximal de|jusqu['’]à|au plus|pas plus de|plus haut que)(?: les)? ?$"
    ),
    under=pattern(r"\b(?:inférieurs? à|moins de|sous|en dessous de|en bas de)(?: les)? ?$"),
    over=pattern(r"\b(?:supérieurs? à|plus de|au moins|minimum de)(?: les)? ?$"),
    no_income=pattern(r"\b(?:frais|coût|loyer|dépôt|subvention|prêt|payer|crédit)(?: est| de| d['’]un| maximum| jusqu['’]à){0,2} ?$"),
)

PLACES = PlaceWords(
    before=Phrases(
        {
            "dessert|desservant|desservent la|le|les|l'?": "",
            "résidant|résident|résidents|résidentes|résidence à|au|aux|en|de|du|dans|des|sur la|le|les|l'?": "",
            "habitant|habitent|habiter|habite|habitants à|au|aux|en|de|du|dans|des|sur? la|le|les|l'?": "",
            "vivant|vivent|vivre|vit à|au|aux|en|dans|sur la|le|les|l'?": "",
            "demeurant|demeurer|demeurent|domiciliées|domiciliés à|au|aux|en|dans|sur la|le|les|l'?": "",
            "familles|personnes|aînés|citoyens|population|gens|jeunes|clientèle|femmes|ménages de|du|des la|l'?": "",
            "dessert|desservant la|les population|résidents|citoyens|familles de|du|des|d' la|l'?": "",
            "territoire desservi ?:?": "",
        }
    ),
    of_people=words_of("revenu revenus résidents citoyens"),
    inside=words_of("de du à en dans"),
    after=frozenset(),
    residents=frozenset(),
    common=words_of(
        "région régions ville villes municipalité municipalités mrc comté comtés quartier quartiers arrondissement arrondissements secteur secteurs "
        "code codes postal postaux environs alentours centre-ville territoire district districts nord sud est ouest grand grande conseil scolaire canton "
        "cantons rive"
    ),
    numbered=words_of("district secteur quartier zone"),
    between=words_of("et ou de du des la le les l' d' , & / en à - ."),
    skipped=words_of("la le les l' population résidents résidentes citoyens citoyennes familles personnes de du des territoire"),
    not_places=words_of(
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
        "preuve personne personnes femmes hommes clsc vih dpj inuits métis premières nations ontario_au_travail alzheimer sida avoir être"
    ),
    phrases=Phrases({"résidents seulement": "area~", "citoyens|résidents du|de secteur|quartier": "area~"}),
    distance=pattern(r"\bdans un rayon de \d{1,3}(?:,\d)? (?:km|kilomètres?|minutes)\b"),
)

PAPERS = PaperWords(
    codes=Phrases(
        {
            "pièce|pièces|carte|preuve d'identité": "photo_id",
            "pièce|pièces d'identité avec photo": "photo_id",
            "permis de conduire": "photo_id",
            "preuve|preuves d'adresse|de résidence?": "proof_of_address",
            "preuve|preuves de résidence|domicile": "proof_of_address",
            "preuve|preuves|justificatif de revenu|revenus": "proof_of_income",
            "talons|talon|relevé de paie|paye|salaire": "proof_of_income",
            "certificat|acte de naissance": "birth_certificate",
            "numéro|carte d'assurance sociale": "social_security_card",
            "carte santé|soleil|ramq": "health_card",
            "carte d'assurance maladie": "health_card",
            "carte d'assurance-maladie": "health_card",
            "carte de la ramq": "health_card",
            "preuve|preuves|carnet|certificat de|d' vaccination|immunisation": "immunization_record",
            "bulletin|bulletins|relevé scolaire|notes|de": "school_record",
            "preuve|attestation de handicap|d'invalidité": "proof_of_disability",
            "lettre|formulaire de référence|recommandation": "referral_letter",
            "certificat|dossier|billet|attestation médical|médicale": "medical_record",
            "billet|note|lettre du|d'un médecin": "medical_record",
            "bail": "lease",
            "facture|factures d'électricité|d'hydro|de services? publics?": "utility_bill",
            "relevé|relevés bancaire|bancaires": "bank_statement",
            "avis de cotisation": "tax_return",
            "déclaration de revenus|d'impôt": "tax_return",
            "avis d'expulsion|d'éviction": "eviction_notice",
            "ordonnance de la? cour|tribunal": "court_papers",
            "ordonnance du tribunal": "court_papers",
            "jugement|papiers de garde": "custody_papers",
            "documents|papiers d'immigration|de statut?": "status_papers",
            "preuve|preuves de citoyenneté|statut": "status_papers",
            "carte de résident permanent": "status_papers",
            "carte d'assurance": "insurance_card",
        }
    ),
    asks=pattern(
        r"(?:\b(?:apport\w{1,4}|présent\w{1,4}|exig\w{1,5}|requis\w{0,2}|obligatoires?|nécessaires?|fournir|fournissez|demand\w{1,4}|avoir|preuves?|doit|"
        r"doivent|avec|documents?)\b)"
    ),
    none=pattern(
        r"\b(?:aucune?|sans|pas de|pas d['’]) ?(?:documents?|papiers?|pièces?(?: d['’]identité)?|cartes? d['’]identité)(?: n['’]est)?"
        r"(?: (?:demandée?s?|requis\w{0,2}|exigée?s?|nécessaires?))?"
    ),
    unasked_before=pattern(r"\b(?:aucune?|sans|pas de|pas d['’]|obtenir|demande d['’]une?|remplacer)(?: \w{2,12}){0,2} ?$"),
    unasked_after=pattern(r"^(?: \w{2,12}){0,2} (?:non|pas) (?:requis|exig|nécessaire|obligatoire)|^ n['’]est pas"),
    helpful=pattern(r"\b(?:si possible|utiles?|de préférence|souhaitée?s?|suggérée?s?)\b"),
)

_REFERRAL = r"(?:références?|recommandations?|aiguillages?|orientations?)"

REFERRAL = ReferralWords(
    needed=pattern(
        rf"\bsur {_REFERRAL}|\b{_REFERRAL} (?:obligatoires?|requises?|requis|nécessaires?|exigées?|exigés?)|"
        rf"\b{_REFERRAL} (?:d['’]|du |de |par )|\b(?:référée?s?|aiguillée?s?|recommandée?s?|orientée?s?) par\b"
    ),
    by_oneself=pattern(r"\bauto-?(?:références?|aiguillages?|recommandations?|orientations?)\b|\bse référer (?:soi|elles?|eux)-mêmes?\b"),
    not_needed=pattern(rf"\b(?:aucune?|sans|pas besoin de|pas de) {_REFERRAL}(?: (?:n['’]est )?(?:requise?|nécessaire|exigée?))?"),
    sources=Phrases(
        {
            "médecin|médecins|psychiatre|psychiatres|docteur|pédiatre|omnipraticien": "physician",
            "médecin de famille": "physician",
            "professionnel|professionnels|professionnelle de la santé": "physician",
            "infirmière praticienne": "physician",
            "hôpital|hôpitaux": "hospital",
            "école|écoles|enseignant|enseignants|commission scolaire": "school",
            "travailleur|travailleuse|travailleurs social|sociale|sociaux": "social_worker",
            "intervenant|intervenante|intervenants|intervenant social": "case_manager",
            "gestionnaire de cas": "case_manager",
            "police|policier|policiers": "police",
            "tribunal|cour|juge|agent|agente de probation": "court",
            "refuge|refuges": "shelter",
            "clsc|organisme|organismes|agence|cisss|ciusss|cas|dpj|partenaire|partenaires": "agency",
            "conseil de bande": "band_office",
            "auto-référence": "self",
        }
    ),
    names_self=pattern(r"auto|même"),
    welcome=pattern(r"\bacceptée?s?\b|\bpossible\b|\bpeut\b|\bpeuvent\b"),
)

FRENCH = Language(
    code="fr",
    people=Phrases(PEOPLE),
    conditions=Phrases(CONDITIONS),
    heads=words_of(
        "personnes personne gens individus adultes adulte femmes hommes enfants jeunes aînés aînées proches parents familles clientèle ceux celles élèves "
        "étudiants usagers patients victimes survivantes survivants prestataires être"
    ),
    links=words_of(
        "avec ayant ont vivant vivent atteintes atteints atteinte souffrant aux en de d' présentant présentent victimes prises ou du à l'"
    ),
    strong_links=Phrases(
        {
            "vivant|vivent avec": "",
            "atteintes|atteints|atteinte de|d'|du": "",
            "souffrant|souffrent de|d'|du": "",
            "aux prises avec": "",
            "ayant": "",
            "présentant": "",
            "victimes|survivants|survivantes|victime de|d'": "",
            "survivantes et survivants de|d'": "",
            "prestataires|prestataire|bénéficiaires de|d'|du l'?": "",
            "en situation de|d'": "",
        }
    ),
    between=words_of(
        "un une des de d' du la le les l' à aux au et ou , / problème problèmes trouble troubles grave graves sévère sévères légère premier première "
        "épisode actif active diagnostic histoire antécédents comme ainsi que maladie maladies limitation perte personne"
    ),
    recipients=frozenset(),
    inside_names=words_of("de du des la le les l' d' et & aux au"),
    organization=words_of(
        "centre maison mission église société services service fondation association réseau coalition clinique bureau ministère loi règlement hôpital "
        "bibliothèque institut ligue conseil comité école écoles université collège club armée refuge équipe statistique aide banque moisson"
    ),
    or_words=words_of("ou et/ou"),
    and_words=words_of("et & / ainsi que"),
    passed_over=words_of("un une des de d' du la le les l' à aux au leurs leur aussi pour l autres même membres être"),
    soft=pattern(
        r"\b(?:priorité|en priorité|prioritairement|priorise|prioritaires?|de préférence|préférence|surtout|principalement|particulièrement|"
        r"spécialement)\b"
    ),
    soft_after=pattern(r"^[^.;]{0,24}\b(?:prioritaires?|en priorité|ont priorité|ont la priorité)\b"),
    not_before=pattern(
        r"(?:\b(?:(?:ne |n['’])(?:dessert|sert|accept\w{1,4}|accueill\w{1,4}|est|s['’]adresse|sont|reçoit)(?: pas)(?: offert| ouvert| destiné| accessible)?|"
        r"sauf|excepté|à l['’]exception|à l['’]exclusion|excluant|exclut)(?: les?| la| des?| aux?| pour| à| personnes){0,4}(?: d['’]| l['’])?) ?$"
    ),
    not_after=pattern(r"^ (?:sont |est |seront )?(?:exclue?s?|refusée?s?)\b|^ (?:ne sont|ne peuvent|n['’]est) pas\b"),
    whatever=pattern(
        r"\b(?:peu importe|quel(?:le)?s? que soi(?:t|ent)|sans égard (?:au?|à)|indépendamment de|sans distinction d[eu]|aucune?|sans limite de|sans)"
        r"(?: leur| le| la| les| l['’]| votre| statut d['’]| limite d['’]){0,2} ?$"
    ),
    aside=pattern(
        r"(?:^ ?(?:offre aussi|offre également|également|aussi|de plus|financé)\b|\by compris (?:les|des|ceux|celles)\b|\bpar exemple\b|\bnotamment\b)"
    ),
    aside_after=pattern(r"^[^.;]{0,40}\b(?:doit|doivent) être accompagnée?s?\b"),
    open_to_all=pattern(
        r"\b(?:ouverte?s? à (?:tous|toutes|tout le monde|toute la population|la population)|accessibles? à tous|(?:tous|toutes) sont (?:les )?bienvenue?s|"
        r"pour tous\b(?! les)|grand public|tout le monde est (?:le )?bienvenu|admissibilité ?: tous|aucun critère d['’](?:admission|admissibilité))"
    ),
    each_of=pattern(r"\b(?:doit|doivent|devez)\b|^ ?(?:être|avoir)\b|\bqui (?:sont|ont)\b"),
    must=pattern(r"\b(?:doit|doivent|devez|il faut|être prête?s?|capables? de|exigée?s?|obligatoires?|s['’]engager)\b"),
    must_not_count=pattern(
        r"\b(?:rendez-vous|appel\w{1,4}|téléphon\w{1,4}|courriel|inscri\w{1,7}|réserv\w{1,6}|horaires?|en ligne|arriv\w{1,4}|site web|formulaire)\b"
    ),
    age_classes={
        **dict.fromkeys(("enfant", "nourrisson", "bebe", "poupon", "tout-petit", "bambin"), "children"),
        **dict.fromkeys(("jeune", "adolescent", "ado"), "youth"),
        **dict.fromkeys(("aine", "personnes ag", "personne ag", "personnes ain", "personne ain"), "seniors"),
        "adulte": "adults",
    },
    ages=AGES,
    money=MONEY,
    places=PLACES,
    papers=PAPERS,
    referral=REFERRAL,
)
