"""Forms of the same name that no rule of spelling finds: one name a line, first names and surnames of many communities.

A short form may stand on several lines (Alex is Alexander and Alexandra). Two names that both stand here, but on no line
together, are different names: Molly and Milly may be sisters, and are never taken for a slip of the pen.
"""

LINES = """\
aaron arron aron
abdul abdal abdel abd abdool
abdullah abdulla abdallah
abigail abi abby abbie abbey gail
adam adem
adeyemi adeyami
adrian ade
agnieszka aga
ahmed ahmad achmed ahmet
aidan aiden aydan
aisha ayesha aysha aicha aishah ayisha
akhtar akhter aktar akter
akhtari
alan allan allen
aleksandra alexandra alex ola sandra sasha lexi
alexander aleksander alexandre alex alec alistair alasdair alastair sandy sasha
ali aly
alice alys
alison allison ali
amelia millie milly mel
amina aminah ameena
amir ameer
andrew andy andre andrzej andrei drew
angela angie ange
ann anne anna annie
anna ania anya ana
ansari ansary
anthea thea
anthony antony tony antoni anton
ayla
barbara barb babs basia
bartholomew bart bartosz bartek
begum begom begam
benjamin ben benny benji
bernadette bernie
bethany beth
bibi
brendan brendon
brian bryan
bridget bridie biddy brigid
bronwen bronwyn
brown browne
byrne burn burns byrnes
caitlin kaitlyn katelyn caitlyn kaitlin
callum calum
cameron cam
carol carole caroline carolyn karolina
catherine katherine kathryn katharine cathryn kathrine catharine kate katie cath kath kathy cathy katy kat kit katarzyna kasia catrin
chan
charles charlie chas chuck karol
charlotte charlie lottie
chaudhry chaudhary choudhury chowdhury chaudry choudhry chaudhri chowdhry
chen
cheryl sheryl
cheung chung
christine christina kristina krystyna chris tina chrissie kirsty kirsten
christopher kristopher chris krzysztof topher kris
chukwuemeka emeka
ciara keira kiera kira
clare claire clair klara
clark clarke clerk
colin collin
connor conor conner
craig kraig
cynthia cindy
daniel danny dan
danielle dani danny
darren daz darryn
david dave davey dai dawid davy
davis davies davys
deborah debra debbie deb debs debora
dennis denis
diane diana dianne di
dominic dominik dom nick
donald don donnie
donna
dorothy dot dottie
douglas doug dougie
edward eddie ed ted teddy ned edwin eduard
eileen aileen
eleanor elinor ellie nell nora
elizabeth elisabeth liz lizzie beth betty eliza lisa libby elzbieta ela bess
ellen ellie nell
emily emma em millie
evans evens
ewan euan ewen
faisal faysal feisal
farah farrah
fatima fatimah fatma fatemeh fathima
florence flo
frances fran francesca frankie
francis frank frankie franciszek
frederick fred freddie freddy
gabriel gabe gabby
gabrielle gabriella gabby
gareth gaz garry gary
gary garry gaz
geoffrey jeffrey geoff jeff jeffery
george georgie jerzy georgios
georgina georgia georgie
gerald gerry jerry
gerard gerry ged
gheorghe george
gill
gillian jillian gill jill
graham graeme grahame
green greene
gregory greg gregor
grzegorz greg
gwendoline gwen
hamza hamzah
hannah hanna hana
harold harry
harper
harriet hattie harriett
harris harries
harry henry hal harrison
hassan hasan hassaan
hayley haley hailey
helen elena helena
hughes hewes
hussain hussein husain husayn hossain hussien hossein hosein
ian iain
ibrahim ebrahim ibraheem abraham
imran emran
ionescu
iqbal ikbal eqbal
isaac isaak izaak
isabel isobel isabelle isabella bella izzy ishbel
isla
jack jak
jacob jakub jake kuba
jacqueline jackie jacqui jaqueline jacquelyn
james jim jimmy jamie jaime
jane jayne janie
janet jan
janine jeanine
jason jay jase
jean jeanne jeannie
jennifer jenny jen jenna jenifer
jessica jess jessie
joan joanie
joanne joanna jo joann joasia
john jon johnny jack johann
johnson johnston johnstone
jonathan johnathan jonathon johnathon jon johnny
joseph joe joey jozef josef
josephine jo josie
joshua josh
judith judy jude judi
julie julia julianne
june
kaminski kaminska
karen karin caryn karyn kaz
karim kareem
kaur kour cour
kayleigh kaylee kayley
keith
kelly kellie kelley
kenneth ken kenny
kerry kerri kerrie ceri
kevin kev
khadija khadijah hadija khadeeja kadija
khalid khaled kalid
khan kahn
khatun khatoon khatum
kimberley kimberly kim
kowalski kowalska
kristian christian chris
kyle
lakhvir lakhbir
larry lawrence laurence laurie lorenzo
laura
lauren lorraine loraine
lee leigh
lee leigh lea li
leslie lesley les
lewandowski lewandowska
lewis louis lou luis
liam william
linda lynda lindy
lindsay lindsey linsey lyndsey
lorna
louise louisa lou
lucy lucie lucille
luke luca lukasz
lynn lynne lyn
macdonald mcdonald
macleod mcleod
madeleine madeline maddie maddy
mahmood mahmoud mehmood mahmud mehmud
malcolm malc
malgorzata gosia margaret
malik mallik malick
mandy amanda
manpreet manprit
marcus marc markus
margaret maggie meg peggy marge margie greta mags
maria mariam maryam
marie
marion marian
mark marc marek
marta martha
martin martyn marty marcin
mary molly mairi mair
matthew matt mathew mateusz matty
maureen mo
maxwell max maximilian
mbeki
megan meghan meg
melanie mel
melissa mel missy
miah mia meah mian
michael mick mike micky mickey mikey michal mikael
michelle michele shell chelle
milly millie
mohammed muhammad mohamed mohammad mohamad muhammed mohamud muhamad mahomed mohammod mohd muhd md mo moh muhamed mehmet mamadou
molly mollie
moore moor more
mustafa mustapha mostafa
naomi
natalie nathalie natalia nat
nathan nathaniel nat nate
neil neal niall
ngozi
nguyen nguyễn
nicholas nicolas nick nicky mikolaj nikolas
nicola nicole nicky nikki nikola
nowak novak
nusrat nasrat
o'neil o'neill oneal
o'reilly o'riley
okafor okafo
olawale wale
oliver ollie olly
olivia liv livvy ollie
oluwaseun seun
osama usama
pamela pam
patel
patricia pat patsy trish tricia patrycja
patrick pat paddy padraig patryk
paul pawel
paula
pauline
penelope penny
peter pete piotr petr
philip phillip phil
philippa pippa
phillips philips philipps
piotrowski piotrowska
popescu
priscilla cilla
qasim kasim qassim
qureshi quraishi koreshi kureshi
rachel rachael rachelle raquel
rahim raheem
rahman rehman rahmaan
rebecca becky bex becca rebekah beccy
reid read reed
rhiannon
rhys reece rhis reese
richard rick ricky dick rich richie ryszard
robert rob bob bobby robbie bert
robin robyn
roger rodger
ronald ron ronnie
rosemary rosie rose
ruqayyah ruqaya ruqayya rukaya
russell russ russel
ruth
ryan rian
said saeed sayed saied syed sayyid saiyed
saima saimah
sally sallie
salma selma
samantha sam sammy sammie
samir sameer
samuel sam sammy
sandhu
sandra sandy
sara sarah sally sarha
sean shaun shawn shane
shabana shabanah
shah
shahid shaheed
sharon shaz shazza sharron
sheikh shaikh sheik shaykh shekh
sheila shelagh sheelagh
shireen shirin
shirley shirl
siddiqui siddiqi siddique siddiquee
simon simeon si szymon
sinead shinead
singh sing
siobhan shivaun shevaun chevonne
smith smyth smythe
sofia sophia sophie zofia sofie
stephanie steph stefanie
stephen steven steve stevie stefan szczepan
stephens stevens
stuart stewart stu
sukhwinder sukhvinder
susan sue suzanne susie suzie susanne zuzanna
sylvia silvia
tahir taher
tamsin tamzin thomasina
tariq tarik tareq
taylor tayler
terence terry terrance terrence
teresa theresa terri terry tess tessa therese
theodore theo ted
thomas tom tommy tomos tomasz
thompson thomson tomson
timothy tim timmy
tomasz tomek
tracy tracey tracie trace
trevor trev
uddin ud-din udin
umar omar umer
usman osman uthman othman
valerie val
vanessa nessa
victor wiktor vic
victoria vicky vicki vikki tori vic wiktoria
vincent vince vinny
violet viola
wai
walter wally
waseem wasim
wei
wendy
white whyte
wilhelm william
william bill billy will willie liam gwilym
wisniewski wisniewska
wojciech wojtek
wojcik
wong wang huang
wood woods
yasmin yasmeen jasmine jasmin yasmine jazmin
yusuf yousef yousuf yousaf yusef youssef
zachary zac zak zack
zahid zaheed
zainab zaynab zeinab zeynep
zara zahra
zielinski zielinska
zoe zoey zoë
"""
