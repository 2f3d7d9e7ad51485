// What makes the text wider than its place: the innermost elements that stick out; empty where nothing does.
(() => {
    // mdBook's `.content` scrolls in the window's stead: it is as wide as the window, whatever is in it.
    const places = [document.documentElement, document.querySelector(".content")];
    const full = places.find(place => place.scrollWidth > place.clientWidth);
    if (full === undefined) {
        return [];
    }
    const edge = full.getBoundingClientRect().left + full.clientWidth;
    // What scrolls inside of a box of its own, as mdBook's tables and listings do, widens nothing.
    const contained = element => {
        for (let ancestor = element.parentElement; ancestor && ancestor !== full; ancestor = ancestor.parentElement) {
            if (!places.includes(ancestor) && getComputedStyle(ancestor).overflowX !== "visible") {
                return true;
            }
        }
        return false;
    };
    const wide = [...full.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > edge + 0.5 && !contained(element));
    const innermost = wide.filter(element => !wide.some(other => other !== element && element.contains(other)));
    const widths = `${full.scrollWidth} pixels instead of ${full.clientWidth}`;
    return [widths, ...innermost.slice(0, 5).map(element => element.cloneNode().outerHTML)];
})()
