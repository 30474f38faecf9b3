"""Names by community, sex and birth year, for invented people: common ones first, and long tails made by combining parts."""

from typing import Literal

Community = Literal["white British", "South Asian", "African", "East European", "other"]
Sex = Literal["female", "male"]

SHARES: dict[Community, float] = {
    "white British": 0.66,
    "South Asian": 0.14,
    "African": 0.08,
    "East European": 0.07,
    "other": 0.05,
}
"""What part of the people belongs to each community."""

BRITISH_FORENAMES: dict[tuple[Sex, int], str] = {
    ("female", 1930): (
        "Margaret Jean Mary Joan Patricia Sheila Barbara Doreen June Shirley Dorothy Joyce Maureen Elizabeth Audrey "
        "Brenda Kathleen Sylvia Eileen Pamela Betty Beryl Ann Irene Marjorie Rita Hazel Edna Gillian Marion Beatrice"
    ),
    ("female", 1950): (
        "Susan Linda Christine Margaret Carol Jennifer Janet Patricia Barbara Ann Sandra Pamela Pauline Jean Jacqueline "
        "Kathleen Sheila Valerie Maureen Gillian Marilyn Mary Elizabeth Lesley Catherine Brenda Wendy Angela Rosemary "
        "Shirley Diane Joan Jane Lynne Irene Janice Elaine Heather Marion June Eileen Denise Doreen Judith Sylvia Helen "
        "Yvonne Hilary Dorothy Joyce Julia Teresa Lynn Rita Hazel Glenys Josephine"
    ),
    ("female", 1964): (
        "Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tracy Angela Sarah Alison Caroline Amanda "
        "Sandra Linda Catherine Elizabeth Carol Joanne Wendy Janet Dawn Christine Nicola Lesley Jill Michelle Lorraine "
        "Beverley Gillian Paula Louise Claire Maria Elaine Heather Denise Anne Mandy Debra Lynn Melanie Yvonne Theresa "
        "Cheryl Bernadette Gail Annette Sally Sonia"
    ),
    ("female", 1974): (
        "Sarah Claire Nicola Emma Lisa Joanne Michelle Helen Samantha Karen Victoria Rachel Louise Julie Clare Rebecca "
        "Sharon Amanda Caroline Tracey Jennifer Alison Catherine Angela Kelly Susan Zoe Jacqueline Donna Kerry Andrea "
        "Dawn Paula Melanie Katherine Natalie Tina Anna Jane Deborah Tara Lorraine Joanna Wendy Hayley Heather Lucy "
        "Kathryn Rachael Maxine Leanne Dominique"
    ),
    ("female", 1984): (
        "Sarah Laura Gemma Emma Rebecca Claire Victoria Samantha Rachel Amy Jennifer Nicola Katie Lisa Kelly Natalie "
        "Louise Michelle Hayley Hannah Helen Charlotte Joanne Lucy Elizabeth Leanne Danielle Donna Katherine Clare "
        "Stephanie Stacey Lauren Jane Kerry Emily Catherine Jessica Kirsty Kimberley Carly Kate Zoe Alison Holly Vicky "
        "Lindsay Jodie Cheryl Abigail Rachael Jemma Toni"
    ),
    ("female", 1994): (
        "Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Sarah Lucy Katie Bethany Jade Megan "
        "Alice Rachel Samantha Danielle Holly Abigail Stephanie Natalie Eleanor Olivia Elizabeth Georgia Zoe Gemma "
        "Kirsty Natasha Nicole Paige Shannon Molly Leah Amber Francesca Kayleigh Victoria Ellie Courtney Kimberley "
        "Hayley Chelsea Naomi Melissa Jodie Harriet Aimee Ashleigh Tiffany Kelsey"
    ),
    ("female", 2004): (
        "Emily Ellie Jessica Sophie Chloe Lucy Olivia Charlotte Katie Megan Grace Hannah Amy Ella Mia Lily Abigail Emma "
        "Amelia Molly Lauren Millie Holly Leah Caitlin Rebecca Georgia Bethany Eleanor Isabelle Daisy Elizabeth Paige "
        "Erin Alice Isabella Ruby Freya Jasmine Poppy Phoebe Evie Amber Abbie Niamh Libby Summer Eloise Maisie Kiera"
    ),
    ("male", 1930): (
        "John Ronald William Peter Kenneth James George Dennis Brian Derek Robert Raymond Donald Thomas Gordon Arthur "
        "Roy Frank Alan Norman Eric Leslie Stanley Frederick Albert Harold Ernest Gerald Reginald Bernard Geoffrey"
    ),
    ("male", 1950): (
        "David John Peter Michael Alan Robert Stephen Paul Brian Graham Philip Anthony Colin Christopher Geoffrey "
        "William James Keith Terence Barry Malcolm Richard Ian Derek Roger Raymond Kenneth Andrew Trevor Martin Kevin "
        "Ronald Leslie Charles George Thomas Nigel Stuart Edward Gordon Roy Dennis Neil Laurence Clive Eric Frederick "
        "Patrick Robin Donald Joseph Douglas Gerald Clifford"
    ),
    ("male", 1964): (
        "David Paul Andrew Mark John Michael Stephen Ian Robert Richard Christopher Peter Simon Anthony Kevin Gary "
        "Steven Martin James Philip Alan Neil Nigel Timothy Colin Graham Jonathan Nicholas William Adrian Brian Stuart "
        "Keith Thomas Patrick Sean Carl Trevor Wayne Shaun Darren Barry Derek Dean Raymond Antony Jeremy Joseph Terence "
        "Lee Garry Geoffrey Malcolm Edward Karl"
    ),
    ("male", 1974): (
        "Paul Mark David Andrew Richard Christopher James Simon Michael Matthew Stephen Lee John Robert Darren Daniel "
        "Steven Jason Nicholas Jonathan Ian Neil Peter Stuart Anthony Martin Kevin Craig Philip Gary Scott Wayne Timothy "
        "Benjamin Adam Alan Dean Adrian Carl Thomas William Gareth Sean Shaun Barry Jamie Karl Justin Robin Damian Marc"
    ),
    ("male", 1984): (
        "Christopher James David Daniel Michael Matthew Andrew Richard Paul Mark Thomas Adam Robert John Lee Benjamin "
        "Steven Jonathan Craig Stephen Simon Nicholas Peter Anthony Alexander Gary Ian Ryan Darren Barry Martin Joseph "
        "Philip Jamie Stuart Gareth Kevin Scott Dean Joshua Neil Ashley Luke Kieran Carl Aaron Liam Shane Wayne Ross"
    ),
    ("male", 1994): (
        "Thomas James Jack Daniel Matthew Ryan Joshua Luke Samuel Jordan Adam Michael Alexander Christopher Benjamin "
        "Joseph Liam Jake William Andrew George Lewis Oliver David Robert Jamie Nathan Connor Jonathan Harry Callum "
        "Aaron Ashley Bradley Jacob Kieran Scott Sam John Ben Mark Nicholas Kyle Charles Sean Edward Stephen Reece "
        "Elliot Dominic Curtis Louis Shane Declan"
    ),
    ("male", 2004): (
        "Jack Joshua Thomas James Daniel Samuel Oliver William Benjamin Joseph Harry Matthew Lewis Luke Ethan George "
        "Adam Alfie Callum Alexander Ryan Nathan Cameron Jake Liam Connor Dylan Charlie Jacob Jamie Max Owen Harvey Ben "
        "Tyler Kieran Logan Jordan Michael Louis Aaron Kyle Brandon Rhys Archie Reece Toby Leo Finley Bradley Mason"
    ),
}
"""By sex and the middle of the years of birth."""

