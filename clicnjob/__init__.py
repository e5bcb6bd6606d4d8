"""ClicNJob: a free job-search assistant for young people who are neither in work nor in training."""
