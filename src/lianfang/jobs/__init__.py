"""Work that goes on by itself: the turn of time, long evaluations, the night's check, reminders."""
