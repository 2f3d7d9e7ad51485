// The texts of sections: what is shown of a hit, and whether a phrase stands there as it was written, where positions do not
// say so.

// The pieces of a section's text between two positions, as far as they are needed, and what is said of it.
const piecesOf = async (root, section, from, to, isEnough) => {
    const pieces = [];
    for (const name of await between(root, root.texts, place(section, from), place(section, to))) {
        pieces.push(...(await load(`${root.tag}/${name}`)).filter(one => one[0] === section));
        if (isEnough(pieces)) break;
    }
    const [, , , url, trail] = pieces.find(one => one[3]);
    return {pieces, url: String(new URL(url, here.src)), trail};
};

// The piece of a text in which a hit stands; where that is not known, the first one that holds the words.
const pieceOf = async (root, {section, at}, words, han) => {
    const hasWords = ([, , text]) => marked(text, words, {han}).length;
    const {pieces, ...about} = await piecesOf(root, section, at ?? 0, at ?? 1e7, pieces => pieces.some(hasWords));
    const [, , text] = (at === undefined ? pieces.find(hasWords) : pieces.findLast(one => one[1] <= at)) ?? pieces[0];
    return {...about, text};
};

// Whether positions alone do not say that a text stands as it was written: rare signs share theirs, and of those before and
// behind it only the nearest one is known.
const isUnsure = (list, text) => list.slice(1).some(({gap}) => gap >= RARE)
    || edgesOf(text).some(signs => signs.length > 1);

// Whether a section holds a text with all its signs, where it may stand there, or anywhere where that is not known.
const holds = async (root, section, places, text, han) => {
    const written = [...text].map(sign => han && variants.has(sign) ? `[${variants.get(sign)}]` : sign.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"));
    const expression = new RegExp(written.join(""), "u");
    // What was cut behind a space has lost it.
    const isIn = pieces => ["", " "].some(joint => expression.test(fold(pieces.map(one => one[2]).join(joint))));
    const end = (places.at(-1) ?? 1e7) + (tokens(text).at(-1)?.at ?? 0) + 1;
    const {pieces, url, trail} = await piecesOf(root, section, Math.max(0, (places[0] ?? 0) - 2 * APART), end, isIn);
    return isIn(pieces) || url.includes("#") && expression.test(fold(trail.at(-1)));
};

// Some words around the first place that is marked.
const teaser = (text, words, count, han) => {
    const whole = text.search(new RegExp(pattern(tokens(words.replace(/["“”]/g, "")), han), "iu"));
    const [[first] = [0]] = marked(text, words, {han});
    const begin = whole < 0 ? first : whole;
    // Chinese has about two characters to a word.
    const parts = [...text.matchAll(new RegExp(`${EAST}{1,2}|[^\\s\\p{sc=Han}]+\\s*|\\s+`, "gu"))];
    const at = parts.findLastIndex(part => part.index <= begin);
    const from = Math.max(0, Math.min(at - (count >> 2), parts.length - count));
    const some = parts.slice(from, from + count);
    if (!some.length) return "";
    const end = some.at(-1).index + some.at(-1)[0].length;
    return (from ? "… " : "") + text.slice(some[0].index, end).trim() + (end < text.length ? " …" : "");
};
