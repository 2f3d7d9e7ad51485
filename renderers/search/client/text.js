// A query in the terms of the index, and where its words stand in a text. What is done to a text is written in terms.rs.

const EAST = "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Bopomofo}ー]";
const LETTER = "[\\p{Alphabetic}\\p{N}\\p{M}]";
// A letter of a word.
const WORD = `(?!${EAST})${LETTER}`;
const PIECE = new RegExp(`(${EAST})|((?:${WORD})+)|(\\s)|(")|[^]`, "gu");

const fold = text => text.normalize("NFKC").toLowerCase().replace(/ς/g, "σ");

// Characters and words with their positions, what is before each, and the number of the quotation that they are in.
const tokens = query => {
    const all = [];
    let next = 0, gap = 0, quote = 0;
    for (const [text, east, word, space, mark] of fold(query.replace(/[“”„]/g, '"')).matchAll(PIECE)) {
        if (mark) quote++;
        else if (space) gap = Math.max(gap, 1);
        else if (!east && !word) gap = 2;
        else {
            if (!all.length) gap = 0;
            all.push({text: [...text].slice(0, 64).join(""), east, at: next + gap, gap, quote: quote % 2 && quote});
            next += gap + 1;
            gap = 0;
        }
    }
    return all;
};

// What has to be found: runs of Chinese characters, words, and what is quoted. Only the last word may go on.
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

const isOpen = (group, list) => !group[0].quote && !group.at(-1).east && !list.slice(list.indexOf(group) + 1).some(other => !other[0].quote && !other[0].east);

// Characters that a reader wants to be the same, by each of them.
const variants = new Map();
const writings = (character, han) => (han && variants.get(character)) || character;

// A regular expression for a group.
const pattern = (group, han) => group.map(({text, east, gap}, at) => {
    const before = !at ? "" : ["", "\\s+", `(?:(?!${LETTER})[^]){1,4}`][gap];
    if (east) return (at && !gap ? "\\n?" : before) + `[${writings(text, han)}]`;
    const isShort = text.length < 3;
    return before + (isShort && !before ? `(?<!${WORD})` : "") + text + (isShort ? `(?!${WORD})` : "");
}).join("");

// A text in the form that is compared, and where each of its units stood before.
const folded = text => {
    const plain = fold(text);
    if (plain.length === text.length && text.normalize("NFKC") === text) return {plain, place: at => at};
    const places = [];
    let joined = "";
    for (const {0: part, index} of text.matchAll(/[^][\p{M}ﾞﾟ]*/gu)) {
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
    return [...plain.matchAll(expression)].map(found => [place(found.index), place(found.index + found[0].length)]);
};
