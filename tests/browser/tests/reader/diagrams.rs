//! Are diagrams drawn, and is their source there when they are not?
//!
//! `target/screenshots/` has a picture of each page that is looked at.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use browser_tests::browser::Viewport;
use browser_tests::diagrams::{BAD, DARING, Diagrams, FAILING, KINDS, NESTED, PLAIN, REACHING, WIDE, reaching_for};

use crate::Reader;
use crate::looks::{OVERFLOW, THEMES};

/// WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;

/// Waits until so many blocks were drawn or given up, for ten seconds at most; how many there are then.
fn settled(count: usize) -> String {
    format!(
        "new Promise(resolve => {{
            const begin = Date.now();
            const look = () => {{
                const done = document.querySelectorAll('.diagram, .diagram-failed').length;
                const busy = document.querySelector('.diagram-desk');
                if ((done >= {count} && !busy) || Date.now() - begin > 10000) resolve(done);
                else setTimeout(look, 20);
            }};
            look();
        }})"
    )
}

impl Reader {
    /// Opens a page and waits until its blocks were drawn or given up.
    fn open_drawn(&mut self, path: &str, count: usize) -> Result<()> {
        self.open(path)?;
        let done: usize = self.browser.evaluate(&settled(count))?;
        assert_eq!(done, count, "{path}: blocks that were drawn or given up");
        Ok(())
    }

    /// The names of the files of the folder of scripts that the page has loaded.
    fn scripts(&mut self) -> Result<Vec<String>> {
        self.browser.evaluate(
            // Mermaid runs in a frame.
            "[window, ...[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow)]
                .flatMap(there => there.performance.getEntriesByType('resource')).map(entry => new URL(entry.name))
                .map(url => url.origin === location.origin ? url.pathname : url.href)
                .filter(name => !name.startsWith('/') || name.includes('/bilingual/') || name.includes('mermaid'))",
        )
    }
}

fn reader(diagrams: &Diagrams) -> Result<Reader> {
    Reader::of(diagrams.book()?)
}

#[test]
fn blocks_are_drawn_wherever_they_stand_and_keep_their_source() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.open_drawn(NESTED, 3)?;
    reader.picture("diagrams-nested-light")?;
    let places: Vec<String> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram')].map(figure => figure.parentElement.tagName.toLowerCase())",
    )?;
    assert_eq!(places, ["div", "li", "blockquote"]);
    let faults: Vec<String> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram')].flatMap(figure => {
            const svg = figure.querySelector(':scope > .diagram-picture > svg');
            const box = svg?.getBoundingClientRect() ?? new DOMRect();
            const code = figure.querySelector(':scope > details:not([open]) > pre > code.language-mermaid');
            const faults = [];
            if (box.width < 50 || box.height < 50) faults.push('there is no picture');
            if (!code?.textContent.includes('>')) faults.push('the source is not in a closed details');
            if (!code?.parentElement.querySelector('.clip-button')) faults.push('the source cannot be copied');
            if (svg?.getAttribute('role') !== 'img') faults.push('a screen reader reads its parts');
            if (!figure.querySelector('summary').textContent.includes('源码')) faults.push('the summary is in another language');
            return faults;
        })",
    )?;
    assert_eq!(faults, Vec::<String>::new());
    let names: Vec<(Option<String>, Option<String>)> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram svg')].map(svg => [
            document.getElementById(svg.getAttribute('aria-labelledby'))?.textContent ?? svg.getAttribute('aria-label'),
            document.getElementById(svg.getAttribute('aria-describedby'))?.textContent ?? null,
        ])",
    )?;
    assert_eq!(names[0], (Some("请求的一生".to_owned()), Some("显存不够就换出".to_owned())));
    assert!(names[1].0.as_deref().is_some_and(|name| name.contains("源码")), "{names:?}");
    // The one that was hidden is drawn when it is shown, and measured then.
    reader
        .browser
        .evaluate::<()>("document.querySelector('main details:not(.diagram details)').open = true; undefined")?;
    assert_eq!(reader.browser.evaluate::<usize>(&settled(4))?, 4);
    let width: f64 = reader
        .browser
        .evaluate("[...document.querySelectorAll('.diagram svg')].at(-1).getBoundingClientRect().width")?;
    assert!(width > 100.0, "{width}");
    Ok(())
}

