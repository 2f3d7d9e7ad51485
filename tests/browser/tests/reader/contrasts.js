// The contrast of each piece of visible text inside the elements that match a selector, as WCAG 2.2 defines it.
selector => {
    const pixel = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});

    // Painted rather than parsed: a computed colour may be rgb(), color(), oklch() …
    const channels = colour => {
        pixel.clearRect(0, 0, 1, 1);
        pixel.fillStyle = colour;
        pixel.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };

    const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);

    // From the first opaque background up: whatever lies above it lets some of it through.
    const background = element => {
        const layers = [];
        for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) {
            layers.push(channels(getComputedStyle(ancestor).backgroundColor));
            if (layers.at(-1)[3] === 1) {
                break;
            }
        }
        return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]);
    };

    const opacity = element => {
        let product = 1;
        for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) {
            product *= Number(getComputedStyle(ancestor).opacity);
        }
        return product;
    };

    const luminance = colour => {
        const [red, green, blue] = colour.slice(0, 3).map(channel => {
            const share = channel / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };

    const shown = colour => `rgb(${colour.slice(0, 3).map(Math.round).join(" ")})`;

    const contrasts = [];
    for (const root of document.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const text = walker.currentNode.data.trim();
            const element = walker.currentNode.parentElement;
            if (text === "" || !element.checkVisibility({visibilityProperty: true})) {
                continue;
            }
            const behind = background(element);
            const ink = channels(getComputedStyle(element).color);
            const colour = over([...ink.slice(0, 3), ink[3] * opacity(element)], behind);
            const [dark, bright] = [luminance(colour), luminance(behind)].sort((a, b) => a - b);
            contrasts.push({
                text,
                colour: shown(colour),
                background: shown(behind),
                ratio: (bright + 0.05) / (dark + 0.05),
            });
        }
    }
    return contrasts;
}
