// What is found, and in which order: what holds the query as it was written; what holds its words, in headings before the
// text, often before rarely, near each other before apart; pages that hold them in different sections. Where nothing
// does, words that differ by one letter.

// The characters that a token begins with (0) or ends with (-1), in all writings.
const sidesOf = ({east, text}, side, han) => east ? [...writings(text, han)] : [[...text].at(side)];

// The terms of some tokens, each with its distance from the first. `open` is a word that may go on, and `text` is what the
// tokens were written as, for the signs before and behind them.
const termsIn = (list, {open, han, text = ""}) => {
    const offsetOf = token => token.at - list[0].at;
    const terms = list.flatMap((token, at) => {
        const behind = list[at + 1];
        const found = [];
        if (!token.east) found.push({texts: [token.text], isPrefix: token === open, offset: offsetOf(token)});
        if (behind && (token.east || behind.east)) {
            const gap = behind.gap && token.east && behind.east ? behind.gap.toString(36) : "";
            const texts = sidesOf(token, -1, han).flatMap(end => sidesOf(behind, 0, han).map(begin => end + gap + begin));
            found.push({texts, offset: offsetOf(token.east ? token : behind)});
        }
        return found;
    });
    const [first, last] = [list[0], list.at(-1)];
    const [before, behind] = edgesOf(text);
    const [left, right] = [edge(before.reverse()), edge(behind)];
    if (left) terms.push({texts: sidesOf(first, 0, han).map(letter => left.sign + left.gap + letter), offset: 0});
    if (right) terms.push({texts: sidesOf(last, -1, han).map(letter => letter + right.gap + right.sign), offset: offsetOf(last)});
    return terms.length ? terms : [{texts: sidesOf(first, 0, han), isOne: true}];
};

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
        const apart = all.slice(1).reduce((sum, one, before) => sum + Math.min(distance(all[before].at, one.at), 9999), 0);
        const score = (whole ? EXACT : 0) + headings * root.boost * 10 + Math.log2(1 + count) + 5 / (1 + apart / 16);
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
    const whole = new Set([...forth.map(([text]) => text.replace("!", "")), ...back.map(([text]) => turned(text.slice(1)))]);
    const near = [...whole].filter(text => isNearly(word, text));
    const begins = text => [-1, 0, 1].some(more => isNearly(word, text.slice(0, word.length + more)));
    const some = near.length || !isOpen ? near : [...whole].filter(begins);
    const counted = await Promise.all(some.slice(0, 20).map(async text => [text, (await listOf(root, [text])).size]));
    return counted.sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
};

// Has characters that are the same to a reader be looked up together.
const learnVariants = async root => {
    for (const group of (await load(`${root.tag}/${root.variants}`)).split(" ")) {
        for (const character of group) variants.set(character, [...new Set((variants.get(character) ?? "") + group)].join(""));
    }
};

// The sections of a quotation, without those whose text says that it does not stand there. No more than 300 are read.
const withText = async (root, sections, text, han) => {
    const all = [...sections];
    const read = await Promise.all(all.map(([section, {at}], number) => number > 299 || holds(root, section, at, text, han)));
    return new Map(all.filter((_, number) => read[number]));
};

// What holds a query: the sections of each of its groups, and the hits in their order.
const search = async (root, query, han) => {
    const all = tokens(query);
    const list = groups(all);
    if (!list.length) return {list, found: [], hits: []};
    const quotations = fold(query).split('"');
    const textOf = ([{quote}]) => quote ? quotations[quote].trim() : "";
    const open = openIn(list);
    const found = await Promise.all(list.map(async group => {
        const text = textOf(group);
        const sections = await phrase(root, termsIn(group, {open, han, text}), text);
        return text && isUnsure(group, text) ? withText(root, sections, text, han) : sections;
    }));
    const text = quotations.join("").trim();
    const last = all.at(-1);
    const isOpen = !last.quote && !edgesOf(text)[1].length;
    const exact = await phrase(root, termsIn(all, {open: isOpen && last, han, text}), true);
    let hits = ranked(root, found, exact);
    if (isUnsure(all, text)) {
        await Promise.all(hits.slice(0, 30).map(async hit => {
            const whole = exact.get(hit.section);
            if (whole && !await holds(root, hit.section, whole.at, text, han)) hit.score -= EXACT;
        }));
        inOrder(hits);
    }
    if (list.length > 1) hits = hits.concat(apart(root, found, hits));
    return {list, found, hits, textOf};
};

// The query with each word that no section has in the spelling that some have; nothing where that is no other query.
const respelt = async (root, {list, found, textOf}) => {
    let isOther = false;
    const words = await Promise.all(list.map(async (group, at) => {
        if (group[0].quote) return `"${textOf(group)}"`;
        const text = group.map(({text}) => text).join("");
        if (found[at].size || group[0].east) return text;
        isOther = true;
        return nearest(root, text, group[0] === openIn(list));
    }));
    return isOther && words.every(word => word) ? words.join(" ") : "";
};

const findOnce = async (tag, words, {han = false, limit} = {}) => {
    const root = await opened(tag);
    han &&= root.variants && /\p{sc=Han}/u.test(words);
    if (han) await learnVariants(root);
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
