"""The rehearsal mailbox: a copy of a mail programme in which a message to an employer is written, and nothing leaves."""
