// mdBook's own index, asked as its own script asks it: all hits of each of many searches, because it is the same one index
// that each of them loads.
async (window, { all }, { place }) => {
    const { index, search_options: options, doc_urls: urls } = window.search;
    const loaded = window.elasticlunr.Index.load(index);
    return all.map((words) => loaded.search(words, options).map(({ ref }) => place(urls[ref])));
}
