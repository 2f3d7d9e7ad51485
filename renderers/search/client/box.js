// The box: its keys, the results below it, and the page's address. Names, keys and parameters are mdBook's.
(() => {
    const parts = ["-wrapper", "bar-outer", "bar", "results-outer", "results-header", "results", "-toggle"]
        .map(name => document.getElementById(`mdbook-search${name}`));
    if (parts.includes(null)) return;
    const [wrapper, form, box, outer, header, list, toggle] = parts;

    const set = (element, attributes) => {
        for (const name in attributes) element.setAttribute(name, attributes[name]);
        return element;
    };
    const make = (name, attributes, ...inside) => {
        const element = set(document.createElement(name), attributes);
        element.append(...inside);
        return element;
    };
    const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
    const hide = (element, is) => element.classList.toggle("hidden", is);
    const hasFocus = () => document.activeElement === box;
    const typed = () => box.value.trim();

    // The language whose results are in the list, and whether the reader has looked at those of another one.
    let shown = own, turned = false;
    // Whether simplified and traditional characters are the same.
    let han = false;
    // What the newest search is for, its number, and the promise of its first result. What comes for an older one is
    // dropped.
    let asked, run = 0, ready;
    let timer;
    // Puts in the next results.
    let more;
    // How many there are in each language, for these words, and what its button does.
    let counts = {};
    const titles = {};

    // -- Address ---------------------------------------------------------------------------------------------------

    // One step back leads out of a search, whatever was typed in it, or into it when it was left.
    const write = words => {
        const url = new URL(location);
        const {searchParams} = url;
        const isNew = searchParams.has("search") !== !!words;
        searchParams.delete("highlight");
        searchParams.delete("search");
        if (words) {
            searchParams.set("search", words);
            url.hash = "";
        }
        try {
            history[isNew ? "pushState" : "replaceState"](null, "", url);
        } catch {
            // A browser may forbid it for files, or when it is done too often. The search goes on.
        }
    };

    const read = () => {
        const {searchParams} = new URL(location);
        const words = searchParams.get("search");
        const highlight = searchParams.get("highlight");
        if (words) {
            box.value = words;
            open();
        } else close();
        removeMarks();
        if (highlight) showMarks(highlight, () => write(""));
        return words;
    };

    // -- One search ------------------------------------------------------------------------------------------------

    const result = async (hit, id, words, say) => {
        const {url, trail, text, language} = await hit.shown();
        const href = new URL(url, document.baseURI);
        href.searchParams.set("highlight", words);
        const teaser = make("span", {class: "teaser", id, role: "group", "aria-label": say.teaser});
        let done = 0;
        for (const [start, end] of marked(text, words, {han})) {
            teaser.append(text.slice(done, start), make("em", {}, text.slice(start, end)));
            done = end;
        }
        teaser.append(text.slice(done));
        return make("li", {lang: language, dir: "auto"},
            make("a", {href, "aria-details": id}, trail.join(" » ")), teaser);
    };

    // What is said to who does not see the list. The same text is not said twice.
    const tell = text => {
        if (header.textContent !== text) header.textContent = text;
    };

    const search = async (words, number) => {
        box.classList.toggle("active", words);
        form.classList.toggle("searching", words);
        hide(outer, !words);
        write(words);
        removeMarks();
        more = null;
        let say;
        try {
            if (!words) {
                list.replaceChildren();
                tell("");
                shown = own;
                turned = false;
                return;
            }
            ({say} = await opened(own));
            const {name, hasHan} = await opened(shown);
            const answer = await find(shown, words, {han});
            const {count, hits, instead} = answer;
            const text = !count ? say.none : instead ? say.typo : hits.length < count ? say.first
                : count > 1 ? say.many : say.one;
            const heading = fill(text, {words, count, instead, shown: hits.length});

            // Ten at a time, since each one may cost a file.
            const put = async from => {
                more = null;
                const items = await Promise.all(hits.slice(from, from + 10)
                    .map((hit, at) => result(hit, `mdbook-teaser_${from + at}`, instead || words, say)));
                if (number !== run) return;
                if (!from) {
                    if (list.contains(document.activeElement)) box.focus();
                    list.replaceChildren();
                }
                list.append(...items);
                tell(shown === own ? heading : `${name} · ${heading}`);
                end.disconnect();
                if (from + 10 >= hits.length) return;
                const next = () => put(from + 10).catch(() => {
                    more = next;
                    if (number === run) tell(say.failed);
                });
                more = next;
                end.observe(list.lastElementChild);
            };
            await put(0);
            if (number !== run) return;
            both.textContent = say.han;
            hide(both, !hasHan || !/\p{sc=Han}/u.test(words));
            offer(words, number, answer);
            return list.firstElementChild;
        } catch {
            if (number !== run) return;
            tell(say?.failed ?? here.dataset.failed);
            list.replaceChildren();
            asked = null;
        } finally {
            if (number === run) form.classList.toggle("searching", false);
        }
    };

    const end = new IntersectionObserver(seen => seen.at(-1).isIntersecting && more?.());

    // Searches for what stands in the box, unless that is what the newest search is for.
    const ask = () => {
        clearTimeout(timer);
        const wish = [shown, han, typed()].join();
        if (wish !== asked) {
            asked = wish;
            ready = search(typed(), ++run);
        }
        return ready;
    };
    const askSoon = () => {
        clearTimeout(timer);
        timer = setTimeout(ask, 60);
        counts = {};
    };

    // -- Other languages -------------------------------------------------------------------------------------------

    const choices = make("div", {class: "search-choices"});
    const button = (attributes, click) => {
        const made = make("button", {type: "button", class: "hidden", dir: "auto", "aria-pressed": false, ...attributes});
        made.onclick = click;
        choices.append(made);
        return made;
    };
    const buttons = languages.map(lang => button({lang}, () => turn(lang)));
    const both = button({}, () => {
        han = !han;
        set(both, {"aria-pressed": han});
        ask();
    });

    // The language that ↑ turns to: the next one that is not known to have nothing.
    const following = () => [...languages, ...languages].slice(languages.indexOf(shown) + 1)
        .find(tag => tag !== shown && (tag === own || counts[tag] !== 0));

    const draw = () => {
        const next = following();
        for (const button of buttons) {
            const {lang} = button;
            const isNext = lang === next;
            hide(button, lang === own ? !turned : lang !== shown && !counts[lang]);
            set(button, {"aria-pressed": lang === shown, title: isNext && titles[lang] || ""});
            button.ariaKeyShortcuts = isNext ? "ArrowUp" : null;
        }
    };

    const turn = tag => {
        shown = tag;
        turned = true;
        draw();
        ask();
    };

    // Counts what there is in each language, after the results that were asked for are shown.
    const offer = (words, number, answer) => {
        draw();
        // Where there is nothing else to hear of, the other languages are said, too.
        set(choices, {"aria-live": answer.count ? "off" : "polite"});
        for (const button of buttons) {
            const {lang} = button;
            const found = lang === shown ? answer : find(lang, words, {han});
            Promise.all([opened(lang), found]).then(([{name, say}, {count, instead}]) => {
                if (number !== run) return;
                // Another spelling is no match for what is found as it is written.
                counts[lang] = instead && answer.count && !answer.instead ? 0 : count;
                button.textContent = fill(say.other, {language: name, count});
                titles[lang] = fill(say.turn, {language: name});
                draw();
            }).catch(() => {
                if (number !== run) return;
                // Without its files it cannot be offered. What is shown is right all the same.
                counts[lang] = 0;
                draw();
            });
        }
    };

    // -- Open and close --------------------------------------------------------------------------------------------

    const open = () => {
        hide(wrapper, false);
        set(toggle, {"aria-expanded": true});
        opened(own).catch(() => {});
        if (typed()) ask();
    };
    const close = () => {
        clearTimeout(timer);
        run++;
        asked = null;
        form.classList.toggle("searching", false);
        if (wrapper.contains(document.activeElement)) toggle.focus({preventScroll: true});
        hide(wrapper, true);
        set(toggle, {"aria-expanded": false});
        shown = own;
        turned = false;
    };
    const select = () => {
        box.focus({preventScroll: true});
        box.select();
    };
    const start = () => {
        open();
        scrollTo(0, 0);
        select();
    };

    toggle.addEventListener("click", () => wrapper.classList.contains("hidden") ? start() : close());
    form.addEventListener("submit", event => event.preventDefault());

    // While a word is put together from its sounds, nothing is searched.
    box.addEventListener("input", ({isComposing}) => isComposing || askSoon());
    box.addEventListener("compositionstart", () => clearTimeout(timer));
    box.addEventListener("compositionend", askSoon);

    // -- Keys ------------------------------------------------------------------------------------------------------

    // A result gets the focus itself, so that it is read aloud; the browser's own scrolling might put it anywhere.
    const goTo = item => {
        item?.firstElementChild.focus({preventScroll: true});
        item?.scrollIntoView({block: "nearest"});
    };
    for (const type of ["focusin", "focusout"]) {
        list.addEventListener(type, ({target}) => {
            const item = target.closest("li");
            item.classList.toggle("focus", type === "focusin");
            if (!item.nextElementSibling) more?.();
        });
    }

    // With a theme of one's own, mdBook's script may be missing.
    const isTyping = event => typeof mdbook_something_else_has_focus === "function"
        ? mdbook_something_else_has_focus(event)
        : event.target.matches("input, select, textarea");

    document.addEventListener("keydown", event => {
        const {key, target} = event;
        // A key that belongs to a word put together from its sounds has the number 229, in Safari also the one that
        // ends it.
        if (event.isComposing || event.keyCode === 229
            || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey
            || !hasFocus() && isTyping(event)) return;
        const item = list.contains(target) && target.closest("li");
        if (key === "Escape") {
            box.classList.toggle("active", false);
            write("");
            removeMarks();
            close();
        } else if (hasFocus()) {
            if (key === "ArrowDown" || key === "Enter") {
                ask().then(first => {
                    goTo(first);
                    if (key === "Enter") first?.firstElementChild.click();
                });
            } else if (key === "ArrowUp" && typed() && following()) turn(following());
            else return;
        } else if (key === "s" || key === "/") start();
        else if (item && key === "ArrowDown") goTo(item.nextElementSibling);
        else if (item && key === "ArrowUp") item.previousElementSibling ? goTo(item.previousElementSibling) : select();
        else return;
        event.preventDefault();
    });

    // -- Start -----------------------------------------------------------------------------------------------------

    set(wrapper, {role: "search"});
    set(header, {role: "status", "aria-live": "polite", "aria-atomic": true}).after(choices);
    // Else keyboards of telephones put each word together before they give it, and browsers lay a list over ours.
    // mdBook's box has no name, and means to be described by the line below it.
    set(box, {maxlength: 200, autocomplete: "off", "aria-label": box.placeholder, "aria-describedby": header.id});
    addEventListener("popstate", read);
    // Scripts that come after this one may write listings anew, and marks would be lost.
    addEventListener("DOMContentLoaded", () => read() && box.focus({preventScroll: true}));
    window.search = {hasFocus, find, opened};
})();
