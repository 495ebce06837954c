#!/usr/bin/env python3
"""Writes UnicodeData.swift and HanData.swift beside itself: the tables behind folding and tokens.

    generate.py FOLDER      FOLDER holds queries.py (the specification) and t2s.tsv (OpenCC)

Python's `unicodedata` is the one source of character properties, so that the tables and the
specification agree on the Unicode version.  Both files hold a stream of whole numbers in
printable ASCII: each number is cut into groups of 5 bits, lowest first; a group is written as
the character 0x30 + group, plus 0x20 where more groups of the number follow.  Signed numbers are
zigzag-coded.  Sections, in order, each preceded by its count of records:

UnicodeData  1 classes: length of run, class; from U+0000 on
             2 combining classes other than 0: gap, length of run, class
             3 case folding   4 NFD   5 NFKD where it differs from NFD:
               gap to the next scalar, count, then each mapped scalar as signed difference to it
             6 canonical compositions: gap to the next composed scalar, first and second part as
               signed difference to it
HanData      one section like 3: Traditional to Simplified
Hangul syllables are left out of 4 to 6: their mapping is arithmetic.
"""
import importlib.util
import os
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
# Order of UnicodeTable.Kind.
OTHER, UPPER, LETTER, NUMBER, MARK, DELETED = range(6)


def load(folder):
    spec = importlib.util.spec_from_file_location("queries", os.path.join(folder, "queries.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def number(value):
    out = ""
    while True:
        group, value = value & 31, value >> 5
        out += chr(0x30 + group + (32 if value else 0))
        if not value:
            return out


def signed(value):
    return number(value << 1 if value >= 0 else (-value << 1) - 1)


def is_hangul(c):
    return 0xAC00 <= c <= 0xD7A3


def character_class(q, c):
    """kind, and where it matters script and emoji, in the bits of UnicodeTable.Properties"""
    s = chr(c)
    if q.prepare(s) == "" and unicodedata.normalize("NFKC", s) == s:
        return DELETED
    category = q.cat(s)
    if category[0] in "LNM":
        kind = {"N": NUMBER, "M": MARK}.get(
            category[0], UPPER if q.case_class(s) == "U" else LETTER)
        return kind | {"w": 0, "1": 1, "k": 2}[q.script(s)] << 3
    return OTHER | (32 if q.is_emoji(s) else 0)


def runs(values):
    """(value, first, length) of neighbours with one value"""
    out = []
    for c, v in values:
        if out and out[-1][0] == v and out[-1][1] + out[-1][2] == c:
            out[-1][2] += 1
        else:
            out.append([v, c, 1])
    return out


def mappings(table):
    out, last = number(len(table)), 0
    for c in sorted(table):
        out += number(c - last) + number(len(table[c]))
        out += "".join(signed(ord(x) - c) for x in table[c])
        last = c
    return out


def unicode_sections(q):
    classes = [(0 if 0xD800 <= c < 0xE000 else character_class(q, c)) for c in range(0x110000)]
    found = runs(enumerate(classes))
    yield number(len(found)) + "".join(number(n) + number(v) for v, _, n in found)

    found = [r for r in runs((c, unicodedata.combining(chr(c))) for c in SCALARS) if r[0]]
    out, last = number(len(found)), 0
    for v, first, n in found:
        out += number(first - last) + number(n) + number(v)
        last = first + n
    yield out

    yield mappings({c: chr(c).casefold() for c in SCALARS if chr(c).casefold() != chr(c)})

    def normal(form, c):
        return unicodedata.normalize(form, chr(c))
    plain = [c for c in SCALARS if not is_hangul(c)]
    yield mappings({c: normal("NFD", c) for c in plain if normal("NFD", c) != chr(c)})
    yield mappings({c: normal("NFKD", c) for c in plain if normal("NFKD", c) != normal("NFD", c)})

    pairs, last = [], 0
    for c in plain:
        parts = unicodedata.decomposition(chr(c)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and normal("NFC", c) == chr(c):
            first, second = (int(x, 16) for x in parts)
            pairs.append(number(c - last) + signed(first - c) + signed(second - c))
            last = c
    yield number(len(pairs)) + "".join(pairs)


def write(name, comment, constant, text):
    with open(os.path.join(HERE, name), "w", encoding="ascii") as f:
        f.write("// swift-format-ignore-file\n// Written by generate.py beside it; not edited by hand.\n")
        f.write(comment + f"let {constant}: StaticString = #\"\"\"\n")
        for i in range(0, len(text), 400):
            f.write("    " + text[i:i + 400] + "\n")
        f.write("    \"\"\"#\n")


def main():
    q = load(sys.argv[1])
    write("UnicodeData.swift",
          f"\n/// Character classes, case folding, decompositions and compositions of Unicode {unicodedata.unidata_version}.\n"
          "///\n/// From the Unicode Character Database (Unicode License v3, https://www.unicode.org/license.txt).\n",
          "unicodeData", "".join(unicode_sections(q)))
    write("HanData.swift",
          "\n/// Traditional to Simplified Chinese by character, first choice of each line, chains resolved.\n"
          "///\n/// From OpenCC's TSCharacters (https://github.com/BYVoid/OpenCC), Apache License 2.0\n"
          "/// (https://www.apache.org/licenses/LICENSE-2.0); Copyright OpenCC authors.\n"
          "/// Changed: one target for each character, chains resolved, packed by generate.py.\n",
          "hanData", mappings({ord(t): s for t, s in q.T2S.items()}))
    extra = {f"U+{ord(k):04X}": v for k, v in q.EXTRA.items()}
    print("EXTRA, restated in UnicodeTable.swift:", extra)


if __name__ == "__main__":
    main()
