"""What is forgotten, and when. Ids of activities and tombstones are kept for good: they are small, and they stop what is old."""

from __future__ import annotations

from datetime import timedelta

#: The bytes of an activity that was acted on; its id stays.
INBOX_BODIES = timedelta(days=14)
#: A delivery that arrived, or that there was nobody for: the log of those who look after the node reaches so far.
DELIVERIES = timedelta(days=60)
#: A delivery that was given up: people may have it tried again until then.
PARKED = timedelta(days=60)
#: Work that is done, or that was given up: whoever names what is not there must not fill our rows.
TASKS = timedelta(days=30)
#: What was decided here about others, and why.
DECISIONS = timedelta(days=365)
#: A session in which nobody came back.
SESSION = timedelta(days=14)
#: What people were told of what concerns them.
NOTICES = timedelta(days=90)
#: A server that nobody here decided anything about, that nobody is linked with, and that has not been heard of since.
STRANGERS = timedelta(days=30)
#: Of those no more than so many are known at any time.
MOST_STRANGERS = 10_000
#: An invitation that ended without anybody coming.
INVITATIONS = timedelta(days=60)
#: A file that somebody gave and that nothing shows: whoever writes may come back to it until then.
MEDIA = timedelta(days=30)
#: That a letter came and was opened: so that it does not come twice.
LETTERS_IN = timedelta(days=30)
#: What somebody brought along from before and has not taken in, or has: only what came of it stays.
BRINGINGS = timedelta(days=14)
#: How often one looks.
EVERY = timedelta(days=1)
#: Keys of ours that others took the place of: longer than any server keeps one without asking.
FORMER_KEYS = timedelta(hours=48)
