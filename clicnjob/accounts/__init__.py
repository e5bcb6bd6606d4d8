"""Who one is: cards, passwords, sign-ins, tickets, and who may open which account."""