#[test]
fn mind_maps_architecture_and_formulas_are_drawn_from_the_book_alone() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    for theme in ["light", "navy"] {
        reader.choose(theme)?;
        reader.open_drawn(KINDS, 3)?;
        reader.picture(&format!("diagrams-kinds-{theme}"))?;
        let faults: Vec<String> = reader.browser.evaluate(
            "(() => {
                const [map, plan, chart] = [...document.querySelectorAll('.diagram-picture > svg')];
                const faults = [];
                const middle = element => (box => box.y + box.height / 2)(element.getBoundingClientRect());
                const nodes = [...map.querySelectorAll('.node')];
                const heights = nodes.map(middle);
                const root = middle(nodes.find(node => node.textContent.includes('RL 系统')));
                if (nodes.length !== 7) faults.push(`${nodes.length} thoughts`);
                if (!(Math.min(...heights) < root - 20 && root + 20 < Math.max(...heights))) faults.push('the map is a tree');
                const icons = [...plan.querySelectorAll('svg')].filter(icon => icon.getBoundingClientRect().width > 10);
                if (icons.length !== 3 || plan.textContent.includes('?')) faults.push(`${icons.length} icons`);
                if (!['API', 'Database', 'Server'].every(name => plan.textContent.includes(name))) faults.push('a name is missing');
                const formulas = [...chart.querySelectorAll('math')];
                if (formulas.length !== 3) faults.push(`${formulas.length} formulas`);
                for (const formula of formulas) {
                    const [inner, outer] = [formula, formula.closest('foreignObject')].map(it => it.getBoundingClientRect());
                    if (inner.width < 10 || inner.width > outer.width + 1 || inner.height > outer.height + 1) faults.push(`cut: ${formula.textContent}`);
                }
                /* A fraction whose parts stand side by side is no fraction. */
                const [above, below] = chart.querySelector('mfrac')?.children ?? [];
                if (!above || middle(above) > middle(below) - 5) faults.push('no fraction');
                if (chart.textContent.includes('$$')) faults.push('a formula is text');
                return faults;
            })()",
        )?;
        assert_eq!(faults, Vec::<String>::new(), "{theme}");
        assert_eq!(reader.scripts()?, ["/bilingual/diagrams.js", "/bilingual/mermaid.min.js"], "{theme}");
    }
    Ok(())
}

#[test]
fn labels_are_not_cut() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    for (page, count) in [(NESTED, 3), (WIDE, 1)] {
        reader.open_drawn(page, count)?;
        let cut: Vec<String> = reader.browser.evaluate(
            "[...document.querySelectorAll('.diagram foreignObject')].filter(label => {
                const [outer, inner] = [label, label.firstElementChild].map(element => element.getBoundingClientRect());
                return inner.width > outer.width + 1 || inner.height > outer.height + 1;
            }).map(label => label.textContent)",
        )?;
        let labels: usize = reader.browser.evaluate("document.querySelectorAll('.diagram foreignObject').length")?;
        assert!(labels > 3 && cut.is_empty(), "{page}: of {labels} labels: {cut:?}");
        let family: String = reader.browser.evaluate(
            "getComputedStyle(document.querySelector('.diagram foreignObject :is(p, span)')).fontFamily === getComputedStyle(document.querySelector('.edition')).fontFamily ? '' : getComputedStyle(document.querySelector('.diagram foreignObject :is(p, span)')).fontFamily",
        )?;
        assert_eq!(family, "", "{page}: the labels have other letters than the text");
    }
    Ok(())
}

#[test]
fn a_page_without_a_diagram_loads_nothing_and_one_with_loads_it_once() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.open(PLAIN)?;
    assert_eq!(reader.scripts()?, Vec::<String>::new());
    let both = ["/bilingual/diagrams.js", "/bilingual/mermaid.min.js"];
    // The first chapter is at the root as well, and the print page has all of them.
    for (page, count) in [(NESTED, 3), ("index.html", 3)] {
        reader.open_drawn(page, count)?;
        assert_eq!(reader.scripts()?, both, "{page}");
    }
    Ok(())
}

/// Notes the path of each request that reaches a port of this machine, and answers none of them.
fn listener() -> Result<(String, Arc<Mutex<Vec<String>>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = format!("http://{}", listener.local_addr()?);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut line = String::new();
            // A browser opens connections ahead of need, too, and such a one asks for nothing.
            let _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
            let _ = BufReader::new(&stream).read_line(&mut line);
            if !line.is_empty() {
                hears.lock().expect("nobody panics").push(line);
            }
        }
    });
    Ok((address, heard))
}

