// What is found, and in which order: what holds the query as it was written; what holds its words, in headings before the
// text, often before rarely, near each other before apart; pages that hold them in different sections. Where nothing
// does, words that differ by one letter.

// The terms of some tokens, each with its distance from the first. `open` is a word that may go on.
const termsIn = (list, open, han) => list.flatMap((token, at) => {
    const behind = list[at + 1];
    const offset = token.at - list[0].at;
    const found = [];
    if (!token.east) found.push({texts: [token.text], isPrefix: token === open, offset});
    else if (list.length === 1) found.push({texts: [...writings(token.text, han)], isOne: true});
    if (behind && (token.east || behind.east)) {
        const ends = token.east ? [...writings(token.text, han)] : [...token.text].slice(-1);
        const begins = behind.east ? [...writings(behind.text, han)] : [...behind.text].slice(0, 1);
        const distance = behind.gap && token.east && behind.east ? behind.gap.toString(36) : "";
        const texts = ends.flatMap(end => begins.map(begin => end + distance + begin));
        found.push({texts, offset: token.east ? offset : behind.at - list[0].at});
    }
    return found;
});

// The sections that hold all terms at their distances: how often, and where.
const phrase = async (root, terms, asWritten) => {
    const lists = await Promise.all(terms.map(({texts, isPrefix}) => listOf(root, texts, isPrefix, asWritten)));
    // Where a character by itself stands is not known.
    if (terms[0].isOne) return lists[0];
    const [rarest] = [...lists].sort((a, b) => a.size - b.size);
    const found = new Map();
    for (const section of rarest.keys()) {
        const all = lists.map(list => list.get(section));
        if (all.includes(undefined)) continue;
        const [at, ...others] = all.map((one, number) => one.at.map(position => position - terms[number].offset));
        const sets = others.map(begins => new Set(begins));
        const begins = at.filter(position => position >= 0 && sets.every(set => set.has(position)));
        if (begins.length) found.set(section, {count: begins.length, isHeading: all.every(one => one.isHeading), at: begins});
    }
    return found;
};

// How far two words are apart where they are nearest; both lists are sorted.
const distance = (a, b) => {
    let [i, j, least] = [0, 0, Infinity];
    while (i < a.length && j < b.length) {
        least = Math.min(least, Math.abs(a[i] - b[j]));
        if (a[i] < b[j]) i++;
        else j++;
    }
    return least;
};

// What is shown of a hit: where it has one in its heading, the text of another. Of a character by itself it is not known.
const inText = ({isHeading, at}) => at[isHeading ? 1 : 0] ?? at[0];

// More than any other points.
const EXACT = 10000;

const inOrder = hits => hits.sort((a, b) => b.score - a.score || a.section - b.section);

// Sections that hold all groups, from the best one.
const ranked = (root, found, exact) => {
    const [rarest] = [...found].sort((a, b) => a.size - b.size);
    const hits = [];
    for (const section of rarest.keys()) {
        const all = found.map(list => list.get(section));
        if (all.includes(undefined)) continue;
        const whole = exact.get(section);
        const count = all.reduce((sum, one) => sum + one.count, 0);
        const headings = whole?.isHeading ? 1 : all.filter(one => one.isHeading).length / all.length;
        const apart = all.slice(1).reduce((sum, one, before) => sum + Math.min(distance(all[before].at, one.at), 999), 0);
        const score = (whole ? EXACT : 0) + headings * root.boost * 10 + Math.log2(1 + count) + 5 / (1 + apart);
        hits.push({section, at: inText(whole ?? all.find(one => one.at.length) ?? all[0]), score});
    }
    return inOrder(hits);
};

// Pages that hold all groups, but no section of theirs does: each by its section of the rarest one.
const apart = (root, found, hits) => {
    const pageOf = section => {
        let [low, high] = [0, root.pages.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (root.pages[middle] < section) low = middle + 1;
            else high = middle;
        }
        return low;
    };
    const taken = new Set(hits.map(({section}) => pageOf(section)));
    const pages = found.map(list => {
        const best = new Map();
        for (const [section, one] of list) {
            const page = pageOf(section);
            if (!taken.has(page) && !(best.get(page)?.count >= one.count)) best.set(page, {...one, section});
        }
        return best;
    });
    const [rarest, ...others] = pages.sort((a, b) => a.size - b.size);
    const both = [...rarest].filter(([page]) => others.every(list => list.has(page)));
    return both.map(([, {section, at, count}]) => ({section, at: inText({at}), score: count})).sort((a, b) => b.score - a.score);
};

// Whether two words differ by one letter, or by two that changed places.
const isNearly = (a, b) => {
    let begin = 0, end = 0;
    while (begin < a.length && a[begin] === b[begin]) begin++;
    while (end < Math.min(a.length, b.length) - begin && a.at(-1 - end) === b.at(-1 - end)) end++;
    const [left, right] = [a.slice(begin, a.length - end), b.slice(begin, b.length - end)];
    return left.length < 2 && right.length < 2 || left.length === 2 && left === [...right].reverse().join("");
};

