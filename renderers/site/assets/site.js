// What pages do with scripts besides what mdBook's do. Without this, each link leads to its page all the same.

// The links to other languages keep the reader's place: they lead to the section that is in view.
// The page behind a link has the ids of this page's headings as well. `data-sections` of the link in the menu bar names
// those that are called otherwise there, and those that are not there, with an empty name.
(() => {
    "use strict";
    const SWITCH = "nav.language-switch a[hreflang], .language-menu a[hreflang]";
    const links = [...document.querySelectorAll(SWITCH)];
    const main = document.querySelector("main");
    if (!links.length || !main) return;

    const isShown = element => element.getClientRects().length > 0;
    const isInView = element => {
        const {top, bottom} = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
    };

    // The headings from the first one to that of the section in view. None at the top of the page.
    const read = () => {
        const all = [...main.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id]")].filter(isShown);
        // At the end of a page, where a link leads to cannot come to the top.
        const target = all.findIndex(heading => heading.matches(":target, :has(:target)") && isInView(heading));
        if (target >= 0) return all.slice(0, target + 1);
        const line = innerHeight / 4;
        const passed = all.filter(heading => heading.getBoundingClientRect().top <= line);
        const isAtTop = all.length && all[0].getBoundingClientRect().bottom > 0 && passed.length < 2;
        return isAtTop ? [] : passed;
    };

    // What a section is called on the page behind a link: by its own name, else by that of the one before it.
    const place = (headings, sections) => {
        for (const {id, localName} of headings.toReversed()) {
            const name = Object.hasOwn(sections, id) ? sections[id] : id;
            if (name) return localName === "h1" && id === headings[0].id ? "" : name;
        }
        return "";
    };

    const sectionsOf = link => {
        const holder = links.find(other => other.hreflang === link.hreflang && other.dataset.sections);
        try {
            return JSON.parse(holder.dataset.sections);
        } catch {
            return {};
        }
    };

    const plain = new Map(links.map(link => [link, link.getAttribute("href")]));
    const turn = () => {
        const headings = read();
        for (const [link, href] of plain) {
            const name = href.includes("#") ? "" : place(headings, sectionsOf(link));
            link.setAttribute("href", name ? `${href}#${encodeURIComponent(name)}` : href);
        }
    };

    // In time for whatever follows a link: a click of any button, a key, a menu, a finger.
    for (const event of ["pointerover", "pointerdown", "focusin", "keydown", "click"]) {
        addEventListener(event, ({target}) => target.closest?.(SWITCH) && turn(), true);
    }
    let timer;
    addEventListener("scroll", () => {
        clearTimeout(timer);
        timer = setTimeout(turn, 150);
    }, {capture: true, passive: true});

})();

// The list of languages closes as other lists do.
(() => {
    const list = document.querySelector("details.language-menu");
    if (!list) return;
    addEventListener("pointerdown", ({target}) => {
        if (!list.contains(target)) list.open = false;
    });
    list.addEventListener("keydown", event => {
        if (event.key !== "Escape" || !list.open) return;
        list.open = false;
        list.querySelector("summary").focus();
    });
    list.addEventListener("focusout", ({relatedTarget}) => {
        if (relatedTarget && !list.contains(relatedTarget)) list.open = false;
    });
})();

// The sidebar opens and closes by a button, which turns the box that mdBook's styles look at.
document.querySelector("button#mdbook-sidebar-toggle")?.addEventListener("click", () => {
    document.getElementById("mdbook-sidebar-toggle-anchor").click();
});

// A listing that is wider than its place can be scrolled by keys.
(() => {
    const listings = [...document.querySelectorAll("main pre > code")];
    const look = () => {
        const wide = listings.map(code => code.scrollWidth > code.clientWidth);
        listings.forEach((code, at) => wide[at] ? code.tabIndex = 0 : code.removeAttribute("tabindex"));
    };
    look();
    addEventListener("resize", look);
})();