#[test]
fn a_diagram_loads_nothing_from_elsewhere() -> Result<()> {
    let (address, heard) = listener()?;
    let diagrams = Diagrams::reaching(&address)?;
    let mut reader = reader(&diagrams)?;
    let count = reaching_for(&address).len();
    reader.open_drawn(REACHING, count)?;
    reader.picture("diagrams-reaching-light")?;
    thread::sleep(Duration::from_secs(2));
    let asked = heard.lock().expect("nobody panics").clone();
    // The picture in the text is its author's business, and shows that somebody listens.
    assert!(asked.iter().any(|line| line.contains("/control.png")), "{asked:?}");
    let others: Vec<&String> = asked.iter().filter(|line| !line.contains("/control.png")).collect();
    assert!(others.is_empty(), "{others:#?}");
    // Nothing of it is on the page either, but for the link.
    let left: Vec<String> = reader.browser.evaluate(&format!(
        "[...document.querySelectorAll('.diagram-picture')].map(box => box.innerHTML.replace(/<a [^>]*>/g, ''))
            .filter(html => html.includes('{address}')).map(html => html.slice(html.indexOf('{address}') - 80).slice(0, 160))"
    ))?;
    let loading: Vec<&String> = left.iter().filter(|html| html.contains("url(") || html.contains("src")).collect();
    assert!(loading.is_empty(), "{loading:#?}");
    let drawn: usize = reader.browser.evaluate("document.querySelectorAll('.diagram').length")?;
    assert!(drawn >= count - 6, "of {count} only {drawn} are drawn");
    Ok(())
}

#[test]
fn the_print_page_draws_all_and_paper_is_light() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.open_drawn("print.html", 3 + 1 + FAILING + DARING + 3)?;
    assert_eq!(reader.scripts()?, ["/bilingual/diagrams.js", "/bilingual/mermaid.min.js"]);
    let said: Vec<String> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram > details > summary')].map(summary => summary.textContent)",
    )?;
    assert!(said[0].contains("源码") && said[3].contains("Source"), "each in the language of its chapter: {said:?}");
    // Whoever reads in the dark prints on white paper.
    reader.choose("navy")?;
    reader.open_drawn(NESTED, 3)?;
    reader.browser.show_as_paper(true)?;
    reader.picture("diagrams-nested-paper")?;
    let (filter, source): (String, bool) = reader.browser.evaluate(
        "[getComputedStyle(document.querySelector('.diagram svg')).filter, document.querySelector('.diagram > details').checkVisibility()]",
    )?;
    assert!(filter.contains("invert") && !source, "{filter} {source}");
    Ok(())
}

#[test]
fn without_javascript_or_the_file_there_is_the_source() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    let shown = "[...document.querySelectorAll('pre > code.language-mermaid')].filter(code => code.checkVisibility() && code.textContent.includes('>')).length";
    reader.browser.allow_scripts(false)?;
    reader.open(NESTED)?;
    assert_eq!(reader.browser.evaluate::<usize>(shown)?, 3);
    reader.browser.allow_scripts(true)?;
    for file in ["mermaid.min.js", "diagrams.js"] {
        fs::remove_file(reader.book.folder.join("bilingual").join(file))?;
        reader.open(NESTED)?;
        assert_eq!(reader.browser.evaluate::<usize>(shown)?, 3, "without {file}");
        assert_eq!(reader.browser.evaluate::<usize>("document.querySelectorAll('.diagram').length")?, 0);
    }
    Ok(())
}

#[test]
fn what_cannot_be_drawn_says_so_and_does_nothing_else() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.open_drawn(BAD, FAILING + DARING)?;
    reader.picture("diagrams-bad-light")?;
    let said: Vec<(String, bool)> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram-failed')].map(line => [line.innerText, line.nextElementSibling.matches('pre') && line.nextElementSibling.checkVisibility()])",
    )?;
    assert_eq!(said.len(), FAILING, "{said:?}");
    assert!(said.iter().all(|(line, source)| line.contains("无法绘制") && *source), "{said:?}");
    let left_over: Vec<String> = reader.browser.evaluate(
        "[...document.querySelectorAll('.diagram-desk, body > svg, body > [id^=dbilingual], .error-icon')].map(element => element.outerHTML.slice(0, 100))",
    )?;
    assert_eq!(left_over, Vec::<String>::new());
    // What a block asks for, it does not get.
    reader.browser.evaluate::<()>("document.querySelectorAll('.diagram .node').forEach(node => node.dispatchEvent(new MouseEvent('click', {bubbles: true}))); undefined")?;
    let tricked: Option<i64> = reader.browser.evaluate("window.tricked ?? null")?;
    assert_eq!(tricked, None);
    let dangerous: usize = reader.browser.evaluate(
        "document.querySelectorAll('.diagram :is(script, [onerror], [onclick], a[href^=javascript])').length",
    )?;
    assert_eq!(dangerous, 0);
    Ok(())
}

