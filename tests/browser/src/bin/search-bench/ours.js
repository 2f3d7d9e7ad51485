// A search, and another one in the same page: where the first results lead that are shown.
async ({ search }, { language, words, later }, { place, then }) => {
    const ten = async (found) => Promise.all(found.hits.slice(0, 10).map(async (hit) => place((await hit.shown()).url)));
    const first = await ten(await search.find(language, words, {}));
    await then();
    await ten(await search.find(language, later, {}));
    return first;
}
