"""First and last names that are common where the directory is used, and capital letters that are none.

No word here is an ordinary word in English, French or Spanish, so that one is taken for a name in small letters, too. Without accents.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _words("""
    aaliyah aaron abdi abdul abdullah abigail abraham adam adriana agnes ahmad ahmed aicha aisha alain alan alejandra
    alejandro alexandra alexandre alfredo ali alice alicia alison amanda amina amir amy ana andre andrea andres andrew angela
    angelica anita anna anne annie antoine antonio arjun arthur asha ashley audrey aurelie ayesha barbara beatriz ben benjamin
    bernard beth bob bonnie brandon brenda brian bruno camille carla carlos carmen caroline catherine cecile cedric chantal
    charles cheryl chloe chris christina christine christophe christopher claude claudia colette craig cynthia daniel daniela
    danielle david deborah deepak denise dennis derek diana diane diego dmitri donald donna doris douglas edgar eduardo edward
    elena elias elizabeth emily emma emmanuel enrique eric erica ernesto esteban estelle ethan eva evelyn fabien fadumo fatima
    fatou felipe fernanda fernando francis francisca francisco francois francoise frozenset( gabriel gabriela genevieve george
    gerard gerardo gilles gladys gonzalo greg gregory guillaume guillermo gurpreet gustavo harold harpreet hassan heather hector
    helen helene henri henry herve hugo hussein ian ibrahim ines irene isaac isabel isabelle ismail ivan jacob jacqueline jacques
    jaime james jamila jane janet janice jason javier jean-paul jean-pierre jeanne jeff jeffrey jennifer jeremy jerome jerry
    jessica jesus jim joan joanne joaquin joe joel johanne john jonathan jorge jose josee joseph josephine joshua juan juana
    judith judy julia julian julie julien justin karen karim karine katherine kathleen kathy katie keith kelly ken kenneth kevin
    khadija khalid kyle larry laura lauren laurence laurent layla leila leonardo liam liliana lise logan lorena lorraine louis
    louise luc lucas lucia lucie luis luisa lynn manuel manuela marc marcel marcos margaret maria mariam mariana marie marilyn
    mario marjorie martha martin martine mathieu matthew maurice mehmet melanie melissa michael michel michele michelle miguel
    mikhail mila mohamed mohammad mohammed monica monique mustafa myriam nadia nadine nancy natalia natalie nathalie nathan
    nicholas nicolas nicole noah noemi nora olga olivia omar oscar pablo pamela paola pascale patricia patrick paul paula pauline
    pedro peter philip philippe phyllis priya rachel rafael rajesh ralph ramon randy raquel raul rebecca rene renee ricardo
    richard robert roberto rodrigo roger roland ronald roxanne ruben russell ruth ryan sabrina salma samantha samir samuel sandra
    sara sarah scott sean sebastien serge sergio shannon sharon sheila shirley silvia simon simone sofia sonia sophia sophie stacy
    stephane stephanie stephen steve steven sunita susan susana suzanne sylvain sylvie tamara tammy tania tanya teresa terry
    theresa thierry thomas tim timothy tina todd tom tommy tracy tyler valerie vanessa veronica vincent vladimir walter wanda
    wayne wendy william xavier yasmin yolanda yusuf yvette yvonne zachary zahra zainab
    bouchard boucher cohen diaz fernandez gagnon garcia gauthier gomez gonzalez gutierrez hernandez johnson kaur khan kowalski
    lavoie lopez martinez morin muhammad nguyen ouellet patel pelletier perez ramirez rodriguez sanchez singh smith tremblay
    williams wilson
""")  # fmt: skip

NO_NAMES = _words("""
    i god christmas easter ramadan eid diwali hanukkah internet covid english french spanish monday tuesday wednesday thursday
    friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april may june july august september october november december black indigenous
    inuit metis nation nations first aboriginal cree ojibwe algonquin mohawk muslim christian jewish hindu sikh catholic deaf
    braille canadian american ukrainian syrian afghan haitian somali ethiopian eritrean mexican venezuelan colombian indian
    chinese canada states united ontario quebec europe africa asia medicaid medicare monsieur madame
""")  # fmt: skip
