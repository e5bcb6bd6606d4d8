"""Every limit and duration that the law, security or good practice sets, each with its source."""

from __future__ import annotations

from datetime import timedelta

# --- Cards and PINs. Source: CNIL, délibération 2022-100 (mots de passe), in which a PIN alone on a shared computer is too
# weak for every case.
CARD_SYMBOLS = 10  # Crockford base32, 50 bits, plus one check symbol
PIN_DIGITS = 6
PIN_YEARS = range(1980, 2031)  # birth years of oneself (1990–2012), family, children: one code in eight is refused
FIRST_CARD_LASTS = timedelta(days=14)
WRONG_PINS_FREE = 4
WRONG_PIN_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30))  # the last one repeats: 48 tries a day
TRIES_FORGOTTEN = timedelta(hours=24)  # after the last failed try
KNOWN_DEVICE_LASTS = timedelta(days=90)  # since the last full sign-in of a professional there

# --- Argon2id. Source: OWASP Password Storage Cheat Sheet (second recommended profile).
ARGON2_MEMORY_KIB = 19 * 1024
ARGON2_PASSES = 2
ARGON2_LANES = 1
PASSWORD_LENGTH = 12  # characters; CNIL 2022-100, case 1, with common passwords refused

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
STAFF_SESSIONS_AT_ONCE = 5  # a desk, a meeting room, a telephone, and two forgotten ones
TABS_GONE_SLEEPS = timedelta(minutes=2)  # longer than a reload, a restart, or timers throttled to once a minute
TABS_WRITTEN_EVERY = timedelta(seconds=20)
VEILED_BEFORE = timedelta(seconds=15)  # the page is hidden that long before the visit sleeps; a touch reveals it
LEAVING_WAITS = 2.0  # seconds to wait for the database before the browser is cleared without it

# --- Typed text. Source: what fits on a page; PostgreSQL refuses over-long text that SQLite stores.
NAME_LENGTH = 100
TOWN_LENGTH = 60
DATE_LENGTH = 40  # of a day as it is typed, « le 12 septembre 2026 » included
LINE_LENGTH = 200
TEXT_LENGTH = 4_000
MARKS_PER_LETTER = 4
UPLOAD_MEGABYTES = 5
UPLOAD_BYTES = UPLOAD_MEGABYTES * 1024 * 1024
PHOTO_BYTES = 200 * 1024
REVISIONS_KEPT = 200  # per work: enough for a whole afternoon of undo
REVISIONS_KEPT_LEAST, REVISIONS_CHARACTERS = 20, 4_000_000  # fewer revisions of a very long work
WORK_CHARACTERS = 200 * 1024  # of all works of a person, as stored; a full profile with three CVs takes a tenth
EMPTY_WORK_CHARACTERS = 1_000  # up to this size, a new profile or CV is accepted even when the space is full
WORKS_PUT_ASIDE = 60  # deleted works that can be brought back; beyond, the oldest are erased
BODY_DEPTH = 12

# --- What a browser sends. Source: measured on our pages; a voice recording is 32 KB a second.
UPLOADS_KEPT_A_VISIT = 3 * UPLOAD_BYTES  # in memory; beyond, the oldest are dropped
UPLOADS_KEPT = 6 * UPLOAD_BYTES  # the same, for all visits together
UPLOADS_COMING = 4 * UPLOAD_BYTES  # being received at one time, for all visits together
UPLOADS_BYTES_AT_ONCE = 40 * 1024 * 1024  # burst of one visit
UPLOADS_BYTES_A_SECOND = 64 * 1024  # refill of that burst
MESSAGE_BYTES = 512 * 1024  # one WebSocket message; the largest legitimate ones are 20 KB
MESSAGE_WIDGETS = 2_000  # a page of 50 people has 300
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 60, 20  # per visit; further ones are delayed, none is lost
TABS_AT_ONCE = 20  # per visit

# --- Documents. The ticket of a personal document is valid for one download within this time.
DOCUMENT_LASTS = timedelta(minutes=10)

