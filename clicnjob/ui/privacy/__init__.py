"""The pages about a person's data: the notice, what is shared, who looked, what is held, erasing."""