FORENAMES: dict[tuple[Community, Sex], str] = {
    ("South Asian", "female"): (
        "Shabnam Nasreen Fatima Ayesha Sadia Rukhsana Shazia Samina Farzana Nazia Saima Shaheen Yasmin Rubina Zainab "
        "Maryam Aisha Khadija Sumaiya Rehana Parveen Kiran Amina Bushra Tahira Naheed Rabia Sobia Uzma Nadia Asma Hina "
        "Iqra Mehwish Sana Anila Noreen Shagufta Zahida Kaneez Halima Salma Nusrat Razia Shahida Simran Harpreet "
        "Manpreet Jaspreet Gurpreet Kulwinder Baljit Rajinder Sukhwinder Priya Pooja Anita Sunita Meena Rekha Geeta "
        "Nisha Jyoti Hema Bhavna Deepa Sangeeta Kavita Asha Lakshmi Divya Neha Sonal Rupa Tasnim Farhana Nazma Rahima "
        "Momtaz Jahanara Shirin Rumana Taslima"
    ),
    ("South Asian", "male"): (
        "Imran Tariq Asif Kashif Zeeshan Faisal Adnan Kamran Usman Bilal Hamza Omar Yusuf Ibrahim Shahid Khalid Nadeem "
        "Rizwan Sajid Waqas Amir Arshad Aftab Javed Zahid Nasir Rashid Tahir Wasim Ahmed Ali Hassan Hussain Abdul Iqbal "
        "Saleem Naveed Shabir Mahmood Yasir Umar Junaid Haroon Danish Ishaq Harpreet Gurpreet Jaspal Kuldeep Balwinder "
        "Sukhdev Rajesh Sanjay Vijay Amit Anil Ravi Sunil Ashok Dinesh Mukesh Nilesh Hitesh Rakesh Suresh Deepak Ajay "
        "Manoj Rahul Vikram Arjun Kamal Shofiq Rafiqul Jamal Nurul Shamim Monir Mizanur Anwar Kabir Foysal Sharif"
    ),
    ("African", "female"): (
        "Fatou Aminata Mariama Hawa Amina Halima Asha Fadumo Hodan Ifrah Sahra Khadra Nimo Zeinab Hibaq Ngozi Chioma "
        "Adaeze Ifeoma Nkechi Funmilayo Folake Bukola Yetunde Titilayo Temitope Oluwaseun Blessing Grace Mercy Comfort "
        "Joy Patience Faith Abena Akosua Ama Efua Esi Adwoa Yaa Akua Nana Wanjiru Akinyi Njeri Wambui Rutendo Tendai "
        "Chipo Nyasha Rudo Tatenda Selam Hiwot Meron Tigist Almaz Winta Saba Feven Precious Gloria Esther Beatrice "
        "Florence Victoria Charity"
    ),
    ("African", "male"): (
        "Mohamed Abdi Ahmed Hassan Ali Abdirahman Yusuf Omar Ibrahim Ismail Mahad Liban Guled Chinedu Emeka Obinna "
        "Ikechukwu Chukwuemeka Uche Kelechi Olumide Babatunde Adewale Ayodele Femi Segun Tunde Kunle Oluwaseun Kwame "
        "Kofi Kwabena Kwaku Yaw Kojo Kwasi Nana Emmanuel Samuel Joseph Daniel Michael Isaac Felix Prince Tendai "
        "Tafadzwa Tatenda Farai Takudzwa Tinashe Dawit Yonas Filmon Samuel Bereket Tesfay Mamadou Ousmane Ibrahima "
        "Lamin Modou Musa Sulaiman Godfrey Moses Patrick Innocent"
    ),
    ("East European", "female"): (
        "Katarzyna Anna Agnieszka Malgorzata Monika Magdalena Joanna Ewa Aleksandra Barbara Justyna Sylwia Karolina "
        "Paulina Natalia Marta Dorota Beata Aneta Iwona Patrycja Kamila Edyta Izabela Elzbieta Ilona Weronika Kinga "
        "Dominika Maria Elena Ioana Mihaela Andreea Cristina Alexandra Gabriela Raluca Simona Daniela Alina Oana Roxana "
        "Nicoleta Larisa Florentina Ramona Lenuta Jurgita Rasa Egle Inga Kristina Vilma Lina Daiva Ieva Liga Zane "
        "Zuzana Lucia Petra Jana Martina Ivana Eszter Katalin Desislava Svetlana Olga Tatiana Oksana Iryna Yuliia"
    ),
    ("East European", "male"): (
        "Piotr Krzysztof Tomasz Marcin Pawel Michal Andrzej Grzegorz Lukasz Marek Adam Mariusz Rafal Jakub Dariusz "
        "Kamil Mateusz Robert Artur Dawid Sebastian Przemyslaw Slawomir Damian Jaroslaw Arkadiusz Wojciech Maciej Bartosz "
        "Zbigniew Jan Daniel Ion Andrei Alexandru Mihai Florin Marian Cristian Vasile Gheorghe Constantin Ionut Marius "
        "Adrian Bogdan Razvan Catalin Costel Nicolae Viorel Darius Mindaugas Tomas Andrius Vytautas Gintaras Juris "
        "Janis Andris Martin Peter Jozef Milan Jan Miroslav Zoltan Laszlo Istvan Dimitar Georgi Ivan Sergiy Oleksandr"
    ),
    ("other", "female"): (
        "Maria Ana Li Mei Xiu Ying Wei Jing Yan Hui Thi Linh Huong Lan Nguyet Fatma Ayse Zeynep Elif Emine Hatice Sevgi "
        "Leyla Shirin Parisa Maryam Zahra Narges Layla Noor Rania Hala Samira Nour Rasha Dina Mariam Joana Carla Sofia "
        "Ines Beatriz Claudia Luisa Fernanda Juliana Camila Paola Carmen Lucia Rosa Marisol Marites Jocelyn Rowena "
        "Cherry Analyn Giulia Chiara Francesca Elisa Marie Sophie Celine Amelie Keisha Shanice Latoya Marcia Sonia"
    ),
    ("other", "male"): (
        "Jose Carlos Joao Luis Pedro Miguel Antonio Paulo Wei Jun Hao Ming Chen Jian Lei Tao Van Minh Duc Hung Tuan "
        "Mehmet Mustafa Ahmet Ali Huseyin Hasan Murat Emre Serkan Reza Hossein Amir Mehdi Saeed Farhad Karim Mahmoud "
        "Khaled Youssef Tarek Samir Bashar Omar Ziad Marco Giovanni Luca Andrea Matteo Pierre Jean Michel Thierry Rafael "
        "Diego Andres Fernando Rodrigo Tiago Bruno Ramon Jerome Delroy Winston Leroy Devon Marlon Dwayne Tyrone"
    ),
}
"""Of the other communities, whatever the year of birth."""

