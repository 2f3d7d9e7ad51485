// The words of a search are marked on the page that a result leads to.

const marks = [];

const removeMarks = () => {
    for (const mark of marks.splice(0)) {
        const place = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        place?.normalize();
    }
};

// The text of a page in parts, each a list of nodes: "训<b>练</b>", where a word begins in one and ends in the next.
const stretches = () => {
    const all = [[]];
    const walk = element => {
        const isBreak = element.localName === "br" || !getComputedStyle(element).display.startsWith("inline");
        if (isBreak) all.push([]);
        for (const node of element.childNodes) {
            if (node.nodeName === "#text") all.at(-1).push(node);
            // There, a mark would be unseen, or break what is drawn; switches and banners are not searched.
            else if (node.matches?.("script, style, svg, math, rt, rp, textarea, .mermaid, nav, [data-pagefind-ignore]") === false) walk(node);
        }
        if (isBreak) all.push([]);
    };
    const root = document.querySelector("main, #mdbook-content:not(:has(main))");
    if (root) walk(root);
    return all;
};

const showMarks = async (words, forget, han) => {
    for (const nodes of stretches()) {
        const ranges = marked(nodes.map(node => node.data).join(""), words, {han}).reverse();
        let start = 0;
        for (const node of nodes) {
            const {length} = node;
            // From the last one to the first: what stands before a mark keeps its place.
            for (const range of ranges) {
                const [from, to] = range.map(at => Math.min(Math.max(at - start, 0), length));
                if (from === to) continue;
                const part = node.splitText(from);
                part.splitText(to - from);
                const mark = document.createElement("mark");
                part.replaceWith(mark);
                mark.append(part);
                marks.push(mark);
                mark.onclick = () => {
                    for (const each of marks) each.className = "fade-out";
                    setTimeout(removeMarks, 300);
                    forget();
                };
            }
            start += length;
        }
    }
    if (han || marks.length || !/\p{sc=Han}/u.test(words)) return;
    // The page may have them in the other kind of characters, which are known after a search.
    const {href} = location;
    await find(own, words, {han: true}).catch(() => {});
    if (location.href === href) showMarks(words, forget, true);
};
