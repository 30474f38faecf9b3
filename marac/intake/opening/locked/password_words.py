"""How people speak of a password in a mail: the words that name one, promise one, or ask for one."""

import re

NAMED = re.compile(
    r"""(?<![\w-])(?:
        pass[ -]?words? | pass[ -]?phrases? | pass[ -]?codes? | pass[ -]?keys? | p/w | pwd? | pass(?=\s*[:=])
      | (?:access|unlock(?:ing)?|opening|security|decryption|encryption)[ ](?:code|key|word)
      | pin(?:[ ](?:code|number))?(?=\s*(?:[:=]|is\b|for\b|to\b)) | code[ ]?word | key[ ]?word
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A word for a password."""

SPOKEN_OF = re.compile(
    r"[ -]?(?:protect|reset|expir|polic|manager|hint|chang|requir|need|encrypt|lock|prompt|box|field|screen|age\b)",
    re.IGNORECASE,
)
"""What follows the word where it is not a password that is told: `password protected`, `password reset`."""

PROMISED = re.compile(
    r"""\b(?: (?:will|shall|would|to|'ll|going[ ]to|about[ ]to)[ ](?:then[ ]|also[ ])?follow
      | follow(?:s|ing)?[ ](?:in|by|under|on|shortly|separately|later|via)
      | (?:will|shall|'ll|going[ ]to|about[ ]to|is|are|being|to)[ ](?:then[ ]|also[ ]|now[ ])?(?:be[ ]|being[ ])?(?:
            sen[dt]|sending|text\w*|e-?mail\w*|r[iu]ng|call\w*|phon\w+|telephon\w+|provid\w+|giv\w+|suppl\w+
          | forward\w*|shar\w+|disclos\w+|communicat\w+|pass(?:ed)?[ ]on|let[ ]you|available|on[ ]its[ ]way)
      | separate(?:ly)?\b (?!\s*[:=-]) | under[ ]separate[ ]cover
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A password that comes another way, or later."""

ASKED = re.compile(
    r"""\b(?: forg[eo]t\w* | reset\w* | expir\w+ | never | do(?:es)?[ ]not | do(?:es)?n.t | cannot | can.t | unable
      | wrong | incorrect | missing | let[ ]me[ ]know | what(?:[ ]i|.)s | need
      | (?:ring|call|phone|telephone|contact|e-?mail|text|ask)[ ](?:me|us|our|the|my|on|him|her|them|reception)\b
      | (?:send|resend|tell|give|text|e-?mail)[ ](?:me|us)[ ](?:the|a|your) | (?:can|could|would|will)[ ](?:you|someone)
      | i(?:[ ]will|.ll|[ ]shall|[ ]am[ ]going[ ]to|.m[ ]going[ ]to)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A password that is asked for, lost, or not to be passed on."""

NO_PASSWORD = frozenset(
    """
    a about above account after all already also always an and any are as asked at attached available based because been
    before being below between both but by can case changed confidential contained correct could did different do does
    easy either email emailed encrypted enclosed ever expected expired fine follow following follows for from generated
    given going good had has have he her here hers him his how i if in included incorrect invalid is it its just kept
    known later less like lost made me mentioned mine missing more my necessary need needed never new no none not now of
    off ok on one only open or our ours out over own per please private protected protecting provided quoted received
    required reset right safe same secret secure sensitive sent separate separately set she shared should shown simple
    simply so stated still strong such supplied temporary texted than thank thanks that the their them then there these
    they this those three to today tomorrow too two under unique unknown unless until up us used usual valid very via was
    we weak were what when where which who why will with within without wrong yes yet you your yours
    regards kind hi hello dear sincerely many best see tbc tba ask call ring discussed agreed text message n/a
    """.split()  # noqa: SIM905 - a page of words reads better than a list of strings
)
"""Words that nobody's password consists of where it stands unquoted in a sentence."""

PROGRAM = re.compile(
    r"7-?zip|win(?:zip|rar)\d*|aes-?\d*|(?:ms-?)?(?:office|word|excel|outlook)-?\d*|[om]365|libreoffice|adobe|acrobat|"
    r"gpg4win|s/mime|openpgp|pgp/mime|kleopatra|egress|cjsm|tls[\d.]*|sha-?\d+",
    re.IGNORECASE,
)
"""What a file is opened or sealed with that is no password."""

ENDS_A_MAIL = re.compile(
    r"^\W*(?:(?:kind|best|warm|many)\s+(?:regards|wishes|thanks)|regards|thanks|thank you|yours|sincerely|cheers|hi|"
    r"hello|dear|good (?:morning|afternoon)|sent from)\b",
    re.IGNORECASE,
)
"""A line of greeting or farewell."""

SMALL_PRINT = re.compile(
    r"""^\W{0,20}(?: (?:this|the[ ]information[ ]in[ ]this)[ ](?:e-?mail|message|communication|transmission)\b
          .{0,200}(?:confidential|intended|privileged|sent|virus|may[ ]contain)
      | (?:confidentiality|legal|privacy|security)[ ](?:notice|note|statement|disclaimer) | disclaimer\b | please[ ]consider[ ]the[ ]env
      | if[ ]you[ ](?:have[ ]received|are[ ]not[ ]the[ ](?:intended|victim))
    )|^--[ ]?$|^\W{0,20}[*_=#-]{5,20}\W{0,20}(?:this|confidential|disclaimer|\w+[ ]\w+[ ]\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A line from which on a mail has only its small print, or the signature."""
