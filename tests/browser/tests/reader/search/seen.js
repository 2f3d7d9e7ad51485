// What a reader of a search sees, as `seen` on every page.
(() => {
    const faults = [];
    addEventListener("error", ({message, filename}) => faults.push(`${filename.split("/").at(-1)}: ${message}`));
    addEventListener("unhandledrejection", ({reason}) => faults.push(`unhandled: ${reason}`));

    // What was searched for, as the address says it.
    const searches = [];
    for (const name of ["pushState", "replaceState"]) {
        const own = history[name];
        history[name] = (state, title, url) => {
            searches.push(new URL(url, location).searchParams.get("search"));
            own.call(history, state, title, url);
        };
    }

    const part = name => document.getElementById(`mdbook-search${name}`);
    const isShown = element => !!element?.checkVisibility({visibilityProperty: true});
    const items = () => [...part("results").children];
    const place = url => decodeURIComponent(new URL(url).pathname.replace(/^.*\/out\//, "").replace(/^\//, "") + new URL(url).hash);
    const withMarks = node => [...node.childNodes]
        .map(child => child.localName === "em" ? `[${child.textContent}]` : child.textContent).join("");
    const buttons = () => [...document.querySelectorAll(".search-choices button")].filter(isShown);

    window.seen = {
        faults: () => faults,
        ourFaults: () => faults.filter(fault => /^(bilingual|unhandled)/.test(fault)),
        searches: () => searches,
        isOpen: () => isShown(part("bar")),
        isSearching: () => part("bar-outer").classList.contains("searching"),
        words: () => part("bar").value,
        header: () => part("results-header").textContent,
        // How it is told to who does not see it.
        role: () => [part("results-header").role, part("results-header").ariaLive],
        isDone: words => part("bar").value === words && !seen.isSearching() && seen.header().includes(words.trim()),
        // Where the results lead, how they are called, what stands around the words, and in which language.
        places: () => items().map(item => place(item.querySelector("a").href)),
        trails: () => items().map(item => item.querySelector("a").textContent),
        teasers: () => items().map(item => withMarks(item.querySelector(".teaser"))),
        languages: () => items().map(item => item.lang),
        // The buttons: `*` for those that are pressed, `↑` for the one that ↑ turns to.
        buttons: () => buttons().map(button => button.textContent
            + (button.getAttribute("aria-pressed") === "true" ? " *" : "") + (button.title ? " ↑" : "")),
        // Where the focus is.
        focus: () => {
            const active = document.activeElement;
            const at = items().findIndex(item => item.contains(active));
            if (at >= 0) return `result ${at}`;
            return active === part("bar") ? "box" : buttons().includes(active) ? active.textContent : active.localName;
        },
        isOutlined: () => {
            // A result has it around the whole of it.
            const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement.closest("li, button"));
            return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
        },
        // Whether its middle is neither outside of the window nor below the menu bar.
        isInWindow: () => {
            const {top, bottom} = document.activeElement.getBoundingClientRect();
            const middle = (top + bottom) / 2;
            return middle > document.getElementById("mdbook-menu-bar").getBoundingClientRect().bottom && middle < innerHeight;
        },
        address: () => {
            const {searchParams, hash} = new URL(location);
            return place(location.href).replace(hash && decodeURIComponent(hash), "")
                + [...searchParams].map(([key, value]) => `?${key}=${value}`).join("") + decodeURIComponent(hash);
        },
        marks: () => [...document.querySelectorAll("main mark")].map(mark => mark.textContent),
    };
})();
