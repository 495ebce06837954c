#!/usr/bin/env python3
"""Prints the digest that FoldingTests.swift expects.

    reference.py FOLDER      FOLDER holds queries.py, the matching specification
"""
import sys

sys.path.insert(0, sys.argv[1])
import queries as q  # noqa: E402

digest = 0xCBF29CE484222325  # FNV-1a, 64 bits
for scalar in range(0x20000):
    if 0xD800 <= scalar < 0xE000:
        continue
    c = chr(scalar)
    prepared = q.prepare(c)
    tokens = q.Analysis(f"x{c}y#x{c}Y").tokens
    line = [prepared, q.fold(prepared), ";".join(f"{t.first}-{t.last}:{t.folded}" for t in tokens)]
    for byte in ("\t".join(line) + "\n").encode():
        digest = (digest ^ byte) * 0x100000001B3 & (1 << 64) - 1
print(f"0x{digest:016X}")
