"""Every number that the law, safety or good practice sets: one place, each with its source."""

from __future__ import annotations

from datetime import timedelta

# --- Cards and PINs. Source: CNIL, délibération 2022-100 (mots de passe): a PIN alone on a shared computer is below every case.
CARD_SYMBOLS = 10  # Crockford base32, 50 bits, plus one check symbol
PIN_DIGITS = 6
PIN_YEARS = range(1980, 2031)  # own birth (1990–2012), an elder’s, a child’s: one code in eight is refused in all
FIRST_CARD_LASTS = timedelta(days=14)
WRONG_PINS_FREE = 4
WRONG_PIN_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30))  # the last one again and again: 48 tries a day
TRIES_FORGOTTEN = timedelta(hours=24)  # after the last one
KNOWN_DEVICE_LASTS = timedelta(days=90)  # since the last full sign-in of a professional there

# --- Argon2id. Source: OWASP Password Storage Cheat Sheet (second recommended profile).
ARGON2_MEMORY_KIB = 19 * 1024
ARGON2_PASSES = 2
ARGON2_LANES = 1
PASSWORD_LENGTH = 12  # CNIL 2022-100, case 1, with entropy checked by a list of common ones

# --- Sessions. Source: CNIL guide de la sécurité des données personnelles (verrouillage automatique), shared computers.
YOUTH_MASKED_AFTER = timedelta(minutes=5)
YOUTH_IDLE_END = timedelta(minutes=15)
YOUTH_END = timedelta(hours=4)
STAFF_MASKED_AFTER = timedelta(minutes=10)
STAFF_IDLE_END = timedelta(minutes=30)
STAFF_END = timedelta(hours=10)
END_WARNED = timedelta(minutes=2)
TOKEN_BYTES = 32
YOUTH_SESSIONS_AT_ONCE = 2
STAFF_SESSIONS_AT_ONCE = 5  # a desk, a meeting room, a telephone, and two that were forgotten
TABS_GONE_SLEEPS = timedelta(minutes=2)  # longer than F5, a restart, or a tab that browsers slow to once a minute
TABS_WRITTEN_EVERY = timedelta(seconds=20)
VEILED_BEFORE = timedelta(
    seconds=15
)  # the page is hidden that long before its secret is asked: a touch is enough meanwhile
LEAVING_WAITS = 2.0  # seconds for the database, then the browser is emptied without it

# --- What is typed. Source: what a page can hold; PostgreSQL refuses over-long text that SQLite keeps.
NAME_LENGTH = 100
LINE_LENGTH = 200
TEXT_LENGTH = 4_000
MARKS_PER_LETTER = 4
UPLOAD_MEGABYTES = 5
UPLOAD_BYTES = UPLOAD_MEGABYTES * 1024 * 1024
PHOTO_BYTES = 200 * 1024
REVISIONS_KEPT = 200  # per piece of work: enough for a whole afternoon of undo
REVISIONS_KEPT_LEAST, REVISIONS_CHARACTERS = 20, 4_000_000  # fewer of a very long one
WORK_CHARACTERS = 200 * 1024  # of one person, over all works, as stored; a rich bag with three CVs takes a tenth
EMPTY_WORK_CHARACTERS = 1_000  # an empty profile or CV begins whatever else there is: one may always make room
WORKS_PUT_ASIDE = 60  # what was removed can be brought back; of more, the oldest go
BODY_DEPTH = 12

# --- What a browser sends. Source: what the pages ask for, measured; a voice is 32 KB a second.
UPLOADS_KEPT_A_VISIT = 3 * UPLOAD_BYTES  # in memory; of more, the oldest are forgotten
UPLOADS_KEPT = 6 * UPLOAD_BYTES  # the same, of all visits
UPLOADS_COMING = 4 * UPLOAD_BYTES  # being received at one moment, from all visits
UPLOADS_BYTES_AT_ONCE = 40 * 1024 * 1024  # of one visit, then as many a second as follow
UPLOADS_BYTES_A_SECOND = 64 * 1024
MESSAGE_BYTES = 512 * 1024  # one message of an open tab; the largest honest ones are 20 KB
MESSAGE_WIDGETS = 2_000  # a page of 50 people has 300
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 60, 20  # of one visit; more are taken later, none is lost
TABS_AT_ONCE = 20  # of one visit

# --- Documents. A personal document waits this long for its one download.
DOCUMENT_LASTS = timedelta(minutes=10)

