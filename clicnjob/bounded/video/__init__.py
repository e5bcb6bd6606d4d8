"""What a video file really holds, read from its own structure and never from its name: duration, codecs, tracks."""