SURNAMES: dict[Community, str] = {
    "white British": (
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green "
        "Hall Wood Jackson Clarke Thomas Harris Lewis Turner Hughes Edwards Clark Cooper Hill Ward Moore Martin Harrison "
        "Morris King Baker Morgan Allen Cook Scott Watson Lee Bell Davis Parker Bennett Price Young Griffiths Mitchell "
        "Kelly James Carter Richardson Phillips Shaw Bailey Collins Cox Miller Simpson Murphy Adams Richards Marshall "
        "Ellis Anderson Foster Mason Wilkinson Mills Chapman Powell Webb Rogers Gray Hunt Palmer Holmes Lloyd Hudson "
        "Barnes Butler Murray Matthews Fisher Knight Stevens Barker Dixon Jenkins Fletcher Graham Russell Harvey Howard "
        "Pearson Reynolds Andrews Atkinson Fox Lawson Gibson Walsh Burton Ford Gordon Hart Armstrong Elliott Rose Dean "
        "Kennedy Wells Lane West Reid Burns Cole Grant Day Ryan Stone Black Freeman Perry Bird Spencer Long Woods Payne "
        "Newton Field Nicholson Hunter Cross Bishop Hughes-Jones McDonald MacDonald McCarthy O'Connor O'Brien O'Neill "
        "Doyle Byrne Gallagher Fitzgerald Duffy Sutton Booth Sharp Lowe Marsh Barrett Bradley Carr Frost Goddard Hobbs"
    ),
    "South Asian": (
        "Khan Hussain Ahmed Patel Ali Begum Singh Kaur Akhtar Miah Iqbal Mahmood Malik Shah Mohammed Rahman Uddin Islam "
        "Hussein Mirza Chaudhry Choudhury Sheikh Bibi Butt Rashid Aslam Hassan Qureshi Raja Ashraf Shaikh Sharma Rehman "
        "Kumar Mistry Desai Sandhu Gill Dhillon Sidhu Chowdhury Haque Alam Karim Khatun Nessa Ullah Mian Saleem Younis "
        "Aziz Anwar Bashir Sadiq Javed Nawaz Riaz Zaman Siddiqui Ansari Parmar Solanki Chauhan Joshi Mehta Gandhi Rana "
        "Virdee Bhatti Dar Mughal Abbasi Kazmi Rauf Yaqub Hanif Latif Zafar Ghafoor"
    ),
    "African": (
        "Mohamed Ali Ahmed Hassan Abdi Omar Yusuf Adan Warsame Farah Osman Ibrahim Jama Nur Mensah Owusu Boateng Asante "
        "Appiah Agyeman Osei Addo Okafor Okeke Eze Nwosu Obi Okoro Adeyemi Adebayo Ogunleye Afolabi Balogun Bello "
        "Moyo Ncube Dube Sibanda Ndlovu Chikwanha Mutasa Kamara Sesay Conteh Bangura Jalloh Diallo Bah Camara Ceesay "
        "Jallow Tesfaye Haile Gebremedhin Tekle Kiptoo Otieno Ochieng Kamau Mwangi Banda Phiri Mulenga Kabongo Ilunga"
    ),
    "East European": (
        "Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Kozlowski "
        "Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Zajac Krol Wieczorek Jablonski Pawlak Popescu Popa "
        "Ionescu Stan Radu Dumitru Stoica Gheorghe Rusu Munteanu Matei Marin Lupu Ciobanu Rostas Lacatus Kazlauskas "
        "Jankauskas Petrauskas Berzins Kalnins Ozols Horvath Kovacs Nagy Toth Balog Novotny Svoboda Ivanov Petrov "
        "Dimitrov Georgiev Shevchenko Bondarenko Kovalenko"
    ),
    "other": (
        "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Garcia Martinez Lopez Gonzalez Wang Li Zhang Chen Liu Yang "
        "Huang Wu Lin Nguyen Tran Le Pham Hoang Yilmaz Kaya Demir Celik Sahin Ozturk Hosseini Ahmadi Karimi Rezaei Moradi "
        "Al-Hassan Al-Jabouri Haddad Khoury Saleh Mansour Rossi Russo Ferrari Bianchi Dubois Bernard Moreau Reyes Cruz "
        "Bautista Villanueva Campbell Francis Grant Gordon Bailey Morrison Thompson Powell"
    ),
}