# --- Retention. Source: référentiel CNIL « gestion des accompagnements », to be confirmed by each structure.
KEPT_AFTER_LAST_CONTACT = timedelta(days=730)
ERASURE_ANNOUNCED = timedelta(days=30)  # before a file goes for want of contact, somebody is told
NEVER_ACTIVATED_KEPT = timedelta(days=91)
GUEST_WORK_KEPT = timedelta(0)  # a guest's work goes with the session
ERASURE_WAITS = timedelta(days=7)  # to change one's mind
VOID_CARDS_KEPT = timedelta(days=91)
SIGN_INS_KEPT = timedelta(days=183)  # CNIL, délibération 2021-122 (journalisation): six months to a year
REVISIONS_KEPT_FOR = timedelta(days=183)
REMOVED_WORK_KEPT = timedelta(days=30)  # « Remettre » works that long
AUDIT_KEPT = timedelta(days=365)  # CNIL, délibération 2021-122 (journalisation)
VIEWS_SHOWN = timedelta(days=90)
MISSING_WORDS_KEPT = timedelta(days=365)
GATHERINGS_KEPT = timedelta(days=365)  # the report of a year
CLOSED_STAFF_KEPT = timedelta(days=365)  # as long as the log may name them
BACKUPS_KEPT = timedelta(days=30)
TOMBSTONES_KEPT = timedelta(days=1_095)  # far longer than backups: a forgotten one brings nobody back
PURGED_EVERY = timedelta(days=1)

# --- Taking one's data away and bringing it back.
ARCHIVE_JSON_BYTES = 4 * 1024 * 1024  # the part that reopens, unpacked: a zip can hide more than it weighs
ARCHIVE_BYTES = UPLOAD_BYTES - 256 * 1024  # what is made here must come back through the same door

# --- Intake of text. Source: Unicode emoji-zwj-sequences (the longest families with skin tones have 11 code points).
CODE_POINTS_PER_CHARACTER = 16
FILE_NAME_LENGTH = 80
OLDEST_YEAR = 1990  # what a person of 25 and their younger adviser can have to say
YEARS_AHEAD = 6  # a training course that has just begun

# --- Intake of photos. Source: arrêté du 5 février 2009 (35 × 45 mm), at 300 dots per inch; memory measured.
PHOTO_SIZE = (413, 531)
PHOTO_LEAST = 100  # pixels a side: below, a face cannot be seen
PHOTO_JPEG_PIXELS = 64_000_000  # 48 Mpx telephones; decoded small by draft()
PHOTO_WHOLE_PIXELS = 12_500_000  # PNG and progressive JPEG are decoded whole: 50 MB, and a copy
PHOTO_WEBP_PIXELS = 9_000_000  # WEBP holds a canvas besides

# --- Intake of files. Source: what a CV can hold, with room; a hostile file must only hurt itself.
CARRIED_DEPTH = BODY_DEPTH
CARRIED_ITEMS = 200
READ_MEMORY_AT_ONCE = 224 * 1024 * 1024  # of all processes apart: with the server they must fit in 700 MB
READ_WAITING = 16  # files that wait for their turn; more are asked to come back in a minute
READ_WAITS_SECONDS = 10
READ_SECONDS = 5  # of a processor, for one file; the largest honest ones take one
READ_CLOCK_SECONDS = 20  # by the clock, on a machine that has much to do
READ_MEMORY_BYTES = 96 * 1024 * 1024
READ_PHOTO_MEMORY_BYTES = 192 * 1024 * 1024  # a picture is unfolded whole, twice when it has transparent parts
JSON_VALUES = 20_000  # commas, colons and brackets; a full bag of 20 CVs has a tenth
JSON_TEXT_LENGTH = 500_000  # characters of all texts but the longest; twice what a person may keep here
JSON_DEPTH = 100
JSON_NUMBER_LENGTH = 40
CVS_AT_MOST = 20  # a list that stays readable

# --- Accounts, how often and how long.
PASSWORD_LONGEST = 200  # argon2 work must stay bounded whatever is sent
HASHES_AT_ONCE = (
    2  # 80 tries a second: a group of thirty is in within half a second, and a processor stays for who is inside
)
HASHES_WAITING = 120  # beyond, one is told to come back: nobody waits longer than two seconds
HASHES_OF_AN_ADDRESS = 40  # a whole group behind one address, and not the whole queue

# --- Proofreading. Grammalecte answers a whole CV in half a second (facts measured on two cores); beyond this it is left out.
GRAMMALECTE_SECONDS = 4.0
PROOFREAD_CHARACTERS = 10_000  # three full pages
PROOFREAD_UNKNOWN_WORDS = 80  # each takes 8 ms the first time; once corrected, the next ones come

# --- Advice. Source: what a recruiter expects of one page at 16–25 (facts of the field).
PAGE_TOO_EMPTY = 0.45  # share of the page
GAP_MONTHS = 6  # shorter ones are nobody's business
QUALITIES_AT_MOST = 3

# --- Jobs.
FAVOURITES_AT_MOST = 12  # a choice, not a collection
MISSING_WORDS_LENGTH = 40  # a wish, not a story about a person
MISSING_WORDS_AT_MOST = 2_000  # different ones; the fifty most frequent are shown
SYNONYMS_AT_MOST = 500  # of one structure: every search reads them

# --- Signing up many at once. Source: what an adviser's own list can be (a structure of 2,000), and memory measured.
IMPORT_BYTES = 1024 * 1024
IMPORT_ROWS = 2_000
IMPORT_READ_BYTES = 4 * 1024 * 1024  # the rows as read, on their way from the process apart
IMPORT_UNPACKED_BYTES = 60 * 1024 * 1024
IMPORT_UNDONE_WITHIN = timedelta(hours=24)
YOUNGEST = 14  # years: a placement of third class; missions locales follow people of 16–25, rarely up to 29
OLDEST = 32

