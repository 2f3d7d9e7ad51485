/* Draws the diagrams of a page: its blocks of code in the language `mermaid`.

   A page with a diagram loads this file, and this file loads `mermaid.min.js`, which lies beside it. A block that was
   drawn goes into a <details> below its picture. One that cannot be drawn stays as it is, with a line above it that
   says so. What readers are told comes from the element of the class `diagrams` on the page, in its language.

   Nothing is loaded from another host, whatever a diagram asks for: Mermaid runs in a frame that is not allowed to, and
   what it drew there is cleaned before the page gets it. */
(() => {
    "use strict";

    /* The longest text that Mermaid takes by itself, in UTF-16 units: `maxTextSize`. */
    const LONGEST = 50_000;
    /* WCAG 2.2, success criterion 1.4.3. */
    const CONTRAST = 4.5;
    /* How far a wide picture shrinks before it scrolls: letters of 16 pixels keep 10. */
    const SMALLEST = 0.625;
    /* So many pairs of a text and a shape are looked at in one picture. */
    const PAIRS = 400_000;

    const library = new URL("mermaid.min.js", document.currentScript.src);
    /* What is drawn, or will be: the block, its text, and the figure that took its place. */
    let diagrams = [];
    let drawing = Promise.resolve();
    let colours = null;
    let count = 0;
    /* The frame in which Mermaid runs. */
    let studio = null;

    /* mdBook's print page asks for the printer as soon as it has loaded; the pictures take a little longer. */
    const print = window.print;
    window.print = () => drawing.finally(() => print.call(window));

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", begin);
    } else {
        begin();
    }

    function begin() {
        const blocks = [...document.querySelectorAll("pre > code")].filter(code =>
            [...code.classList].some(name => name.toLowerCase() === "language-mermaid"));
        diagrams = blocks.map(code => ({ block: code.parentElement, text: code.textContent, figure: null }));
        drawing = start().catch(error => console.warn(error));
    }

    async function start() {
        if (diagrams.length === 0) return;
        studio = await open(library);
        await drawAll();
        /* The theme is a class of the root element, and so is much else. */
        new MutationObserver(() => {
            drawing = drawing.then(() => (same(colours, page()) ? undefined : drawAll()));
        }).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    }

    /* A document of its own, out of sight, with the styles of this one and Mermaid. Its policy lets nothing in but the
       files of the book. */
    function open(library) {
        const sheets = [...document.querySelectorAll("link[rel~='stylesheet'], style")];
        const files = sheets.map(sheet => sheet.href).filter(Boolean).map(href => new URL(href));
        const own = source(new URL(location.href), true);
        const fonts = [...new Set(files.map(file => source(file, true)))];
        const policy = [
            "default-src 'none'",
            `script-src ${source(library)}`,
            `style-src 'unsafe-inline' ${files.map(file => source(file)).join(" ")}`,
            `font-src data: ${fonts.join(" ")}`,
            `img-src data: ${own}`,
        ].join("; ");
        const styles = sheets.map(sheet => sheet.href
            ? `<link rel="stylesheet" href="${attribute(sheet.href)}" media="${attribute(sheet.media)}">`
            : `<style>${sheet.textContent}</style>`);
        const frame = document.createElement("iframe");
        frame.setAttribute("aria-hidden", "true");
        frame.tabIndex = -1;
        frame.style.cssText = "position: fixed; left: -20000px; top: 0; height: 400px; border: 0; visibility: hidden";
        frame.srcdoc = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
            ${styles.join("")}<script src="${attribute(library.href)}"></script><body></body>`;
        return new Promise((resolve, reject) => {
            frame.onload = () => {
                if (frame.contentWindow?.mermaid) return resolve(frame);
                frame.remove();
                reject(new Error(`${library} cannot be loaded, so the diagrams stay code`));
            };
            document.body.append(frame);
        });
    }

    /* A file, or the host of a file, as a policy names it. */
    function source(url, whole = false) {
        if (url.protocol === "file:") return "file:";
        const path = whole ? "" : url.pathname.replaceAll(";", "%3B").replaceAll(",", "%2C");
        return url.origin + path;
    }

    function attribute(text) {
        return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
    }

    async function drawAll() {
        colours = page();
        for (const diagram of diagrams) {
            const stands = diagram.figure ?? diagram.block;
            if (stands.checkVisibility?.() ?? true) {
                await draw(diagram);
            } else {
                /* In a closed <details> nothing has a size yet. */
                whenShown(stands, () => (drawing = drawing.then(() => draw(diagram))));
            }
        }
    }

    function whenShown(element, then) {
        const observer = new IntersectionObserver(entries => {
            if (!entries.some(entry => entry.isIntersecting)) return;
            observer.disconnect();
            then();
            /* Wherever on the page: what is below the window is shown, too. */
        }, { rootMargin: "1000000px" });
        observer.observe(element);
    }

    async function draw(diagram) {
        if (diagram.failed) return;
        const stands = diagram.figure ?? diagram.block;
        const hints = hintsFor(stands);
        /* Drawn where it will stand, so that it is measured with the fonts and the spaces that it will have. */
        const desk = document.createElement("div");
        desk.className = "diagram-picture diagram-desk";
        stands.before(desk);
        try {
            if (diagram.text.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
            desk.replaceChildren(clean(await sketch(diagram.text, desk)));
            finish(desk.querySelector("svg"), hints);
            show(diagram, desk, hints);
        } catch (error) {
            console.warn("A diagram cannot be drawn:", error, diagram.text.slice(0, 200));
            desk.remove();
            diagram.failed = true;
            fail(diagram, hints);
        }
    }

    /* What Mermaid makes of a text, for a place of the page: what is around that place is around it in the frame as well,
       so that it is measured with the same fonts and spaces. */
    async function sketch(text, desk) {
        const { contentWindow: there, contentDocument: paper } = studio;
        const copy = element => paper.importNode(element, false);
        const twin = copy(desk);
        twin.style.boxSizing = "border-box";
        twin.style.width = `${desk.getBoundingClientRect().width}px`;
        let inside = twin;
        for (let around = desk.parentElement; around !== document.body; around = around.parentElement) {
            const outside = copy(around);
            outside.append(inside);
            inside = outside;
        }
        studio.style.width = `${document.documentElement.clientWidth}px`;
        for (const name of ["class", "lang", "dir", "style"]) {
            paper.documentElement.setAttribute(name, document.documentElement.getAttribute(name) ?? "");
        }
        paper.body.className = document.body.className;
        paper.body.replaceChildren(inside);
        /* Labels are measured before they are drawn: in the letters that they will have. */
        const { font } = getComputedStyle(desk);
        await Promise.all([font, `bold ${font}`].map(font => paper.fonts.load(font, text).catch(() => {})));
        await paper.fonts.ready;
        /* An object of this document is none of that one. */
        there.mermaid.initialize(there.JSON.parse(JSON.stringify(options(desk))));
        try {
            return (await there.mermaid.render(`bilingual-diagram-${++count}`, text, twin)).svg;
        } finally {
            paper.body.replaceChildren();
        }
    }

    function options(desk) {
        const { dark, background, text } = colours;
        const fontFamily = getComputedStyle(desk).fontFamily;
        const mixed = share => css(over([...text.slice(0, 3), share], background));
        /* Mermaid's own dark theme has greys that suit none of mdBook's. */
        const shades = { mainBkg: mixed(0.12), clusterBkg: mixed(0.05), clusterBorder: mixed(0.3), nodeBorder: mixed(0.6) };
        return {
            startOnLoad: false,
            securityLevel: "strict",
            suppressErrorRendering: true,
            maxTextSize: LONGEST,
            /* No `layout`: any name here turns a mind map into a tree. */
            fontFamily,
            theme: dark ? "dark" : "default",
            darkMode: dark,
            themeVariables: {
                fontFamily,
                background: css(background),
                edgeLabelBackground: css(background),
                dropShadow: "none",
                useGradient: false,
                ...(dark ? shades : {}),
            },
        };
    }

    /* -- What is let in ---------------------------------------------------------------------------------------------- */

    /* Elements that load something, or do more than to be seen. */
    const LOADS = new Set([
        "audio", "base", "embed", "form", "frame", "iframe", "input", "link", "meta", "object", "portal", "script", "source",
        "track", "video",
    ]);
    /* Attributes with an address that is loaded. */
    const ADDRESSES = new Set([
        "action", "background", "data", "formaction", "href", "manifest", "ping", "poster", "src", "srcset", "xlink:href",
    ]);

    /* A picture without whatever would load something from elsewhere. It is read where nothing is loaded yet. */
    function clean(svg) {
        const template = document.createElement("template");
        template.innerHTML = svg;
        for (const element of [...template.content.querySelectorAll("*")]) {
            const name = element.localName.toLowerCase();
            if (LOADS.has(name)) {
                element.remove();
            } else if (name === "style") {
                element.textContent = cleanSheet(element.textContent);
            } else {
                cleanAttributes(element, name);
            }
        }
        return template.content;
    }

    function cleanAttributes(element, name) {
        for (const attribute of [...element.attributes]) {
            const key = attribute.name.toLowerCase();
            const isLink = name === "a" && key.endsWith("href");
            const isAnimated = key === "attributename" && /href|src/i.test(attribute.value);
            const isOurs = isLink ? !/^\s*(javascript|data|vbscript):/i.test(attribute.value) : isNear(attribute.value);
            if (isAnimated || key.startsWith("on") || (ADDRESSES.has(key) && !isOurs)) {
                element.removeAttribute(attribute.name);
            } else if (key === "style") {
                cleanStyle(element.style);
            } else if (!key.startsWith("aria-") && /url\s*\(|\\/i.test(attribute.value) && loads(attribute.value)) {
                element.removeAttribute(attribute.name);
            }
        }
    }

    /* Whether an address is one of this book, or holds what it leads to. */
    function isNear(address) {
        if (/^\s*(#|data:image\/)/i.test(address)) return true;
        try {
            const url = new URL(address, document.baseURI);
            return url.protocol === location.protocol && url.host === location.host && /^(https?|file):$/.test(url.protocol);
        } catch {
            return false;
        }
    }

    function cleanSheet(text) {
        try {
            const sheet = new CSSStyleSheet();
            /* What it would import is left out here already. */
            sheet.replaceSync(text);
            return [...sheet.cssRules].map(cleanRule).join("\n");
        } catch {
            return loads(text) ? "" : text;
        }
    }

    function cleanRule(rule) {
        if (!loads(rule.cssText)) return rule.cssText;
        if (!rule.style || rule.cssRules?.length || !rule.selectorText) return "";
        cleanStyle(rule.style);
        return loads(rule.cssText) ? "" : rule.cssText;
    }

    function cleanStyle(style) {
        for (const name of [...style]) {
            if (loads(style.getPropertyValue(name))) style.removeProperty(name);
        }
    }

    /* Whether CSS may load something. What is in the picture itself, `url(#arrow)`, is not loaded; a backslash can hide
       any word. */
    function loads(css) {
        const rest = css.replace(/url\(\s*(["']?)#[^"')]*\1\s*\)/gi, "");
        return /\\|(url|src|image|image-set|cross-fade)\s*\(|@(import|font-face|namespace)/i.test(rest);
    }

    /* -- How it is shown --------------------------------------------------------------------------------------------- */

    /* What a picture gets besides what Mermaid gives it. */
    function finish(svg, hints) {
        if (!svg) throw new Error("there is no picture");
        const width = svg.viewBox.baseVal?.width || svg.getBoundingClientRect().width;
        svg.style.maxWidth = `${Math.ceil(width)}px`;
        svg.style.minWidth = `${Math.ceil(width * SMALLEST)}px`;
        svg.style.backgroundColor = "transparent";
        svg.removeAttribute("aria-roledescription");
        /* Its texts in the order in which they were drawn tell nobody anything; what tells is the source below. A
           picture with links has to stay open to them. */
        if (!svg.querySelector("a")) svg.setAttribute("role", "img");
        if (!svg.hasAttribute("aria-labelledby")) svg.setAttribute("aria-label", hints.label);
        makeLegible(svg);
    }

    function show(diagram, desk, hints) {
        desk.classList.remove("diagram-desk");
        desk.toggleAttribute("data-dark", colours.dark);
        if (diagram.figure) {
            diagram.figure.querySelectorAll(".diagram-picture, .diagram-wide").forEach(element => element.remove());
            diagram.figure.prepend(desk);
        } else {
            const figure = document.createElement("figure");
            figure.className = "diagram";
            const details = document.createElement("details");
            const summary = document.createElement("summary");
            summary.textContent = hints.source;
            details.append(summary);
            diagram.block.before(figure);
            figure.append(desk, details);
            details.append(diagram.block);
            diagram.figure = figure;
        }
        /* A phone is turned, and a window gets wider. */
        scrolls(desk, hints);
        new ResizeObserver(() => scrolls(desk, hints)).observe(desk);
    }

    /* Says that a picture is wider than its box, where it is. Whoever has no mouse scrolls a box that has the focus, and
       what has the focus has a name. */
    function scrolls(box, hints) {
        const isWide = box.scrollWidth > box.clientWidth;
        const line = box.nextElementSibling?.matches(".diagram-wide") ? box.nextElementSibling : null;
        if (isWide === (box.tabIndex === 0)) return;
        if (isWide) {
            box.tabIndex = 0;
            box.setAttribute("role", "region");
            box.setAttribute("aria-label", hints.wide);
        } else {
            for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
        }
        if (!isWide) {
            line?.remove();
        } else if (!line) {
            const line = document.createElement("p");
            line.className = "diagram-wide";
            /* The box says it already to who listens. */
            line.setAttribute("aria-hidden", "true");
            line.textContent = hints.wide;
            box.after(line);
        }
    }

    function fail(diagram, hints) {
        if (diagram.figure) return;
        const line = document.createElement("p");
        line.className = "diagram-failed";
        line.textContent = hints.failed;
        diagram.block.before(line);
    }

    /* What is said on the page of an element: on the print page there are many. */
    function hintsFor(element) {
        const own = element.closest(".edition")?.querySelector("script.diagrams");
        return (own ?? document.querySelector("script.diagrams"))?.dataset ?? {};
    }

    /* -- Colours --------------------------------------------------------------------------------------------------- */

    /* The colours of the page. */
    function page() {
        const style = getComputedStyle(document.documentElement);
        const background = parse(style.backgroundColor) ?? [255, 255, 255, 1];
        const text = parse(style.color) ?? [0, 0, 0, 1];
        return { background, text, dark: luminance(background) < 0.18 };
    }

    function same(one, other) {
        return css(one.background) === css(other.background) && css(one.text) === css(other.text);
    }

    /* Red, green and blue up to 255, and the opacity up to 1; `null` for what is no plain colour. */
    function parse(colour) {
        const numbers = /^rgba?\(([^)]*)\)$/.exec(colour)?.[1].match(/[\d.]+/g)?.map(Number);
        if (!numbers || numbers.length < 3) return null;
        return [...numbers.slice(0, 3), numbers[3] ?? 1];
    }

    function css([red, green, blue]) {
        return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
    }

    /* One colour seen through another. */
    function over(upper, lower) {
        const opacity = upper[3];
        return [0, 1, 2].map(at => upper[at] * opacity + lower[at] * (1 - opacity)).concat(1);
    }

    function luminance(colour) {
        const [red, green, blue] = colour.slice(0, 3).map(value => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    function contrast(one, other) {
        const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (lighter + 0.05) / (darker + 0.05);
    }

    /* Makes each text black or white that cannot be read on what is behind it: authors fill shapes for a light page, and
       text has the colour of the theme. */
    function makeLegible(svg) {
        const elements = [...svg.querySelectorAll("rect, circle, ellipse, polygon, path, text, foreignObject")];
        const shapes = [];
        let pairs = 0;
        for (const element of elements) {
            const style = getComputedStyle(element);
            if (!element.matches("text, foreignObject")) {
                const fill = element.closest("defs, marker") ? null : parse(style.fill);
                const opacity = Number(style.fillOpacity) * Number(style.opacity) * (fill?.[3] ?? 0);
                if (opacity > 0) shapes.push({ fill: [...fill.slice(0, 3), opacity], box: element.getBoundingClientRect() });
                continue;
            }
            /* The number of a message stands on the head of its arrow, which is no shape of its own. */
            if (element.matches(".sequenceNumber")) continue;
            pairs += shapes.length;
            if (pairs > PAIRS) return;
            const box = element.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            let behind = colours.background;
            for (const { fill, box } of shapes) {
                if (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom) behind = over(fill, behind);
            }
            for (const text of [element, ...element.querySelectorAll("tspan, div, span, p")]) {
                const property = text.namespaceURI === svg.namespaceURI ? "fill" : "color";
                const colour = parse(getComputedStyle(text)[property]);
                const ground = parse(getComputedStyle(text).backgroundColor);
                const seen = property === "color" && ground?.[3] > 0 ? over(ground, behind) : behind;
                if (!colour || contrast(over(colour, seen), seen) >= CONTRAST) continue;
                const black = contrast([0, 0, 0], seen) > contrast([255, 255, 255], seen);
                text.style.setProperty(property, black ? "#000" : "#fff", "important");
            }
        }
    }
})();
