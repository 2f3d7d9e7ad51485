/* Draws diagrams as PNGs, for an export: at twice their size, on white.

   `SOURCES` are the diagrams. The page becomes lines of text, which the program reads:

       diagram 0 png 89504e47…
       diagram 1 failed Parse%20error
       diagrams end
*/
"use strict";

const LONGEST = 50_000;
const SCALE = 2;
const MOST_PIXELS = 4096 * 2048;
const LONGEST_SIDE = 8192;

/* Some diagrams are drawn by chance: by the same one each time. */
let seed = 1;
Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

function options(source) {
    /* Mermaid has formulas in HTML only; else texts of SVG are drawn more alike everywhere. */
    const htmlLabels = source.includes("$$");
    return {
        startOnLoad: false,
        securityLevel: "strict",
        suppressErrorRendering: true,
        maxTextSize: LONGEST,
        deterministicIds: true,
        theme: "default",
        fontFamily: "sans-serif",
        htmlLabels,
        flowchart: { htmlLabels },
    };
}

async function draw(source, number) {
    seed = 1;
    if (source.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
    mermaid.initialize(options(source));
    const { svg } = await mermaid.render(`diagram-${number}`, source);
    const template = document.createElement("template");
    template.innerHTML = svg;
    const drawn = template.content.querySelector("svg");
    const { width, height } = drawn?.viewBox.baseVal ?? {};
    if (!(width > 0 && height > 0)) throw new Error("there is no picture");
    const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / width / height), LONGEST_SIDE / width, LONGEST_SIDE / height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.ceil(width * scale));
    canvas.height = Math.max(1, Math.ceil(height * scale));
    drawn.setAttribute("width", canvas.width);
    drawn.setAttribute("height", canvas.height);
    drawn.style.maxWidth = "none";
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
    await picture.decode();
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const bytes = atob(canvas.toDataURL("image/png").split(",")[1]);
    return Array.from(bytes, byte => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

(async () => {
    const lines = [];
    for (const [number, source] of SOURCES.entries()) {
        try {
            lines.push(`diagram ${number} png ${await draw(source, number)}`);
        } catch (error) {
            lines.push(`diagram ${number} failed ${encodeURIComponent(String(error?.message ?? error).toWellFormed())}`);
        }
    }
    document.body.textContent = `\n${[...lines, "diagrams end"].join("\n")}\n`;
})();