# --- Retention. Source: référentiel CNIL « gestion des accompagnements », to be confirmed by each organisation.
KEPT_AFTER_LAST_CONTACT = timedelta(days=730)
ERASURE_ANNOUNCED = timedelta(days=30)  # notice before an account is erased for lack of contact
NEVER_ACTIVATED_KEPT = timedelta(days=91)
GUEST_WORK_KEPT = timedelta(0)  # a guest's work is deleted when the visit ends
ERASURE_WAITS = timedelta(days=7)  # to change one's mind
VOID_CARDS_KEPT = timedelta(days=91)
SIGN_INS_KEPT = timedelta(days=183)  # CNIL, délibération 2021-122 (journalisation): six months to a year
REVISIONS_KEPT_FOR = timedelta(days=183)
REMOVED_WORK_KEPT = timedelta(days=30)  # during which « Remettre » can restore it
AUDIT_KEPT = timedelta(days=365)  # CNIL, délibération 2021-122 (journalisation)
VIEWS_SHOWN = timedelta(days=90)
MISSING_WORDS_KEPT = timedelta(days=365)
WORKSHOPS_KEPT = timedelta(days=365)  # for a yearly report
WORKSHOP_LIVE_KEPT = timedelta(days=90)  # to print again the sheet and the pages; the signed sheet is the structure's
GROUP_ANSWERS_KEPT = timedelta(days=30)
CLOSED_STAFF_KEPT = timedelta(days=365)  # as long as the audit log may refer to them
BACKUPS_KEPT = timedelta(days=30)
TOMBSTONES_KEPT = timedelta(days=1_095)  # far longer than backups, so that a forgotten backup brings nobody back
PURGED_EVERY = timedelta(days=1)

# --- Data export and re-import.
ARCHIVE_JSON_BYTES = 4 * 1024 * 1024  # the work file, unpacked, since a small zip can contain a huge file
ARCHIVE_BYTES = UPLOAD_BYTES - 256 * 1024  # what is exported must fit in an upload

# --- Text cleaning. Source: Unicode emoji-zwj-sequences (the longest families with skin tones have 11 code points).
CODE_POINTS_PER_CHARACTER = 16
FILE_NAME_LENGTH = 80
OLDEST_YEAR = 1990  # of anything that a person of 25 can have done
YEARS_AHEAD = 6  # for the end of a training course that has just begun
CERTIFICATE_YEARS_AHEAD = 15  # until which a card or a permit may be valid

# --- Photos. Source: arrêté du 5 février 2009 (35 × 45 mm), at 300 dots per inch; memory measured.
PHOTO_SIZE = (413, 531)
PHOTO_LEAST = 100  # pixels a side; below, a face cannot be recognised
PHOTO_JPEG_PIXELS = 64_000_000  # for phones with 48 Mpx; draft() decodes them at a reduced size
PHOTO_WHOLE_PIXELS = 12_500_000  # PNG and progressive JPEG are decoded at full size: 50 MB, and a copy
PHOTO_WEBP_PIXELS = 9_000_000  # WEBP allocates a canvas besides

# --- Imported files. Source: what a CV can contain, with a margin; a hostile file must not affect the server.
CARRIED_DEPTH = BODY_DEPTH
CARRIED_ITEMS = 200
READ_MEMORY_AT_ONCE = 224 * 1024 * 1024  # of all reading processes; with the server they must fit in 700 MB
READ_WAITING = 16  # files that wait; further people are asked to try again in a minute
READ_WAITS_SECONDS = 10
READ_SECONDS = 5  # of CPU for one file; the largest legitimate ones take one
READ_CLOCK_SECONDS = 20  # of elapsed time, on a busy machine
READ_MEMORY_BYTES = 96 * 1024 * 1024
READ_PHOTO_MEMORY_BYTES = 192 * 1024 * 1024  # a picture is decoded whole, twice when it has transparent parts
JSON_VALUES = 20_000  # commas, colons and brackets; a profile with 20 full CVs has a tenth
JSON_TEXT_LENGTH = 500_000  # characters of all strings but the longest; twice what a person may store here
JSON_DEPTH = 100
JSON_NUMBER_LENGTH = 40
CVS_AT_MOST = 20  # a list that stays readable

# --- Password hashing. Source: measured.
PASSWORD_LONGEST = 200  # characters, so that the work of argon2 is limited
HASHES_AT_ONCE = 2  # 80 tries a second: a group of thirty signs in within half a second
HASHES_WAITING = 120  # so that nobody waits longer than two seconds; further people are asked to try again
HASHES_OF_AN_ADDRESS = 40  # enough for a whole group behind one address, but not the whole queue

# --- Proofreading. Source: measured on two cores. Grammalecte takes half a second for a whole CV; beyond this limit its
# answer is dropped.
GRAMMALECTE_SECONDS = 4.0
PROOFREAD_CHARACTERS = 10_000  # three full pages
PROOFREAD_UNKNOWN_WORDS = 80  # each takes 8 ms the first time; the others are shown once these are corrected

