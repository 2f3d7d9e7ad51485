//! Where a link leads on another site: to the copy of the note that it means, to its page, to its file.

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::notebook::{Destination, Edition, Page, PathKind};
use mdbook_bilingual_core::platforms::{linkable, redirect};
use mdbook_bilingual_core::values::repository::View;
use mdbook_bilingual_core::values::{Repository, SourcePath};

use crate::counts::Counted;
use crate::note::Note;
use crate::platform::{Elsewhere, Fragment};
use crate::{Export, LinkWay};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lead {
    /// To an address.
    To(String),
    /// Nowhere: its words stay.
    Words,
}

/// How a link is written.
pub(crate) enum Form {
    /// As a link to an address.
    Link(String),
    /// As a number behind its words, for an address in the list at the end.
    Numbered(String),
    /// As its words; with the address that the platform does not take, where there is one.
    Words(Option<String>),
}

impl Export<'_> {
    /// The address of a page on the book's site.
    pub(crate) fn page_address(&self, page: &Page) -> Option<String> {
        let site = self.options.site.as_ref()?;
        let html = page.path.html();
        let html =
            html.strip_suffix("index.html").filter(|above| above.is_empty() || above.ends_with('/')).unwrap_or(&html);
        site.join(&Repository::encoded(html)).ok().map(String::from)
    }

    /// The address of a note's copy on the platform: of this edition, or else of the one in the language of the page that
    /// links it.
    fn sister(&self, from: &Page, to: &Page) -> Option<String> {
        let notebook = &self.reading.notebook;
        let (note, edition) = notebook.shown(to)?;
        let copy = |edition: &Edition| {
            let copies = edition.cross_posts.iter().map(|fact| &fact.value);
            copies.filter(|copy| copy.platform.id() == self.platform.id).map(|copy| copy.url.clone()).next()
        };
        copy(edition).or_else(|| copy(note.edition(notebook.language(from)?)?))
    }
}