COMMON_PART: dict[Community, float] = {
    "white British": 0.5,
    "South Asian": 0.78,
    "African": 0.62,
    "East European": 0.45,
    "other": 0.65,
}
"""What part of a community bears one of `SURNAMES`; the others' names are combined from `SURNAME_PARTS`."""

SURNAME_PARTS: dict[Community, tuple[str, str]] = {
    "white British": (
        (
            "Ash Bex Brad Bran Brem Bur Cal Car Chad Clay Cran Crom Dal Den Dor East El Fair Far Fen Gar Glad Gran Hal Ham "
            "Har Hather Hol Horn Ken Kirk Lang Lin Lock Mal Mar Mel Mid Mor Nor Oak Pem Rad Raven Red Rip Row San Sel Shel "
            "Somer South Stan Strat Swan Thorn Up Wal Wen Wes Whit Win Wood Worth Wy"
        ),
        "ley ton ford well wood ham bury field worth by den combe brook shaw stead land man son croft dale gate hurst ridge",
    ),
    "South Asian": (
        "Bal Jag Raj Suk Man Har Gur Dil Nar Par Kul Far Sha Mu Na Za Ra Ta Ha Sar",
        "want deep jit pal wal inder vinder mohan ani wani zai ukh ooqi heen meed shid zan keel dar mal",
    ),
    "African": (
        "Ade Olu Aki Ola Ayo Oye Chi Nwa Oko Uzo Eke Osa Abi Ama Ose Kwa Mba Mwa Nga Chi Tak Muk",
        "bayo sola wale dele yinka gbemi tunde nedu chukwu jiogu kwe aga ntim teng were mba ngo ndi nyika dzwa randi sa",
    ),
    "East European": (
        "Kow Wis Lew Dab Zab Koz Mal Mil Brze Czar Gor Jaw Kras Lip Maj Olsz Pol Rog Sad Sos Stach Tom Urb Wal Wit Zal",
        "alski inski owski ecki icki iak czyk ak ewicz owicz ar escu eanu aitis auskas evski ov enko uk ik",
    ),
    "other": (
        "Al Ben Cas De Dos El Fer Gar Kar Lo Mon Nav Or Pin Qu Ro Sal Tor Val Yil Zan Bou",
        "ado eira ez ani oglu ari elli ova etti ier eau our ami idi azar ero inho uz anda illo",
    ),
}

