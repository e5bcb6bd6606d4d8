"""What a group session leaves: the attendance sheet, a page for each person's portfolio, a page for the group."""