impl Note<'_> {
    /// How a link of the note is written; a link less is told.
    pub(crate) fn form(&mut self, destination: &str, at: usize) -> Form {
        let links = &self.export.platform.links;
        let form = match self.lead(destination, at) {
            Lead::To(address) if links.may_lead_to(&address) => Form::Link(address),
            Lead::To(address) if links.elsewhere == Elsewhere::Numbered => Form::Numbered(address),
            Lead::To(address) => Form::Words(Some(address)),
            Lead::Words => Form::Words(None),
        };
        if !matches!(form, Form::Link(_)) {
            self.less(Counted::Links, 1);
        }
        form
    }

    /// Where a link of the note leads; what is lost with it is told.
    pub(crate) fn lead(&mut self, destination: &str, at: usize) -> Lead {
        let lead = self.find_lead(destination, at);
        if lead == Lead::Words {
            self.links.text += 1;
        }
        lead
    }

    fn find_lead(&mut self, destination: &str, at: usize) -> Lead {
        let export = self.export;
        let files = &export.reading.notebook.files;
        match files.destination(&self.page.location, destination) {
            Destination::Here { fragment } => self.here(&fragment, at),
            Destination::Note { source, fragment: Some(fragment), .. } if self.page.source.as_ref() == Some(source) => {
                self.here(&fragment, at)
            }
            Destination::Elsewhere => self.elsewhere(destination, at),
            Destination::Note { source, fragment, .. } => {
                let source = source.clone();
                self.note_lead(destination, &source, fragment.as_deref(), at)
            }
            Destination::Asset { path } => self.file_lead(destination, &path, PathKind::File, None, at),
            Destination::File { web: true, .. } | Destination::Nothing { web: true, .. } => {
                self.elsewhere(destination, at)
            }
            Destination::File { path, found, fragment, .. } => {
                self.file_lead(destination, &path, found, fragment.as_deref(), at)
            }
            Destination::Nothing { .. } => {
                let message =
                    Message::new(format!("`{destination}` is not there, so the link is its words"), "correct it");
                self.find(Code::LinkDead, at, message);
                Lead::Words
            }
            Destination::Outside => {
                let message = format!("`{destination}` leads out of the repository, so the link is its words");
                self.find(Code::LinkLost, at, message);
                Lead::Words
            }
        }
    }

    /// A place of the same page.
    fn here(&mut self, fragment: &str, at: usize) -> Lead {
        if self.export.platform.links.fragment == Fragment::Keep {
            self.links.elsewhere += 1;
            return Lead::To(format!("#{}", Repository::encoded(fragment)));
        }
        self.find(Code::Anchor, at, format!("the link to `#{fragment}` is its words: a copy has no such place"));
        Lead::Words
    }

    fn elsewhere(&mut self, destination: &str, at: usize) -> Lead {
        let real = redirect::target(destination).and_then(|target| linkable(&target).ok()).map(String::from);
        let address = real.unwrap_or_else(|| destination.to_owned());
        let address = if address.starts_with("//") { format!("https:{address}") } else { address };
        let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if !has_scheme || mdbook_bilingual_core::platforms::danger(&address).is_some() {
            let name = if destination.is_empty() { "an empty address" } else { destination };
            let message = format!("`{name}` leads nowhere on the web, so the link is its words");
            self.find(Code::LinkLost, at, message);
            return Lead::Words;
        }
        self.links.elsewhere += 1;
        Lead::To(address)
    }

    fn note_lead(&mut self, destination: &str, source: &SourcePath, fragment: Option<&str>, at: usize) -> Lead {
        let export = self.export;
        let notebook = &export.reading.notebook;
        let page = notebook.page_of(source);
        let sister = page.and_then(|page| export.sister(self.page, page));
        let with_fragment = |address: String| {
            let fragment = fragment.map(|fragment| format!("#{}", Repository::encoded(fragment)));
            address + &fragment.unwrap_or_default()
        };
        let site = page.and_then(|page| export.page_address(page)).map(with_fragment);
        let repository = || {
            let path = notebook.files.reals.get(source)?;
            notebook.files.repository.address_of(path, View::Blob).map(with_fragment)
        };
        let file = notebook.file(source);
        let mut lead = Lead::Words;
        for way in &export.options.links {
            let address = match way {
                LinkWay::Sister => sister.clone(),
                LinkWay::Site => site.clone(),
                LinkWay::Repository => repository(),
                LinkWay::Text => break,
            };
            if let Some(address) = address {
                self.count_way(*way);
                lead = Lead::To(address);
                break;
            }
        }
        let is_own = page.is_some_and(|page| page.chapter == self.page.chapter);
        let leads_to_sister = matches!(&lead, Lead::To(address) if Some(address) == sister.as_ref());
        if leads_to_sister && fragment.is_some() {
            let message = format!(
                "the copy of {file} has no place `#{}`: the link leads to its beginning",
                fragment.unwrap_or_default()
            );
            self.find(Code::Anchor, at, message);
        }
        if lead == Lead::Words && destination.contains("://") && !export.options.links.contains(&LinkWay::Text) {
            return self.elsewhere(destination, at);
        }
        let is_expected = sister.is_some() || is_own || export.platform.editor.is_none();
        self.tell_of_note(&file, &lead, is_expected, at);
        lead
    }

    /// Says where a link to a note leads, where that is not to its copy.
    fn tell_of_note(&mut self, file: &str, lead: &Lead, is_expected: bool, at: usize) {
        match lead {
            Lead::Words if self.export.options.links == [LinkWay::Text] => {
                self.find_once(Code::LinkLost, "text", at, "links to notes are their words, as `links` says");
            }
            Lead::Words => {
                let message = Message::new(
                    format!("{file} has no address on the web, so the link is its words"),
                    "write `site` in [preprocessor.bilingual.export], or `links.repository`",
                );
                self.find(Code::LinkLost, at, message);
            }
            Lead::To(address) if !is_expected => {
                let message = Message::new(
                    format!("{file} has no copy on {} yet; the link leads to {address}", self.platform_name()),
                    "post that note first, then export this one again",
                );
                self.find_once(Code::LinkNoCopy, file, at, message);
            }
            Lead::To(_) => {}
        }
    }

    fn file_lead(&mut self, destination: &str, path: &str, found: PathKind, fragment: Option<&str>, at: usize) -> Lead {
        let export = self.export;
        let files = &export.reading.notebook.files;
        let fragment = fragment.map(|fragment| format!("#{}", Repository::encoded(fragment))).unwrap_or_default();
        let view = if found == PathKind::Folder { View::Tree } else { View::Blob };
        for way in &export.options.links {
            let address = match way {
                LinkWay::Sister => None,
                LinkWay::Site => files.copied(path).and_then(|copied| {
                    export.options.site.as_ref()?.join(&Repository::encoded(&copied)).ok().map(String::from)
                }),
                LinkWay::Repository => files.repository.address_of(path, view).map(|address| address + &fragment),
                LinkWay::Text => break,
            };
            if let Some(address) = address {
                self.count_way(*way);
                return Lead::To(address);
            }
        }
        let message = Message::new(
            format!("`{destination}` has no address on the web, so the link is its words"),
            "write `site` in [preprocessor.bilingual.export], or `links.repository`",
        );
        self.find(Code::LinkLost, at, message);
        Lead::Words
    }

    fn count_way(&mut self, way: LinkWay) {
        match way {
            LinkWay::Sister => self.links.sister += 1,
            LinkWay::Site => self.links.site += 1,
            LinkWay::Repository => self.links.repository += 1,
            LinkWay::Text => self.links.text += 1,
        }
    }
}