VARIANTS: tuple[str, ...] = (
    "Mohammed Muhammad Mohamed Mohammad Mohamad Mohd",
    "Ahmed Ahmad Ahmet",
    "Hussain Hussein Husain Hossain Hossein",
    "Begum Begom Begam",
    "Rahman Rehman Rahmaan",
    "Choudhury Chowdhury Chaudhry Chaudhary Choudhry",
    "Sheikh Shaikh Shaykh",
    "Akhtar Akhter Aktar",
    "Miah Mia Miya",
    "Uddin Udin Ud-din",
    "Qureshi Quraishi Koreshi",
    "Malik Malick",
    "Iqbal Eqbal Iqball",
    "Mahmood Mehmood Mahmud",
    "Hassan Hasan",
    "Ayesha Aisha Aysha Aesha",
    "Fatima Fatimah Fatema",
    "Khadija Khadijah Khadeja",
    "Zainab Zaynab Zeinab",
    "Maryam Mariam Mariyam",
    "Yusuf Yousuf Youssef Yousaf",
    "Usman Osman Uthman",
    "Umar Omar Omer",
    "Ibrahim Ebrahim",
    "Nasreen Nasrin",
    "Yasmin Yasmeen",
    "Shabir Shabbir",
    "Tariq Tarik Tarek",
    "Khalid Khaled",
    "Saleem Salim",
    "Jaspreet Jasprit",
    "Abdi Cabdi",
    "Farah Faarax",
    "Abdirahman Abdurahman Abdulrahman",
    "Sean Shaun Shawn",
    "Stephen Steven",
    "Philip Phillip",
    "Alan Allan Allen",
    "Geoffrey Jeffrey",
    "Stuart Stewart",
    "Mark Marc",
    "Karl Carl",
    "Jon John",
    "Catherine Katherine Kathryn Catharine",
    "Claire Clare Clair",
    "Sarah Sara",
    "Rachel Rachael",
    "Nicola Nichola",
    "Lesley Leslie",
    "Ann Anne",
    "Lynn Lynne",
    "Tracey Tracy Tracie",
    "Hayley Hailey Haley",
    "Kelly Kelley Kellie",
    "Gillian Jillian",
    "Zoe Zoey",
    "Natalie Nathalie",
    "Niamh Neve Neave",
    "Aimee Amy",
    "Megan Meghan",
    "Isabelle Isobel Isabel",
    "Conor Connor",
    "Reece Rhys",
    "Clarke Clark",
    "Davies Davis",
    "Thompson Thomson Tompson",
    "Phillips Philips",
    "Gray Grey",
    "Reid Reed Read",
    "McDonald MacDonald Macdonald",
    "O'Connor OConnor O'Conner",
    "O'Neill O'Neil ONeill",
    "Elliott Elliot Eliott",
    "Matthews Mathews",
    "Bailey Bayley Baily",
    "Harrison Harison",
    "Nowak Novak",
    "Wojcik Wojcick Vojcik",
    "Katarzyna Catarzyna Katarzina",
    "Aleksandra Alexandra",
    "Elzbieta Elisabeta",
    "Lukasz Lucas Lukas",
    "Krzysztof Kristof",
    "Piotr Pyotr",
    "Mihai Mihail",
    "Oluwaseun Seun",
    "Yilmaz Yilmas",
    "Nguyen Nguyn",
)
"""Spellings of one name, as different agencies write it."""

