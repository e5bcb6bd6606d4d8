"""Reads a large JSON file one object at a time, so that memory stays flat whatever its size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from clicnjob.errors import Refusal

_CHUNK = 64 * 1024
_LONGEST = 512 * 1024  # characters of one object; the largest legitimate ones have 10,000
_SPACE = " \t\r\n"


class UnreadableJson(Refusal):
    """The text is no JSON, or not of the expected shape. `line` is where, from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"Le fichier JSON ne se lit pas à la ligne {line}.")


class JsonStream:
    """A JSON text read forward. `line` is the line of the next character."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._buffer = ""
        self._place = 0
        self._decoder = json.JSONDecoder()
        self.line = 1

    def read_lists(self) -> Iterator[tuple[str, Iterator[tuple[int, Any]]]]:
        """Yield the lists of the text with their keys ('' for a text that is one list); each must be read to its end.

        Values other than lists are skipped. Raises UnreadableJson.
        """
        if self._peek_character() == "[":
            yield "", self._list_entries()
            return
        self._take_character("{")
        while self._peek_character() != "}":
            key = self._decode_value()
            if not isinstance(key, str):
                raise UnreadableJson(self.line)
            self._take_character(":")
            if self._peek_character() == "[":
                yield key, self._list_entries()
            else:
                self._decode_value()
            if self._peek_character() == ",":
                self._take_character(",")

    def _list_entries(self) -> Iterator[tuple[int, Any]]:
        """Yield each entry of the list with the line on which it begins."""
        self._take_character("[")
        while self._peek_character() != "]":
            yield self.line, self._decode_value()
            if self._peek_character() == ",":
                self._take_character(",")
            elif self._peek_character() != "]":
                raise UnreadableJson(self.line)
        self._take_character("]")

    def _peek_character(self) -> str:
        """Skip spaces and return the next character."""
        while True:
            while self._place < len(self._buffer) and self._buffer[self._place] in _SPACE:
                self.line += self._buffer[self._place] == "\n"
                self._place += 1
            if self._place < len(self._buffer):
                return self._buffer[self._place]
            if not self._read_more():
                raise UnreadableJson(self.line)

    def _take_character(self, expected: str) -> None:
        if self._peek_character() != expected:
            raise UnreadableJson(self.line)
        self._place += 1

    def _decode_value(self) -> Any:
        """Decode the value that begins here, reading more of the file until it is whole."""
        self._peek_character()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._place)
            except RecursionError:
                raise UnreadableJson(self.line) from None
            except json.JSONDecodeError:
                if len(self._buffer) - self._place > _LONGEST or not self._read_more():
                    raise UnreadableJson(self.line) from None
                continue
            except ValueError:  # Python refuses an integer of more than 4,300 digits
                raise UnreadableJson(self.line) from None
            self.line += self._buffer.count("\n", self._place, end)
            self._place = end
            return value

    def _read_more(self) -> bool:
        more = self._source.read(_CHUNK)
        self._buffer, self._place = self._buffer[self._place :] + more, 0
        return bool(more)