# --- Figures. Source: CNIL, anonymisation: a small count points at people.
LEAST_COUNT = 5
FIGURES_DAYS = 366
# --- The cohort. Source: what an adviser reads at a glance, and what a young person reads without effort.
PEOPLE_A_PAGE = 50
NOTE_LENGTH = 500
COMMENT_LENGTH = 500
SHORT_WORD_LENGTH = 140  # a word with a call for help, a step, an appointment
LIST_NAME_LENGTH = 60
LISTS_AT_MOST = 30
UNDO_WITHIN = timedelta(hours=24)  # a handover given by mistake
ACTS_APART = timedelta(minutes=10)  # longer between two acts: the person was doing something else

# --- Group sessions. Source: a workshop lasts about 1 h 30, a half-day at most (facts of the field).
GATHERING_ENDS_AFTER = timedelta(hours=4)  # forgotten open, it ends by itself
GATHERING_LEAST_MINUTES = 5  # what a correction may say
GATHERING_MOST_MINUTES = 240
GATHERING_TITLE_LENGTH = 60
GATHERINGS_SHOWN = 50
PEOPLE_OFFERED = 24  # names to tick at once: two groups

# --- Applications. Source: France Travail, « relancer une candidature »: a week to ten days.
APPLICATIONS_AT_MOST = 100
FOLLOW_UP_AFTER = timedelta(days=10)
# --- Interviews. Source: what stays readable for one person; ten minutes early is what employers advise.
ANSWER_LENGTH = 1_500  # an answer said in two minutes
INTERVIEWS_AT_MOST = 20
PRACTICE_KEPT = 100  # acts of practice told one by one; older ones are only counted
ASKED_KEPT = 60  # questions that are not asked again soon
EARLY_MINUTES = 10
# --- Acts that give a way into somebody else's account. Source: OWASP Authentication Cheat Sheet (reauthentication).
PROOF_LASTS = timedelta(minutes=1)  # the act follows the proof at once
FRESH_SIGN_IN = timedelta(minutes=5)  # for who proves who they are at the outside provider only
REMADE_CARD_TOLD = timedelta(days=30)  # on the home of its owner, after its first use
REMADE_CARDS_LISTED = timedelta(days=91)  # to the head; as long as a void card is kept
# --- Professionals' ways in. Source: OWASP Authentication and Multifactor Authentication Cheat Sheets; RFC 6238 (TOTP).
INVITATIONS_KEPT = timedelta(days=30)  # whether a link was used answers a question of the week after
INVITATION_LASTS = timedelta(hours=24)  # shown on a screen, not sent: long enough for the next working day
PASSWORD_GUESSES = 10**10  # zxcvbn's estimate under which a password is « common » (its best mark)
SECOND_FACTOR_STEP = 30  # seconds that one code lives
SECOND_FACTOR_STEPS_AROUND = 1  # clocks may differ by half a minute
RECOVERY_CODES = 10
SECOND_STEP_LASTS = timedelta(minutes=10)  # between the password and the code, setting the application up included
OUTSIDE_SIGN_IN_LASTS = timedelta(minutes=10)  # there and back at the provider's
OUTSIDE_SECONDS = 10  # for one answer of the provider

OUTSIDE_MFA = (
    frozenset(  # what `acr` says where a second factor was checked. Source: ProConnect, documentation of its partners
        {
            "eidas2",
            "eidas3",
            "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
            "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
        }
    )
)
OWN_TRACES = 10  # lines of one's own sign-ins that « Mon compte » shows

# --- A client address is slowed, never refused: a whole group shares one (facts of the field).
ADDRESS_FAILURES_FREE = 30
ADDRESS_SLOWED_BY = 0.1  # seconds more for each failure beyond
ADDRESS_SLOWED_AT_MOST = 3.0
REFUSALS_TOLD_EVERY = 0.1  # seconds: a refused sign-in is told at the next full one, so that its time says nothing
ADDRESS_FORGETS = timedelta(minutes=10)  # failures count half as much after each such time
ADDRESSES_REMEMBERED = 10_000

# --- Guests: nobody vouches for them, and each costs an account. A class of thirty comes in twice without a wait.
GUESTS_OF_AN_ADDRESS = 60
GUESTS_COUNTED_OVER = timedelta(minutes=10)
GUESTS_AT_ONCE = 800  # more people than one process holds (measured)

# --- Requests that never end. Source: OWASP ASVS 5.0, 15.2 (resource exhaustion); a slow telephone sends a form in a second.
HEAD_SECONDS = 10  # for the head of a request, the wait for its first letter included
UNFINISHED_HEADS = 200  # connections that wait at once for a head; the oldest makes room
FORM_BYTES = 8 * 1024
FORM_SECONDS = 15
UPLOAD_SECONDS = 180  # 5 MB at 30 KB a second

# --- Administration.
JOURNAL_PAGE = 50
FACTS_LAST_DAYS = 366  # a number or a right named in data/ is read again every year
