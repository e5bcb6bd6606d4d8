"""The pages about personal data: notice, sharing, access log, stored data, erasure and retention."""