// The word of the index that differs by one letter and is there most often: its first half is right, or the second one.
const nearest = async (root, word, isOpen) => {
    if (!/^\p{L}{4,}$/u.test(word)) return "";
    const turned = text => [...text].reverse().join("");
    const half = word.length >> 1;
    const [forth, back] = await Promise.all([
        termsOf(root, word.slice(0, Math.max(2, half - 1)), true),
        termsOf(root, "~" + turned(word.slice(half)), true),
    ]);
    const whole = new Set([...forth.map(([text]) => text.replace("^", "")), ...back.map(([text]) => turned(text.slice(1)))]);
    const near = [...whole].filter(text => isNearly(word, text));
    const begins = text => [-1, 0, 1].some(more => isNearly(word, text.slice(0, word.length + more)));
    const some = near.length || !isOpen ? near : [...whole].filter(begins);
    const counted = await Promise.all(some.slice(0, 20).map(async text => [text, (await listOf(root, [text])).size]));
    return counted.sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
};

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
    const holds = ([, , text]) => marked(text, words, {han}).length;
    const {pieces, ...about} = await piecesOf(root, section, at ?? 0, at ?? 1e7, pieces => pieces.some(holds));
    const [, , text] = (at === undefined ? pieces.find(holds) : pieces.findLast(one => one[1] <= at)) ?? pieces[0];
    return {...about, text};
};

// Whether a section holds a text with all its signs, where it may stand there, or anywhere where that is not known.
const holds = async (root, section, places, text) => {
    // What was cut behind a space has lost it.
    const isIn = pieces => ["", " "].some(between => fold(pieces.map(one => one[2]).join(between)).includes(text));
    const {pieces, trail} = await piecesOf(root, section, places[0] ?? 0, (places.at(-1) ?? 1e7) + 400, isIn);
    return isIn(pieces) || fold(trail.at(-1)).includes(text);
};

// Whether positions alone do not say that a text stands as it was written: rare signs share theirs, and what is before and
// behind it is not in them.
const isUnsure = (list, text) => list.slice(1).some(({gap}) => gap >= RARE)
    || !new RegExp(`^${LETTER}([^]*${LETTER})?$`, "u").test(text);

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

const EAST_ASIAN = new RegExp(EAST, "u");

// Has characters that are the same to a reader be looked up together.
const learnVariants = async root => {
    for (const group of (await load(`${root.tag}/${root.variants}`)).split(" ")) {
        for (const character of group) variants.set(character, [...new Set((variants.get(character) ?? "") + group)].join(""));
    }
};

// The hits in their order, once the best of them were read where positions do not suffice.
const verified = async (root, query, list, found, exact, hits) => {
    const quotations = fold(query).split('"');
    const plain = quotations.join("").trim();
    const isWholeUnsure = isUnsure(list.flat(), plain);
    const unsure = list.map((group, at) => ({group, places: found[at], text: quotations[group[0].quote]?.trim()}))
        .filter(({group, text}) => group[0].quote && isUnsure(group, text));
    await Promise.all(hits.slice(0, unsure.length ? 300 : isWholeUnsure ? 30 : 0).map(async hit => {
        const {section} = hit;
        for (const {places, text} of unsure) hit.isOther ||= !await holds(root, section, places.get(section).at, text);
        const whole = isWholeUnsure && !hit.isOther && exact.get(section);
        if (whole && await holds(root, section, whole.at, plain)) hit.score += EXACT;
    }));
    return inOrder(hits.filter(({isOther}) => !isOther));
};

// What holds a query: the sections of each of its groups, and the hits in their order.
const search = async (root, query, han) => {
    const all = tokens(query);
    const list = groups(all);
    if (!list.length) return {list, found: [], hits: []};
    const found = await Promise.all(list.map(group => phrase(root, termsIn(group, openIn(list), han))));
    const last = all.at(-1);
    const exact = await phrase(root, termsIn(all, last.quote ? undefined : last, han), true);
    let hits = ranked(root, found, exact);
    if (!han) hits = await verified(root, query, list, found, exact, hits);
    if (list.length > 1) hits = hits.concat(apart(root, found, hits));
    return {list, found, hits};
};

// The query with each word that no section has in the spelling that some have; nothing where that is no other query.
const respelt = async (root, {list, found}) => {
    let isOther = false;
    const words = await Promise.all(list.map(async (group, at) => {
        const text = group.map(({text, gap}, at) => (at && gap ? " " : "") + text).join("");
        if (group[0].quote) return `"${text}"`;
        if (found[at].size || group[0].east) return text;
        isOther = true;
        return nearest(root, text, group[0] === openIn(list));
    }));
    return isOther && words.every(word => word) ? words.join(" ") : "";
};

const findOnce = async (tag, words, {han = false, limit} = {}) => {
    const root = await opened(tag);
    if (han && root.variants) await learnVariants(root);
    const first = await search(root, words, han);
    let {hits} = first;
    let instead = "";
    if (!hits.length && first.list.length) {
        instead = await respelt(root, first);
        if (instead) ({hits} = await search(root, instead, han));
        if (!hits.length) instead = "";
    }
    // What all languages show is counted where it is read.
    if (tag !== own) hits = hits.filter(({section}) => section > root.shared);
    const shown = hits.slice(0, limit ?? root.limit).map(hit => ({
        ...hit,
        url: async () => (await pieceOf(root, hit, instead || words, han)).url,
        shown: async () => {
            const {url, trail, text} = await pieceOf(root, hit, instead || words, han);
            return {url, trail, text: teaser(text, instead || words, root.teaser, han), language: tag};
        },
    }));
    return {words, instead, count: hits.length, hits: shown};
};

// Files that are gone are those of a site before it was built anew.
const find = (...query) => findOnce(...query).catch(() => findOnce(...query));
