"""Makes what leaves for an employer from the CV and the applications: letters, messages, e-mails."""
