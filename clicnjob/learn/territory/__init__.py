"""The services of a territory, from a file of data·inclusion v1: read line by line, imported, found near somebody."""
