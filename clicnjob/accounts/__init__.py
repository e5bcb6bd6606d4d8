"""Identity and access: cards, passwords, sign-ins, tickets, and who may open which account."""
