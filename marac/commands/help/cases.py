"""What the help says of cases and of the people in them."""

CASES: dict[str, tuple[str, str]] = {
    "case": ("decide about cases", "What a person decides about a case."),
    "case decide": (
        "keep a decision about a case",
        """\
hear           the case is to be heard, whatever its score
not-heard      the case is not to be heard; the reason is kept, and it can be decided anew
list           the meeting that you name with --meeting hears it: after its cut-off too, and an urgent one
defer          it was not heard, or will not be: it goes to the meeting after
accept         a draft, from the workbook or an old register, is a referral like any other
transfer       another MARAC hears it now: name it with --to
withdraw       the referrer took it back
close          nothing more is to be done; a later referral still finds it
reopen         what was not heard, transferred, withdrawn or closed is open again
same-as        it is of the same couple as OTHER; where both are still to be heard they become one item on the agenda, with
               both referrers named. Where the forms name other people it asks back
not-same-as    it is not the same case as OTHER; you are not asked again, and what was joined stands by itself again""",
    ),
    "case correct": (
        "put right what the register holds of a case",
        """\
Put right one field of a case, when the referrer rang or the form was read wrongly. What stood there stays in the form,
which is kept; who corrected it, when and why is kept with the case, and its flags are worked out anew.""",
    ),
    "case presenter": (
        "name who presents a case instead of its referrer",
        """\
The referrer presents the case, or somebody fully briefed whom you name here for one meeting; the last word counts. Where the
form names no referrer and nobody is named, the agenda says NOBODY PRESENTS IT YET in red. --agency says of which agency they
are: its own agenda then names the case at the top.""",
    ),
    "case conflict": (
        "hold a case back from an agency, or clear it",
        """\
An employee of the agency, or a relative of one, is a party: the case goes to the agency's senior contact (senior in
agencies.toml) alone, at every stage, and where none is named, or it is they, to nobody there. Nothing that the others there
get says that it exists. You are told what went there before. --clear says that there is no conflict: with --person for that
person, without it for the agency for good, whoever reads there later. The last word counts.""",
    ),
    "case bar": (
        "name somebody who must not receive anything about a case",
        """\
Beside the perpetrators on its forms. Whoever receives an agency's documents is held against the name, now and whenever
agencies.toml changes: the very name holds the case back there, and you are asked about a name that is near.""",
    ),
    "case unbar": (
        "lift a barred name",
        "NUMBER is as marac case barred shows it. That it was barred stays on the books.",
    ),
    "case barred": (
        "list who is barred from a case, and where it is held back",
        "Show who must not receive anything about the case, and from which agencies it is held back, with the reasons.",
    ),
    "case holders": (
        "say who holds what of a case",
        """\
List the documents that were sent and show the case, with what has changed since. Those who hold an address or a telephone
number that is not the present one stand first.""",
    ),
    "case told": (
        "note that a victim was told what the meeting came to",
        """\
Note who told the victim, on which day and how, as the referrer or the IDVA reports it after an outcome note. Where the area
owes it to the victim (owed under [outcome] in config.toml), a case asks on the first sheet until this is noted.""",
    ),
    "case evidence": (
        "make a letter of evidence for legal aid, for the chair to sign",
        """\
Make a Word letter that says that the victim was referred as being at risk from one named person, and when the MARAC discussed
it; nothing of what was shared, no address and no reference. It is for the chair to sign, and for the victim's solicitor. A
case that is a draft, withdrawn, not heard or undecided gets none.""",
    ),
    "case story": (
        "show what happened to a case, on one page",
        """\
Show how a case stands, what cannot wait, what people decided and why, what was changed, when, by whom and from where, and
who looked at it. That you looked is noted too.""",
    ),
    "case person": (
        "say whether two people in two cases are one",
        """Keep that somebody in one case is, or is not, somebody in another, such as:

  marac case person M26-0007 perpetrator same-as M26-0003 victim --reason "Police know him." --by "A. Coordinator"
  marac case person M26-0007 perpetrator 2 not-same-as M26-0003 perpetrator --reason "Cousins." --by "A. Coordinator"

A ROLE is victim, perpetrator or child; the NUMBER is needed where the form names several. What you say outranks what
the forms look like, for ever; say the opposite to take it back.""",
    ),
    "conflict": (
        "settle what the workbook and the register say differently",
        "Cells that somebody changed in the workbook and that changed in the register at once.",
    ),
    "conflict show": (
        "show the conflicts that wait for a person",
        "Show each cell with what stood there, what was typed, and what the register holds. It changes nothing.",
    ),
    "conflict settle": (
        "say which side of a conflict is right",
        """\
typed       what was typed into the workbook is right, and goes into the register
register    what the register holds is right, and stays""",
    ),
    "match": (
        "compare lists of people or couples",
        """\
Find who stands in both of two lists, or twice in one, best first, with how likely it is and why in words. The lists are
CSV files with headings: id, case, role, first, last, dob, postcode and whatever else there is (alias, maiden, phone,
address, street, NHS number ...); every one may be missing. Rows with the same case are one couple, with the roles victim
and perpetrator. Nothing is stored or changed: a person looks and decides.""",
    ),
}
