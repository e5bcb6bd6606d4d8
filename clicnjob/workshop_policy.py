"""Limits and delays of live group sessions, each with its reason; those of everything else are in `policy`."""

from __future__ import annotations

from datetime import timedelta

# --- Group sessions. Source: a workshop lasts about 1 h 30, half a day at most, as practitioners report it.
WORKSHOP_ENDS_AFTER = timedelta(hours=4)  # for one that nobody ended
WORKSHOP_LEAST_MINUTES = 5  # of a corrected length
WORKSHOP_MOST_MINUTES = 240
WORKSHOP_TITLE_LENGTH = 60
WORKSHOPS_SHOWN = 50
WORKSHOP_STEPS_AT_MOST = 200  # of one activity, as a page reports them
PUSHES_AT_MOST = 60  # to some people, since the last one to everybody
PUSHED_INSTRUCTION_LENGTH = 600
PUSHED_TITLE_LENGTH = 60
TIMER_MOST_MINUTES = 60
PAUSE_MOST_MINUTES = 10
TOGETHER_AFTER = timedelta(seconds=10)  # to finish one's sentence before the group goes on together
# Somebody is stuck after the larger of three minutes and twice the planned time of a step, or after more than three
# failed tries. Help is offered to the person first; the trainer is told a minute later, and « vu » silences it.
STUCK_AFTER = timedelta(minutes=3)
STUCK_TIMES_PLANNED = 2
STUCK_FAILED_TRIES = 3
STUCK_TOLD_AFTER = timedelta(minutes=1)
STUCK_QUIET_FOR = timedelta(minutes=5)
SCREEN_ALIVE_FOR = timedelta(seconds=20)  # without a poll, a screen is not connected any more
SCREEN_ALIVE_WRITTEN_EVERY = timedelta(seconds=5)
SCREEN_VERSIONS_READ_EVERY = timedelta(seconds=0.5)
SCREEN_ANSWER_HELD_FOR = timedelta(seconds=4)  # until something changes; less than a stopping server waits for answers
SCREEN_ANSWERS_HELD = 4  # of one visit at once; a tab more is answered without waiting
SCREEN_VISIT_CHECKED_EVERY = timedelta(seconds=15)  # whether who polls is still signed in
SCREEN_FORGOTTEN_AFTER = timedelta(minutes=1)  # without a poll; a hidden tab polls every ten seconds
GUEST_SCREEN_WRITTEN_EVERY = timedelta(minutes=1)  # an admitted guest's open screen counts as activity (decision 0016)
SCREEN_LOOKUPS_AT_ONCE = 300  # of one address: ten groups behind it come back together when the server starts again
SCREEN_LOOKUPS_A_SECOND = 30
PLANNED_WORKSHOPS_MOST = 60  # of one professional, to come
PLANNED_WITHIN_DAYS = 366
PLANNED_PLACE_LENGTH = 60
PAST_PLANNED_KEPT = timedelta(days=30)
OWN_PLANS_MOST = 100  # of one structure
OWN_PLANS_CHARACTERS = 3_000_000  # of all plans of a structure, as stored; a hundred like ours take half of it
PLAN_FILE_BYTES = 200_000  # ours, with their kits, stay under 30 kB
PLAN_SOURCE_LENGTH = 600
PLAN_FILE_LEVELS = 10  # of lists within lists; a plan has seven
PLAN_FILE_VALUES = 15_000  # ours have 300, the fullest plan that can be written 8,000
OWN_PLAN_CHARACTERS = 150_000  # of one plan as stored; its file, with its indents, still fits into PLAN_FILE_BYTES
PLAN_MISTAKES_SHOWN = 25  # of one file
OWN_CONTENT_UNDO_STEPS = 30  # the last changes of a plan or a lesson that can be taken back
WALL_TEXT_LENGTH = 240  # of what a step shows on the wall, read from the last row
PEOPLE_OFFERED = 24  # names to tick at once, enough for two groups
WORKSHOP_PEOPLE = 25  # in one live session
WORKSHOP_PEOPLE_A_SEAT = 3
WORKSHOP_TRAINERS = 3  # who lead one session together, each with a board
WORKSHOP_BOARDS, WORKSHOP_PROJECTORS = 3, 2  # of one session, open at the same time; each asks every second
WORKSHOP_TURNS_NOTED = 100  # of one person in one session: turns at a computer, coming and going, calls for help
WORKSHOP_CODE_SYMBOLS = 6
WORKSHOP_CODE_LASTS = timedelta(minutes=15)
WORKSHOP_CODE_GRACE = timedelta(minutes=2)  # for who is still typing the code that was on the wall
RETURN_CODE_SYMBOLS = 8  # gives a guest their place back; works once
RETURN_OFFER_LASTS = timedelta(minutes=2)  # « Rendre sa place », for who stands at the door
WORKSHOP_RETURN_AFTER_END = timedelta(minutes=30)  # for who was not at the screen at the end, to take their work along
WRONG_CODES_A_MINUTE = 10  # of one browser
WRONG_CODES_OF_AN_ADDRESS = 60  # a minute: a whole room behind one address may mistype
WRONG_CODES_COUNTED_OVER = timedelta(minutes=1)
HINT_LENGTH = 300
GROUP_QUESTION_LENGTH = 160  # read on a wall from the last row
GROUP_QUESTIONS_AT_MOST = 20  # in one session
GROUP_CHOICES = range(2, 7)  # how many answers one can choose from
GROUP_CHOICE_LENGTH = 60
GROUP_ANSWER_LENGTH = 140
CLOUD_WORD_LENGTH, CLOUD_WORDS = 30, 50
GROUP_SHOWN_FROM = 3  # people; in a smaller group, a number on the wall would speak of one of them
KEPT_APART_AT_MOST = 30  # pairs of one session
