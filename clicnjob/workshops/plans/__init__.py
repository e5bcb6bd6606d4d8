"""Plans of group sessions: ours as content, a structure's own in the database, their files and their paper."""
