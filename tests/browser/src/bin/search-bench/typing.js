// Waits for the first result of what is typed next, and gives the milliseconds from the key to it.
(() => {
    const bar = document.getElementById("mdbook-searchbar");
    const results = document.getElementById("mdbook-searchresults");
    results.replaceChildren();
    window.typed = new Promise((done, failed) => {
        let begin;
        bar.addEventListener("input", ({ timeStamp }) => (begin ??= timeStamp), { capture: true });
        const observer = new MutationObserver(() => {
            if (begin === undefined || !results.querySelector("li")) return;
            observer.disconnect();
            done(performance.now() - begin);
        });
        observer.observe(results, { childList: true, subtree: true });
        setTimeout(() => failed(new Error("nothing was shown for 20 s")), 20000);
    });
    window.typed.catch(() => {});
    bar.value = "";
    bar.focus();
    return document.activeElement === bar;
})()
