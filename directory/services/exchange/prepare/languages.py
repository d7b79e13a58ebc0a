"""Names of languages, as listings write them in English, French and Spanish, to BCP 47 codes."""

import re

_NAMES = """
aa: afar | afar | afar
ab: abkhazian | abkhaze | abjasio
af: afrikaans
ak: akan, twi | akan, twi | akan
am: amharic | amharique | amárico
ar: arabic | arabe | árabe
as: assamese
az: azerbaijani, azeri | azéri | azerí
be: belarusian | biélorusse | bielorruso
bg: bulgarian | bulgare | búlgaro
bn: bengali, bangla | bengali | bengalí
bo: tibetan | tibétain | tibetano
bs: bosnian | bosniaque | bosnio
ca: catalan | catalan | catalán
cr: cree | cri | cree
cs: czech | tchèque | checo
cy: welsh | gallois | galés
da: danish | danois | danés
de: german | allemand | alemán
dz: dzongkha
ee: ewe | éwé | ewé
el: greek | grec | griego
en: english | anglais | inglés
es: spanish, castilian, espanol | espagnol | español
et: estonian | estonien | estonio
eu: basque | basque | vasco, euskera
fa: farsi, persian | persan, farsi | persa, farsi
prs: dari | dari | dari
ff: fulani, fulah, pulaar | peul | fula
fi: finnish | finnois | finés
fil: filipino | filipino | filipino
fr: french | français | francés
ga: irish, irish gaelic | irlandais | irlandés
gd: scottish gaelic, gaelic
gn: guarani | guarani | guaraní
gu: gujarati | gujarati, goudjarati | guyaratí
ha: hausa | haoussa | hausa
haw: hawaiian
he: hebrew | hébreu | hebreo
hi: hindi | hindi | hindi
hmn: hmong | hmong | hmong
hr: croatian | croate | croata
ht: haitian creole, haitian, creole, kreyol, kreyòl | créole haïtien, créole | criollo haitiano
hu: hungarian, magyar | hongrois | húngaro
hy: armenian | arménien | armenio
id: indonesian, bahasa indonesia | indonésien | indonesio
ig: igbo, ibo | igbo | igbo
is: icelandic | islandais | islandés
it: italian | italien | italiano
iu: inuktitut | inuktitut | inuktitut
ja: japanese | japonais | japonés
ka: georgian | géorgien | georgiano
kar: karen | karen | karen
kk: kazakh | kazakh | kazajo
km: khmer, cambodian | khmer, cambodgien | jemer, camboyano
kn: kannada | kannada | canarés
ko: korean | coréen | coreano
kri: krio
ku: kurdish | kurde | kurdo
kmr: kurmanji, northern kurdish
ckb: sorani, central kurdish
ky: kyrgyz | kirghize | kirguís
la: latin
lb: luxembourgish
ln: lingala | lingala | lingala
lo: lao, laotian | laotien, lao | lao, laosiano
lt: lithuanian | lituanien | lituano
lv: latvian | letton | letón
mam: mam
mi: maori, māori
mk: macedonian | macédonien | macedonio
ml: malayalam | malayalam | malabar
mn: mongolian | mongol | mongol
mr: marathi | marathi | maratí
ms: malay | malais | malayo
mt: maltese | maltais | maltés
my: burmese | birman | birmano
ne: nepali | népalais, népali | nepalí
nl: dutch, flemish | néerlandais | neerlandés, holandés
no: norwegian | norvégien | noruego
nv: navajo, diné | navajo | navajo
ny: chichewa, nyanja
oj: ojibwe, ojibwa, ojibway, anishinaabemowin | ojibwé | ojibwa
om: oromo | oromo | oromo
or: odia, oriya
pa: punjabi, panjabi | pendjabi, panjabi | panyabí, punjabi
pl: polish | polonais | polaco
ps: pashto, pushto | pachto | pastún
pt: portuguese | portugais | portugués
qu: quechua | quechua | quechua
rn: kirundi, rundi | kirundi | kirundi
ro: romanian, moldovan | roumain | rumano
rom: romani
ru: russian | russe | ruso
rw: kinyarwanda | kinyarwanda | kinyarwanda
sd: sindhi
si: sinhala, sinhalese | cinghalais | cingalés
sk: slovak | slovaque | eslovaco
sl: slovenian, slovene | slovène | esloveno
sm: samoan | samoan | samoano
sn: shona | shona | shona
so: somali | somali | somalí
sq: albanian | albanais | albanés
sr: serbian | serbe | serbio
sv: swedish | suédois | sueco
sw: swahili, kiswahili | swahili | suajili
ta: tamil | tamoul | tamil
te: telugu | télougou | telugu
th: thai | thaï | tailandés
ti: tigrinya | tigrigna, tigrinya | tigriña
tl: tagalog | tagalog | tagalo
to: tongan
tr: turkish | turc | turco
ug: uyghur, uighur | ouïgour | uigur
uk: ukrainian | ukrainien | ucraniano
ur: urdu | ourdou | urdu
uz: uzbek | ouzbek | uzbeko
vi: vietnamese | vietnamien | vietnamita
wo: wolof | wolof | wólof
xh: xhosa
yi: yiddish | yiddish | yidis
yo: yoruba | yoruba | yoruba
yue: cantonese | cantonais | cantonés
zh: chinese | chinois | chino
cmn: mandarin, mandarin chinese | mandarin | mandarín
nan: taiwanese, hokkien, fukienese
zu: zulu | zoulou | zulú
ase: asl, american sign language | langue des signes américaine | lengua de señas americana
fcs: lsq, quebec sign language | langue des signes québécoise
bfi: bsl, british sign language
"""

_SPLIT = re.compile(r"[|,]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_ASIDE = re.compile(r"\s*[(\[/].*$")
_THREE_TO_TWO = {
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "ara": "ar", "zho": "zh", "chi": "zh", "vie": "vi", "rus": "ru", "kor": "ko",
    "deu": "de", "ger": "de", "ita": "it", "por": "pt", "pol": "pl", "hin": "hi", "urd": "ur", "pan": "pa", "tgl": "tl", "som": "so",
    "ukr": "uk", "fas": "fa", "per": "fa", "jpn": "ja", "hat": "ht", "amh": "am", "tir": "ti", "swa": "sw", "ben": "bn", "guj": "gu",
    "tam": "ta", "tur": "tr", "ell": "el", "gre": "el", "heb": "he", "khm": "km", "lao": "lo", "mya": "my", "nep": "ne", "nld": "nl",
}  # fmt: skip


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        code, names = line.split(":", 1)
        for name in _SPLIT.split(names):
            if name.strip():
                table.setdefault(name.strip(), code)
    return table


CODE_OF_NAME = _table()
CODES = frozenset(CODE_OF_NAME.values())


def language_code(code: str | None, name: str | None) -> str | None:
    """The code of a language from what a feed says its code and name are; None when neither is understood.

    A code counts before a name; "English (interpreter)" is English.
    """
    if code:
        tidy = code.strip()
        if _CODE.match(tidy) and tidy.lower() != "und":
            first, _, rest = tidy.partition("-")
            short = _THREE_TO_TWO.get(first.lower(), first.lower())
            if short in CODES or len(first) <= 3:
                return f"{short}-{rest}" if rest else short
    if not name:
        return None
    plain = name.strip().lower()
    return CODE_OF_NAME.get(plain) or CODE_OF_NAME.get(_ASIDE.sub("", plain)) or (plain if plain in CODES else None)