# --- Advice. Source: what recruiters expect of a one-page CV at 16–25, as practitioners report it.
PAGE_TOO_EMPTY = 0.45  # share of the page
GAP_MONTHS = 6  # shorter gaps need no explanation
QUALITIES_AT_MOST = 3
OLDEST_YEARS = 16  # nobody of 16–25 has done something on a CV longer ago: the year is mistyped
SETTLED_AT_MOST = 60  # remarks that a person has marked as right, in one CV

# --- Jobs.
FAVOURITES_AT_MOST = 12  # few enough to choose from
PORTFOLIO_SENTENCES = 4  # a line that stays readable on one page
PORTFOLIO_COMPETENCES = 3
COMPETENCES_AT_MOST = 40  # of a structure's own list
PORTFOLIO_OFFERED = timedelta(days=7)  # after the session, on the person's home
WISH_LENGTH = 120  # of the search for jobs
MISSING_WORDS_LENGTH = 40  # long enough for a wish, too short for a person's story
MISSING_WORDS_IN_A_WISH = 5  # words of it; more would be a sentence
MISSING_WORDS_IN_ANOTHER_SCRIPT = 2  # there, words of distress are not recognised, so no sentence may be kept
MISSING_WORDS_AT_MOST = 2_000  # distinct ones; the fifty most frequent are shown
SYNONYMS_AT_MOST = 500  # per organisation, since every search reads them

# --- Importing people. Source: the largest list of an organisation (2,000 people); memory measured.
IMPORT_BYTES = 1024 * 1024
IMPORT_ROWS = 2_000
IMPORT_READ_BYTES = 4 * 1024 * 1024  # the rows as the reading process returns them
IMPORT_READ_CHARACTERS = 2_500_000  # of all sheets together; in JSON an accent takes six bytes
IMPORT_UNPACKED_BYTES = 60 * 1024 * 1024
IMPORT_UNDONE_WITHIN = timedelta(hours=24)
IMPORT_LAYOUTS_AT_MOST = 20  # of one structure, the latest used
IMPORT_CELL_LENGTH = 200  # of a cell that is kept to be mended
IMPORT_ASIDE_KEPT = timedelta(days=7)  # rows of a file that could not be enrolled yet
YOUNGEST = 14  # years, for work experience at school (3e); missions locales follow people of 16–25, rarely up to 29
OLDEST = 32

# --- Files of a territory (data·inclusion). Source: a large département has 10,000 services; memory measured.
TERRITORY_BYTES = 300 * 1024 * 1024  # of one file; it is read piece by piece
TERRITORY_RECORDS = 300_000
TERRITORY_FIELD_CHARACTERS = 64 * 1024

# --- Figures. Source: CNIL, anonymisation: small counts can identify people.
LEAST_COUNT = 5
FIGURES_DAYS = 366
IMILO_WEEKS = 13  # of one screen: a quarter
IMILO_READ = 20_000  # people of a structure, by name; beyond, a head chooses an adviser
IMILO_PEOPLE = 150  # with lines, on one screen: more than an adviser follows
IMILO_ENTRIES_AT_ONCE = 5_000
IMILO_MINUTES = 10_080  # of one line: a week
# --- The cohort. Source: what an adviser reads at a glance, and what a young person reads without effort.
PEOPLE_A_PAGE = 50
NOTE_LENGTH = 500
COMMENT_LENGTH = 500
SHORT_WORD_LENGTH = 140  # the message with a help request, a next step or an appointment
DRAFTS_AT_ONCE = 20  # messages of one person that are written and not sent; the oldest go first
MESSAGE_LENGTH = 500
MESSAGES_UNREAD = 10  # of one side, before the other has read any: a thread is no flood
MESSAGES_A_DAY = WRITTEN_A_DAY = 40  # of one side in a thread; notes, comments, steps for one person; removed too
MESSAGES_SHOWN = 100
SHARED_A_DAY = 40  # times that one person says yes to showing something; saying no is never bounded
REMINDER_AHEAD = timedelta(days=366)
APPOINTMENT_AHEAD = timedelta(days=366)
APPOINTMENT_HOURS = range(7, 21)  # at which one can begin
APPOINTMENT_EVERY = 15  # minutes; what a diary of the missions locales is ruled in
APPOINTMENT_LENGTHS = (15, 30, 45, 60, 90)  # minutes
APPOINTMENTS_AT_MOST = 12  # to come, or proposed within a day, of one person
APPOINTMENTS_SHOWN = 100  # of one person, the latest
APPOINTMENT_REMINDED = timedelta(days=2)  # before its day, on the young person's home
AGENDA_SHOWN = 300  # appointments of one professional in the days of one screen
HALF_DAYS_OFFERED = 5  # working days, from tomorrow, of which a young person ticks half-days
HALF_DAYS_TICKED = range(2, 4)
REASONS_TICKED = range(1, 4)
CONTACTS_A_DAY = 12  # with one person; more is a finger that stays on the button
CONTACTS_SHOWN = 30
PHONE_TYPED = 40
LIST_NAME_LENGTH = 60
LISTS_AT_MOST = 30
UNDO_WITHIN = timedelta(hours=24)  # for a handover, or an act on many people, made by mistake
PEOPLE_AT_ONCE = 300  # in one act; an adviser follows 50 to 150 people
PRINTED_AT_ONCE = 50  # people whose cards or sheets are one file: a page of the list
ACTS_APART = timedelta(minutes=10)  # longer pauses between two actions are not counted as activity

