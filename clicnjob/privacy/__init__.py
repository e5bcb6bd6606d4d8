"""What belongs to the young person, and what the law asks of us: notice, sharing, who looked, export, erasure, retention."""
