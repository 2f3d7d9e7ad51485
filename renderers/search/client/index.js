// The files of the index: each is a script that calls `bilingualSearch` with its name and what it holds.

const here = document.currentScript;
const languages = (here.dataset.languages || "").split(" ");
const said = here.dataset.language ?? document.documentElement.lang;
const own = languages.includes(said) ? said : languages[0];

const files = new Map();
const waiting = new Map();
let tries = 0;
window.bilingualSearch = (name, data) => {
    waiting.get(name)?.(data);
    waiting.delete(name);
};

const load = name => {
    if (!files.has(name)) {
        files.set(name, new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = new URL(`bilingual-search/${name}.js${tries && !name.includes("/") ? `?${Date.now()}` : ""}`, here.src);
            // What somebody looks for is in the address of the page.
            script.referrerPolicy = "no-referrer";
            waiting.set(name, resolve);
            script.onload = script.onerror = () => {
                script.remove();
                if (!waiting.has(name)) return;
                // The site may have been built anew meanwhile: whoever tries again begins with the new table.
                files.clear();
                roots.clear();
                tries++;
                reject(new Error(`${script.src} cannot be loaded`));
            };
            document.head.append(script);
        }));
    }
    return files.get(name);
};

// Numbers, as digits.rs writes them.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
const VALUES = [];
[...DIGITS].forEach((digit, value) => VALUES[digit.charCodeAt()] = value);
const numbers = text => {
    let at = 0;
    return {
        isMore: () => at < text.length,
        next: () => {
            let number = 0, value;
            do {
                value = VALUES[text.charCodeAt(at++)];
                number = number * 32 + (value & 31);
            } while (value > 31);
            return number;
        },
    };
};

// Where a text begins: sections have far fewer positions than this.
const place = (section, position) => section * 2 ** 24 + position;

// A table of keys and files, as shards.rs writes it.
const table = (text, key) => {
    const depth = text.lastIndexOf("+") + 1;
    const entries = text ? text.slice(depth).split(";").map(entry => entry.split(" ")) : [];
    return {key, depth, keys: entries.map(entry => key(entry[0])), names: entries.map(entry => entry[1])};
};
const term = key => key;
const piece = key => {
    const {next} = numbers(key);
    return place(next(), next());
};

const roots = new Map();
const opened = tag => {
    if (!roots.has(tag)) {
        roots.set(tag, load(tag).then(root => {
            const {isMore, next} = numbers(root.pages);
            // The last section of each page.
            const pages = [];
            while (isMore()) pages.push((pages.at(-1) ?? 0) + next());
            const tables = {terms: table(root.terms, term), texts: table(root.texts, piece)};
            return {...root, ...tables, pages, tag, hasHan: !!root.variants, shards: new Map(), lists: new Map()};
        }));
    }
    return roots.get(tag);
};

// The names of the files that hold what lies between two keys.
const between = async (root, {key, depth, keys, names}, from, to) => {
    const begin = Math.max(0, keys.findLastIndex(key => key <= from));
    const end = keys.findIndex((key, at) => at > begin && key > to);
    const found = names.slice(begin, end < 0 ? undefined : end);
    if (!depth) return found;
    const below = await Promise.all(found.map(name => load(`${root.tag}/${name}`)));
    const lists = below.map(text => between(root, table("+".repeat(depth - 1) + text, key), from, to));
    return (await Promise.all(lists)).flat();
};

// How many files one word is looked up in, at most.
const MOST = 60;

// What no word has: a term with it is a pair of a letter and a character, or of a letter and a sign.
const PAIR = new RegExp(`\\p{Co}|${EAST}`, "u");

// The terms that begin with a text, or are just this one, each with its postings as digits. Parts of words end with !.
const termsOf = async (root, text, isPrefix) => {
    const names = await between(root, root.terms, text, text + (isPrefix ? "\uffff" : "!"));
    const shards = await Promise.all(names.slice(0, MOST).map(name => {
        if (!root.shards.has(name)) {
            root.shards.set(name, load(`${root.tag}/${name}`).then(data => {
                let before = "";
                return data.split(";").map(entry => {
                    const end = entry.indexOf(" ");
                    before = before.slice(0, VALUES[entry.charCodeAt()]) + entry.slice(1, end);
                    return [before, entry.slice(end + 1)];
                });
            }));
        }
        return root.shards.get(name);
    }));
    return shards.flat().filter(([own]) => isPrefix ? own.startsWith(text) && !PAIR.test(own) : own === text || own === text + "!");
};

// Postings: for each section how often, whether in its heading, and where.
const decoded = (digits, hasPositions) => {
    const {isMore, next} = numbers(digits);
    const list = new Map();
    let section = 0;
    while (isMore()) {
        const head = next();
        section += head >> 1;
        const more = head & 1 ? next() : 0;
        const count = (more >> 1) + 1;
        const at = [];
        for (let left = hasPositions ? count : 0; left; left--) at.push((at.at(-1) ?? 0) + next());
        list.set(section, {count, isHeading: more & 1, at});
    }
    return list;
};

// The postings of a term, or of several as of one. As it was written, a part of a word is none.
const listOf = async (root, texts, isPrefix, asWritten) => {
    const name = texts.join(" ") + (isPrefix ? "*" : "") + (asWritten ? "!" : "");
    if (!root.lists.has(name)) {
        const all = (await Promise.all(texts.map(text => termsOf(root, text, isPrefix)))).flat();
        const found = all.filter(([text]) => !asWritten || !text.endsWith("!"));
        const lists = found.map(([text, digits]) => decoded(digits, isPrefix || [...text].length > 1 || !EAST_ASIAN.test(text)));
        const [joined = new Map(), ...others] = lists.sort((a, b) => b.size - a.size);
        for (const [section, {count, isHeading, at}] of others.flatMap(list => [...list])) {
            const same = joined.get(section);
            if (!same) joined.set(section, {count, isHeading, at});
            else {
                same.at = [...new Set([...same.at, ...at])].sort((a, b) => a - b);
                same.count = same.at.length || same.count + count;
                same.isHeading |= isHeading;
            }
        }
        root.lists.set(name, joined);
    }
    return root.lists.get(name);
};