#[test]
fn diagrams_follow_the_theme_and_can_be_read_in_each() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.open_drawn(WIDE, 1)?;
    let first: String = reader.browser.evaluate("document.querySelector('.diagram svg').id")?;
    // The reader chooses another theme, as mdBook's menu does.
    reader.browser.evaluate::<()>("document.getElementById('mdbook-theme-navy').click()")?;
    let drawn_again: bool = reader.browser.evaluate(&format!(
        "new Promise(resolve => {{
            const begin = Date.now();
            const look = () => {{
                const again = document.querySelector('.diagram svg').id !== '{first}';
                if (again || Date.now() - begin > 10000) resolve(again); else setTimeout(look, 20);
            }};
            look();
        }})"
    ))?;
    assert!(drawn_again, "the diagram keeps the colours of the theme before");
    assert_eq!(reader.browser.evaluate::<usize>("document.querySelectorAll('.diagram svg').length")?, 1);

    let mut faults = Vec::new();
    for theme in THEMES {
        reader.choose(theme)?;
        for (name, page, count) in [("wide", WIDE, 1), ("nested", NESTED, 3)] {
            reader.open_drawn(page, count)?;
            reader.picture(&format!("diagrams-{name}-{theme}"))?;
            // The colour of each label against the shape of its node, or against the page.
            let unreadable: Vec<String> = reader.browser.evaluate(&format!(
                "(() => {{
                    const parse = colour => colour.match(/[\\d.]+/g)?.map(Number);
                    const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
                        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                        .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
                    const page = parse(getComputedStyle(document.documentElement).backgroundColor);
                    return [...document.querySelectorAll('.diagram :is(.node, .cluster) foreignObject')].flatMap(label => {{
                        const text = [...label.querySelectorAll('span, p')].at(-1) ?? label.firstElementChild;
                        const shape = label.closest('.node, .cluster').querySelector('rect, polygon, circle, path');
                        const fill = parse(getComputedStyle(shape).fill) ?? page;
                        const [a, b] = [parse(getComputedStyle(text).color), fill].map(luminance).sort((a, b) => a - b);
                        const ratio = (b + 0.05) / (a + 0.05);
                        return ratio < {CONTRAST} ? [`${{label.textContent}}: ${{ratio.toFixed(2)}}`] : [];
                    }});
                }})()"
            ))?;
            faults.extend(unreadable.iter().map(|fault| format!("{page} ({theme}): {fault}")));
        }
    }
    assert!(faults.is_empty(), "less than {CONTRAST}:1:\n{}", faults.join("\n"));
    Ok(())
}

#[test]
fn a_wide_diagram_scrolls_in_its_own_box() -> Result<()> {
    let diagrams = Diagrams::build()?;
    let mut reader = reader(&diagrams)?;
    reader.browser.resize(Viewport::PHONE)?;
    reader.open_drawn(WIDE, 1)?;
    reader.picture("diagrams-wide-phone")?;
    let sticking_out: Vec<String> = reader.browser.evaluate(OVERFLOW)?;
    assert_eq!(sticking_out, Vec::<String>::new());
    let (content, width, focusable, scale): (f64, f64, bool, f64) = reader.browser.evaluate(
        "(() => {
            const box = document.querySelector('.diagram-picture');
            const svg = box.firstElementChild;
            return [box.scrollWidth, box.clientWidth, box.tabIndex === 0, svg.getBoundingClientRect().width / svg.viewBox.baseVal.width];
        })()",
    )?;
    assert!(content > width && focusable, "{content} in {width}, focusable: {focusable}");
    assert!(scale > 0.6, "its letters are shrunk to {scale}");
    let said = "(() => {
        const box = document.querySelector('.diagram-picture');
        const line = document.querySelectorAll('.diagram-wide');
        return [box.role === 'region' && !!box.ariaLabel && line.length === 1 && box.ariaLabel === line[0].textContent,
            box.role || box.ariaLabel || line.length > 0];
    })()";
    let (is_said, _): (bool, serde_json::Value) = reader.browser.evaluate(said)?;
    assert!(is_said, "nothing says that it scrolls");
    // Once there is room, there is nothing to say.
    reader.browser.resize(Viewport { width: 6000, ..Viewport::WIDE })?;
    reader.browser.evaluate::<bool>(
        "document.documentElement.style.setProperty('--content-max-width', 'none'),
        new Promise(then => setTimeout(() => then(true), 300))",
    )?;
    let (_, rest): (bool, serde_json::Value) = reader.browser.evaluate(said)?;
    assert!(rest == serde_json::json!(false) || rest.is_null(), "{rest}");
    Ok(())
}