NICKNAMES = (
    "Susan Sue Suzie; Margaret Maggie Peggy; Patricia Pat Trish; Christine Chris Chrissie; Jacqueline Jackie; Deborah "
    "Debbie Deb; Elizabeth Liz Beth Lizzie; Catherine Cath Cathy; Katherine Kate Kathy; Kathryn Kath; Jennifer Jenny Jen; "
    "Victoria Vicky Tori; Rebecca Becky Becca; Samantha Sam Sammy; Joanne Jo; Joanna Jo; Nicola Nicky; Michelle Shell; "
    "Amanda Mandy; Alison Ali; Gillian Gill; Pamela Pam; Valerie Val; Janet Jan; Sandra Sandy; Stephanie Steph; "
    "Kimberley Kim; Charlotte Charlie Lottie; Danielle Dani; Jessica Jess; Abigail Abi Abby; Eleanor Ellie Nell; "
    "Natasha Tash; Bethany Beth; Katie Kate; Theresa Terri; Isabella Bella Izzy; Amelia Millie; Olivia Liv; Georgia George; "
    "David Dave Davey; Michael Mick Mike Mikey; Robert Bob Rob Bobby; Stephen Steve; Steven Steve; William Bill Will Billy; "
    "Richard Rick Dick Ricky; Christopher Chris; Anthony Tony; Andrew Andy; Peter Pete; James Jim Jimmy Jamie; Thomas Tom "
    "Tommy; Kenneth Ken; Ronald Ron; Terence Terry; Philip Phil; Nicholas Nick; Jonathan Jon; Matthew Matt; Daniel Dan "
    "Danny; Benjamin Ben; Joshua Josh; Alexander Alex; Samuel Sam; Joseph Joe; Edward Eddie Ted; Darren Daz; Gary Gaz; "
    "Gareth Gaz; Lawrence Larry; Raymond Ray; Frederick Fred; Gerald Gerry; Charles Charlie; Nathan Nate; Bradley Brad; "
    "Timothy Tim; Patrick Paddy Pat; Barry Baz; Lewis Lew; George Georgie; "
    "Mohammed Mo Moh; Mohamed Mo; Imran Immy; Kashif Kash; Zeeshan Zee; Shabnam Shabs; Rukhsana Roxy; Shazia Shaz; "
    "Farzana Farz; Nazia Naz; Harpreet Harry Harps; Gurpreet Gurp; Manpreet Manny; Jaspreet Jas; Balwinder Bal Billa; "
    "Rajesh Raj; Sukhwinder Sukhi; Kulwinder Kully; Rajinder Raj; Tariq Taz; Waqas Vicky; Faisal Fas; Rizwan Riz; "
    "Oluwaseun Seun; Temitope Temi; Babatunde Tunde; Olumide Olu; Adewale Wale; Ayodele Ayo; Chukwuemeka Emeka; "
    "Ikechukwu Ike; Emmanuel Emma Manny; Funmilayo Funmi; Abdirahman Abdi; Tafadzwa Taffy; Ngozi Ngo; "
    "Katarzyna Kasia; Malgorzata Gosia; Agnieszka Aga; Aleksandra Ola; Joanna Asia; Magdalena Magda; Krzysztof Krzysiek "
    "Kris; Tomasz Tomek; Piotr Piotrek; Pawel Pawelek; Jakub Kuba; Grzegorz Greg; Przemyslaw Przemek; Andrzej Andy; "
    "Mihaela Miha; Alexandru Alex; Ionut Johnny; Elzbieta Ela; Izabela Iza; Wojciech Wojtek; Slawomir Slawek; "
    "Maria Mia; Francesca Fran; Fernando Nando; Jose Pepe; Mehmet Memo; Mustafa Musti; Luisa Lu; Rafael Rafa; Antonio Toni"
)
"""A name with what some of its bearers are called."""
