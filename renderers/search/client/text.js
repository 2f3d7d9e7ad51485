// A query in the terms of the index, and where its words stand in a text. What is done to a text is written in terms.rs.

const EAST = "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Bopomofo}ー]";
const LETTER = "[\\p{Alphabetic}\\p{N}\\p{M}]";
// A letter of a word.
const WORD = `(?!${EAST})${LETTER}`;
const EAST_ASIAN = new RegExp(EAST, "u");
const PIECE = new RegExp(`(${EAST})|((?:${WORD})+)|(\\s)|(")|[^]`, "gu");

// What is compared: whatever is printed for what was typed is the same, and what is not seen is nothing.
const IGNORED = /[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const fold = text => text.normalize("NFKC").toLowerCase().replace(IGNORED, "").replace(/ς/g, "σ")
    .replace(/[‘’ʼ]/g, "'").replace(/[“”„]/g, '"').replace(/[‐‑–—−]/g, "-").replace(/\s+/g, " ");

// How far two terms are from each other for what is between them, as in terms.rs.
const SIGNS = ["", " ", "-", "_", ".", ",", ", ", "/", ":", ": ", "。", "、", "(", " (", ")", ") ", ". ", "'", "=", " = ", '"', ";", " - "];
const RARE = SIGNS.length;
const gapOf = between => {
    const at = SIGNS.indexOf(between);
    return at < 0 ? RARE + [...between].reduce((sum, sign) => (sum * 31 + sign.codePointAt()) % 8, 0) : at;
};

// How far a word is from what is beside it, besides.
const APART = 32;

// The signs before and behind a text, and what stands in a term for one; `gap` is said where a space is beside the text.
const edgesOf = text => {
    const signs = text.split(new RegExp(LETTER, "u"));
    return [[...signs[0]], [...signs.at(-1)]];
};
const edge = signs => {
    const gap = signs[0] === " " ? "1" : "";
    const sign = signs[gap.length];
    return sign && {sign: String.fromCharCode(0xe000 + sign.codePointAt() % 0x1900), gap};
};

// More than this nobody looks for.
const LONGEST = 100;

// Characters and words with their positions, what is before each, and the number of the quotation that they are in.
const tokens = query => {
    const all = [];
    let between = "", quote = 0;
    for (const [part, east, word, , mark] of fold(query).matchAll(PIECE)) {
        if (mark) quote++;
        else if (!east && !word) between += part;
        else {
            const before = all.at(-1);
            const gap = before ? gapOf(between) : 0;
            const at = before ? before.at + gap + (east && before.east ? 1 : APART) : 0;
            all.push({text: [...part].slice(0, 64).join(""), east, at, gap, quote: quote % 2 && quote});
            between = "";
        }
    }
    return all.slice(0, LONGEST);
};

// What has to be found: runs of Chinese characters, words, and what is quoted.
const groups = all => {
    const list = [];
    let before;
    for (const token of all) {
        const isRun = token.east && before?.east && !token.gap;
        if (before && token.quote === before.quote && (token.quote || isRun)) list.at(-1).push(token);
        else list.push([token]);
        before = token;
    }
    return list;
};

// Of the words that are not quoted, the last one may go on.
const openIn = list => list.findLast(([{quote, east}]) => !quote && !east)?.[0];

// Characters that a reader wants to be the same, by each of them.
const variants = new Map();
const writings = (character, han) => (han && variants.get(character)) || character;

// A regular expression for a group.
const pattern = (group, han) => group.map(({text, east, gap}, at) => {
    const before = !at ? "" : gap > 1 ? `(?:(?!${LETTER})[^]){1,4}` : gap ? "\\s+" : "";
    if (east) return (at && !gap ? " ?" : before) + `[${writings(text, han)}]`;
    const isShort = text.length < 3;
    return before + (isShort && !before ? `(?<!${WORD})` : "") + text + (isShort ? `(?!${WORD})` : "");
}).join("");

// A text in the form that is compared, and where each of its units stood before.
const folded = text => {
    const plain = fold(text);
    if (plain.length === text.length && text.normalize("NFKC") === text) return {plain, place: at => at};
    const places = [];
    let joined = "";
    for (const {0: part, index} of text.matchAll(/[^][\p{M}ﾞﾟ\u1160-\u11ff]*/gu)) {
        const own = fold(part);
        places.push(...Array(own.length).fill(index));
        joined += own;
    }
    return {plain: joined, place: at => places[at] ?? text.length};
};

// Where the words of a query stand in a text.
const marked = (text, words, {han} = {}) => {
    const list = groups(tokens(words));
    if (!list.length) return [];
    const expression = new RegExp(list.map(group => pattern(group, han)).sort((a, b) => b.length - a.length).join("|"), "gu");
    const {plain, place} = folded(text);
    return [...plain.matchAll(expression)].map(found => [place(found.index), place(found.index + found[0].length)])
        .filter(([start, end]) => start < end);
};
