// Asks queries one after the other, each in a frame that knows nothing yet, and gives what was answered.
async (page, ask, queries) => {
    const fresh = async (query, number) => {
        const frame = document.createElement("iframe");
        const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
        frame.src = `/~${number}/${page.replace("LANGUAGE", query.language)}`;
        document.body.append(frame);
        await loaded;
        const inside = frame.contentWindow;
        const place = (url) => {
            const { pathname, hash } = new URL(url, inside.location.href);
            return decodeURIComponent(pathname.replace(/^\/(~\d+\/)?/, "") + hash);
        };
        // What was loaded before this, and what is loaded behind it, is told apart by the server.
        const then = () => fetch(`/~${number}/-then`);
        try {
            return { ok: await ask(inside, query, { place, then }) };
        } catch (error) {
            return { error: `${error}` };
        } finally {
            frame.remove();
        }
    };
    const answers = [];
    for (const [query, number] of queries) answers.push(await fresh(query, number));
    return answers;
}