# --- Applications. Source: France Travail, « relancer une candidature »: a week to ten days.
APPLICATIONS_AT_MOST = 100
FOLLOW_UP_AFTER = timedelta(days=10)
LETTERS_AT_MOST = 20  # messages of one person; a search writes two or three a week
LETTER_LENGTH = 2_500  # characters of one message: a page
LETTER_PART_LENGTH = 400
REHEARSAL_ADDRESSES = 300  # characters of « À » or « Cc » in the rehearsal mailbox
REHEARSAL_FILES = 3  # files of one rehearsed message
MAILS_A_DAY = 5  # of one person, to employers and to oneself; a careful search sends two or three
MAILS_OF_A_STRUCTURE_A_DAY = 100  # below the limits of ordinary mail boxes
MAILS_AT_ONCE = 4  # connections to the mail server
MAIL_SECONDS = SMS_SECONDS = 10  # for one answer of the mail server, for the whole one of the SMS gateway
# --- Notifications. Source: ours; stricter than the habits of commercial SMS (8 to 20 h, no Sunday, no public holiday).
NOTIFIED_HOURS = range(9, 19)  # of the server's clock; never on a Sunday or a public holiday
NOTIFICATIONS_A_WEEK, NOTIFICATIONS_OF_AN_ADDRESS = 3, 6  # of one person by one channel; of a number that two may share
NOTIFICATIONS_OF_A_STRUCTURE_A_DAY = 100  # by one channel; below the limits of ordinary mail boxes
NOTIFICATION_WAITS, NOTIFICATION_TOO_OLD = timedelta(minutes=10), timedelta(days=5)  # a message may be read meanwhile
NOTIFICATION_TRIES, NOTIFICATION_TRIED_AGAIN = 3, timedelta(minutes=15)  # of what surely did not leave
NOTIFICATIONS_AT_ONCE, NOTIFICATIONS_SHOWN = 20, 5  # in one round of a process, each minute; on a page
CALENDAR_BEFORE, CALENDAR_AHEAD, CALENDAR_EVENTS = timedelta(days=30), timedelta(days=180), 1_000
CALENDAR_READS_AT_ONCE, CALENDAR_READS_A_SECOND = 10, 1 / 60  # of one address; programs ask every hour or less
SENT_MAILS_KEPT = timedelta(days=183)  # the traces of what left, notifications too
MAIL_LINK_LENGTH = 1_900  # of a mailto: link; Windows hands at most 2,048 characters to a mail program
# --- Interviews. Source: what stays readable for one person; employers advise to come ten minutes early.
ANSWER_LENGTH = 1_500  # characters, about two minutes of speech
INTERVIEWS_AT_MOST = 20
PRACTICE_KEPT = 100  # practice sessions listed one by one; older ones are only counted
ASKED_KEPT = 60  # recent questions that are not asked again
EARLY_MINUTES = 10
# --- Lessons. Source: practice spread over days is remembered longer (Cepeda et al., 2006); two returns annoy nobody.
LESSON_COMES_AGAIN = (timedelta(days=2), timedelta(days=7))  # after the first time it is finished, after the second
LEARNING_RECORDS_AT_MOST = 300  # lessons and scenes of one person, those of a structure included
LEARNING_ANSWER_WORDS = 10  # the longest answer is an order or the ticks of one question
LESSON_LINE_LENGTH = 140  # of one line of a screen
LESSON_ROWS = 12  # lines typed into one box; a screen shows ten
OWN_LESSONS_MOST = 150  # lessons and scenes of one structure
OWN_LESSONS_CHARACTERS = 3_000_000  # of all of them, as stored
LESSON_FILE_BYTES = 60_000  # ours stay under 12 kB
LESSON_FILE_LEVELS = 8  # of lists within lists; a lesson has six
LESSON_FILE_VALUES = 1_500  # ours have 300
LESSON_MISTAKES_SHOWN = 25  # of one file
LESSON_REPORT_NOTE = 200  # characters
LESSON_REPORTS_OPEN = 10  # of one person, not yet read by a professional
LESSON_REPORTS_A_DAY = 10  # of one person
LESSON_REPORTS_SHOWN = 100  # the oldest open ones first
VIDEO_SECONDS = 180  # of the video of an own lesson
VIDEO_MEGABYTES = 40  # three minutes of 720 lines take 35
VIDEO_BYTES = VIDEO_MEGABYTES * 1024 * 1024
VIDEOS_BYTES = 10 * VIDEO_BYTES  # of one structure
VIDEO_TRANSCRIPT = 4_000  # characters; three minutes of fast speech take 3,600
VIDEO_UPLOAD_SECONDS = 900  # 40 MB at 45 KB a second
VIDEO_FORM_BYTES = 128 * 1024  # what comes with the file: subtitles, words, the form around them
LESSON_KIT_PAGES = 20  # lessons printed together
LEARNING_ANSWER_LENGTH = 160  # characters of one word of an answer: a line typed again
# --- Actions that give access to somebody else's account. Source: OWASP Authentication Cheat Sheet (reauthentication).
PROOF_LASTS = timedelta(minutes=1)  # the action follows the proof at once
FRESH_SIGN_IN = timedelta(minutes=5)  # counts as a proof for those who only sign in at the external provider
REMADE_CARD_TOLD = timedelta(days=30)  # on its owner's home page, after its first use
REMADE_CARDS_LISTED = timedelta(days=91)  # to the head, as long as a void card is kept
# --- Sign-in of professionals. Source: OWASP Authentication and Multifactor Authentication Cheat Sheets; RFC 6238 (TOTP).
INVITATIONS_KEPT = timedelta(days=30)  # to answer, some weeks later, whether a link was used
INVITATION_LASTS = timedelta(hours=24)  # shown on a screen, not sent; long enough for the next working day
PASSWORD_GUESSES = 10**10  # zxcvbn's estimate below which a password is refused as common (its best score)
SECOND_FACTOR_STEP = 30  # seconds that one code is valid
SECOND_FACTOR_STEPS_AROUND = 1  # clocks may differ by half a minute
RECOVERY_CODES = 10
SECOND_STEP_LASTS = timedelta(minutes=10)  # between the password and the code, including the set-up
OUTSIDE_SIGN_IN_LASTS = timedelta(minutes=10)  # the whole visit at the provider
OUTSIDE_SECONDS = 10  # for one answer of the provider

