"""From the answers to the page, and from the page to PDF, Word, picture and preview."""
