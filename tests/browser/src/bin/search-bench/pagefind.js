// Pagefind, through its own interface.
async (window, { words }, { place, then }) => {
    const pagefind = await window.loaded;
    await pagefind.options({ baseUrl: "/" });
    const { results } = await pagefind.search(words);
    const urls = (some) => Promise.all(some.map(async (result) => place((await result.data()).url)));
    const first = await urls(results.slice(0, 10));
    await then();
    return { hits: [...first, ...(await urls(results.slice(10)))] };
}