OUTSIDE_MFA = frozenset(  # values of `acr` that mean a second factor. Source: ProConnect, documentation of its partners
    {
        "eidas2",
        "eidas3",
        "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
        "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
    }
)
OWN_TRACES = 10  # sign-ins of one's own that « Mon compte » lists

# --- A client address is slowed down, never refused, because a whole group may share one.
ADDRESS_FAILURES_FREE = 30
ADDRESS_SLOWED_BY = 0.1  # seconds for each further failure
ADDRESS_SLOWED_AT_MOST = 3.0
REFUSALS_TOLD_EVERY = 0.1  # seconds; refusals are delayed to a multiple of it, so that timing reveals nothing
ADDRESS_FORGETS = timedelta(minutes=10)  # half-life of the count of failures
ADDRESSES_REMEMBERED = 10_000

# --- Guests: anybody can become one, and each creates an account. A class of thirty can come in twice without waiting.
GUESTS_OF_AN_ADDRESS = 60
GUESTS_COUNTED_OVER = timedelta(minutes=10)
GUESTS_AT_ONCE = 800  # more people than one process can serve (measured)
OWN_CARDS_AT_MOST = 2_000  # people with a card of their own making, whom no structure knows

# --- Slow requests. Source: OWASP ASVS 5.0, 15.2 (resource exhaustion); a slow telephone sends a form in a second.
HEAD_SECONDS = 10  # for the head of a request, including the wait for its first byte
UNFINISHED_HEADS = 200  # connections with an incomplete head; beyond, the oldest is closed
FORM_BYTES = 8 * 1024
FORM_SECONDS = 15
UPLOAD_SECONDS = 180  # 5 MB at 30 KB a second

# --- Administration.
JOURNAL_PAGE = 50
FACTS_LAST_DAYS = 366  # phone numbers and legal facts in data/ must be checked again every year
