"""The young person's rights over their data: notice, sharing, access log, export, erasure, retention."""
