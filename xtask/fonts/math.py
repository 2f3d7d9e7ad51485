"""Makes theme/fonts/bilingual-math.woff2, the font of formulas. CONTRIBUTING.md says how to run it.

Usage: math.py NewCMMath-Book.otf bilingual-math.woff2
"""

import sys

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

# What formulas use: letters, digits and signs of ASCII and Latin 1, Greek, accents, the symbols of TeX and of amssymb,
# and the alphabets that \\mathbf, \\mathcal, \\mathbb, \\mathfrak, \\mathsf, \\mathtt and their like stand for.
CHARACTERS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x237, 0x237), (0x2C6, 0x2C7), (0x2D8, 0x2DD),
    (0x300, 0x30C), (0x332, 0x333), (0x338, 0x338), (0x391, 0x3C9), (0x3D1, 0x3D1), (0x3D5, 0x3D6), (0x3DC, 0x3DD),
    (0x3F0, 0x3F1), (0x3F5, 0x3F5), (0x2002, 0x200B), (0x2010, 0x2027), (0x2030, 0x2037), (0x203E, 0x203E),
    (0x2057, 0x2057), (0x2061, 0x2064), (0x20D6, 0x20D7), (0x20DB, 0x20DC), (0x2102, 0x2138), (0x2190, 0x21DD),
    (0x2200, 0x22FF), (0x2308, 0x230B), (0x231C, 0x231F), (0x2322, 0x2323), (0x23B4, 0x23B5), (0x23DC, 0x23E1),
    (0x25A0, 0x25A1), (0x25AA, 0x25AB), (0x25B2, 0x25BD), (0x25C0, 0x25C3), (0x25C6, 0x25C7), (0x25CA, 0x25CB),
    (0x25EF, 0x25EF), (0x2605, 0x2606), (0x2660, 0x2667), (0x266D, 0x266F), (0x2713, 0x2713), (0x2717, 0x2717),
    (0x27E6, 0x27EF), (0x27F5, 0x27FF), (0x29EB, 0x29EB), (0x29F5, 0x29F5), (0x2A00, 0x2A06), (0x2A0C, 0x2A0C),
    (0x2A2F, 0x2A2F), (0x2A3F, 0x2A3F), (0x2A74, 0x2A76), (0x2A7D, 0x2A7E), (0x2A85, 0x2A90), (0x2A95, 0x2A96),
    (0x2AAF, 0x2AB0), (0x2AB5, 0x2ABA), (0x2AC5, 0x2AC6), (0x2ACB, 0x2ACC), (0xFE00, 0xFE01),
    (0x1D400, 0x1D4CF), (0x1D504, 0x1D56B), (0x1D5A0, 0x1D607), (0x1D670, 0x1D755), (0x1D7CA, 0x1D7FF),
]

# Where TeX sets primes as superscripts, this font has other glyphs for them, behind a feature that browsers do not use.
PRIMES = [0x2032, 0x2033, 0x2034, 0x2035, 0x2057]

# Accents that the engine writes as characters that combine; browsers would set them beside the letter.
ACCENTS = [0x20D6, 0x20D7, 0x20DB, 0x20DC]


def script_glyphs(font):
    """The glyph for a superscript, of each glyph that has one."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "ssty"
        for index in record.Feature.LookupListIndex
    }
    glyphs = {}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            part = getattr(part, "ExtSubTable", part)
            if hasattr(part, "alternates"):
                glyphs.update({glyph: choices[0] for glyph, choices in part.alternates.items()})
            elif hasattr(part, "mapping"):
                glyphs.update(part.mapping)
    return glyphs


def stand_alone(font, name):
    """Gives a glyph that combines with the letter before it a width, and a place between its sides."""
    glyphs, strings = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0].CharStrings
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)
    left, _, right, _ = bounds.bounds
    width = round(right - left)
    pen = T2CharStringPen(width, glyphs)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, -left, 0)))
    string = pen.getCharString(private=strings[name].private, globalSubrs=strings[name].globalSubrs)
    strings[name] = string
    font["hmtx"][name] = (width, 0)


def widen(font, glyph, model):
    """Gives a glyph the wide forms of another one. Browsers stretch U+02DC, and the font U+0303 only."""
    variants = font["MATH"].table.MathVariants
    wide = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction))
    wide[glyph] = wide[model]
    variants.HorizGlyphCoverage.glyphs = sorted(wide, key=font.getGlyphID)
    variants.HorizGlyphConstruction = [wide[name] for name in variants.HorizGlyphCoverage.glyphs]
    variants.HorizGlyphCount = len(wide)


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    scripts = script_glyphs(font)
    for table in font["cmap"].tables:
        if table.isUnicode() and hasattr(table, "cmap"):
            for character in PRIMES:
                glyph = table.cmap.get(character)
                if glyph in scripts:
                    table.cmap[character] = scripts[glyph]
    for character in ACCENTS:
        stand_alone(font, font.getBestCmap()[character])
    widen(font, "tilde", "tildecomb")
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern"]
    options.drop_tables += ["FFTM", "PfEd", "GSUB"]
    options.desubroutinize = True
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    subsetter.subset(font)
    # The licence asks for another name.
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "BilingualMath" if record.nameID == 6 else "Bilingual Math"
    font["CFF "].cff.fontNames = ["BilingualMath"]
    subset.save_font(font, target, options)


main(*sys.argv[1:])
