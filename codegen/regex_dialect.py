"""Patterns of the models are written for Java; RE2 reads a slightly different dialect."""

import re


class UnsupportedPattern(Exception):
    """RE2 has no equivalent: look-around and back references."""


# UTF-16 surrogate ranges stand for everything outside the basic plane.
_SURROGATES = (
    (r"\uD800\uDC00-\uDBFF\uDFFF", r"\x{10000}-\x{10FFFF}"),
    (r"\uD800-\uDBFF\uDC00-\uDFFF", r"\x{10000}-\x{10FFFF}"),
)
# `\u10000` is Java's \u1000 followed by a zero; the authors meant the supplementary planes.
_MISSPELT = ((r"\u10000-\u10FFFF", r"\x{10000}-\x{10FFFF}"),)


def to_re2(pattern):
    for before, after in _SURROGATES + _MISSPELT:
        pattern = pattern.replace(before, after)
    for construct in ("(?=", "(?!", "(?<=", "(?<!", "(?>"):
        if construct in pattern:
            raise UnsupportedPattern(f"uses {construct}")
    if re.search(r"(?<!\\)\\[1-9]", pattern):
        raise UnsupportedPattern("uses a back reference")
    pattern = re.sub(r"\\u([0-9A-Fa-f]{4})", r"\\x{\1}", pattern)
    # RE2 refuses a range whose left end is a class, as in [\w-_]; Java reads the hyphen literally.
    pattern = re.sub(r"(\[[^\]]*?[a-zA-Z]-[a-zA-Z](?:[^\]]*?\d-\d)?)-_", r"\1\\-_", pattern)
    return pattern
