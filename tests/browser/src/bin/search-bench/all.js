// All hits of many searches, in one page: each loads what those before it have not.
async ({ search }, { language, all }, { place }) => {
    const answers = [];
    for (const words of all) {
        const { count, hits, instead } = await search.find(language, words, { limit: 100000 });
        const url = async (hit) => (hit.url ? hit.url() : (await hit.shown()).url);
        answers.push({ count, instead, hits: await Promise.all(hits.map(async (hit) => place(await url(hit)))) });
    }
    return answers;
}
