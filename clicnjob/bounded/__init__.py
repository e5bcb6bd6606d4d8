"""Reads files and data that others wrote, within limits of size, time and memory."""
