//! Pictures by their bytes: of which kind they are, and those that lie in an address: `data:image/png;base64,…`.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

/// Extensions of pictures: another one behind the last dot of an address says nothing.
const EXTENSIONS: &[&str] = &[
    "apng", "avif", "bmp", "gif", "heic", "heif", "ico", "jfif", "jpeg", "jpg", "jxl", "png", "svg", "svgz", "tif",
    "tiff", "webp",
];

/// People leave out what stands at the end of base64, and so do programs.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How a picture is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A PNG.
    Png,
    /// A JPEG.
    Jpeg,
    /// A GIF.
    Gif,
    /// A WebP.
    Webp,
    /// An SVG.
    Svg,
    /// Something else that only its name tells.
    Other,
}

impl Kind {
    /// The kind of a file with these bytes; `None` when they are no picture, as those of a text that stands for one that
    /// has to be fetched first.
    pub(super) fn of(bytes: &[u8], extension: Option<&str>) -> Option<Self> {
        let starts = |begin: &[u8]| bytes.starts_with(begin);
        if starts(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if starts(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if starts(b"GIF87a") || starts(b"GIF89a") {
            Some(Self::Gif)
        } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else if matches!(extension, Some("svg") | None)
            && bytes.windows(4).any(|part| part == b"<svg" || part == b":svg")
        {
            Some(Self::Svg)
        } else {
            // None of the others is text.
            let is_binary = extension != Some("svg") && std::str::from_utf8(bytes).is_err();
            (is_binary && extension.is_some()).then_some(Self::Other)
        }
    }

    /// The extension of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
            Self::Other => "bin",
        }
    }

    /// Its media type, where a text may hold such a picture.
    pub(super) fn media(self) -> Option<&'static str> {
        match self {
            Self::Png => Some("image/png"),
            Self::Jpeg => Some("image/jpeg"),
            Self::Gif => Some("image/gif"),
            Self::Webp => Some("image/webp"),
            Self::Svg | Self::Other => None,
        }
    }
}

/// The extension of a path in lower case, where it is one of pictures.
pub(super) fn extension(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    EXTENSIONS.contains(&extension.as_str()).then_some(extension)
}

/// The extension of what an address leads to.
pub(super) fn extension_at(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let (_, path) = path.split_once("//")?.1.split_once('/')?;
    extension(&percent_decode_str(path).decode_utf8_lossy())
}

/// Bytes as base64.
pub(super) fn encoded(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Whether an address holds what it leads to.
pub(super) fn is_data(address: &str) -> bool {
    address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// What an address holds; `None` when that cannot be read.
pub(super) fn decoded(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.get(5..)?.split_once(',')?;
    let data: Vec<u8> = percent_decode_str(data).collect();
    if !head.rsplit(';').next()?.trim().eq_ignore_ascii_case("base64") {
        return Some(data);
    }
    let data: Vec<u8> = data.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_bytes() {
        let webp = b"RIFF\0\0\0\0WEBPVP8 ";
        for (bytes, extension, want) in [
            (&b"\x89PNG\r\n\x1a\n\0"[..], Some("png"), Some(Kind::Png)),
            (b"\xff\xd8\xff\xe0", Some("png"), Some(Kind::Jpeg)),
            (b"GIF89a", None, Some(Kind::Gif)),
            (webp, Some("webp"), Some(Kind::Webp)),
            (b"<?xml version=\"1.0\"?><svg/>", Some("svg"), Some(Kind::Svg)),
            (b"<!-- x --><s:svg/>", None, Some(Kind::Svg)),
            (b"BM\x80\xff", Some("bmp"), Some(Kind::Other)),
            (b"version https://git-lfs.github.com/spec/v1\n", Some("png"), None),
            (b"<html><svg/></html>", Some("png"), None),
            (b"\xff\xfe<svg", Some("svg"), Some(Kind::Svg)),
            (b"\xff\xfe", Some("svg"), None),
            (b"", Some("png"), None),
            (b"\xff\xfe", None, None),
        ] {
            assert_eq!(Kind::of(bytes, extension), want, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn extensions_of_paths_and_addresses() {
        for (address, want) in [
            ("https://h/a.SVG", Some("svg")),
            ("https://h/a.png?x=1.svg#b.gif", Some("png")),
            ("https://h/%E5%9B%BE.s%76g", Some("svg")),
            ("https://e.svg", None),
            ("https://e.svg/badge", None),
            ("https://h/a.php", None),
            ("https://h/a.b/c", None),
            ("//h/a.webp", Some("webp")),
            ("https://h/", None),
            ("", None),
        ] {
            assert_eq!(extension_at(address).as_deref(), want, "{address}");
        }
        assert_eq!(extension("图/a.b.JPG").as_deref(), Some("jpg"));
    }

    #[test]
    fn what_an_address_holds() {
        for (address, want) in [
            ("data:image/png;base64,AQID", Some(&b"\x01\x02\x03"[..])),
            ("DATA:image/png;charset=x;BASE64, AQ\n ID", Some(b"\x01\x02\x03")),
            ("data:image/png;base64,AQ%3D%3D", Some(b"\x01")),
            ("data:image/png;base64,AQ", Some(b"\x01")),
            ("data:image/svg+xml,%3Csvg/%3E", Some(b"<svg/>")),
            ("data:,", Some(b"")),
            ("data:image/png;base64", None),
            ("data:image/png;base64,A!", None),
            ("data", None),
            ("图图图", None),
        ] {
            assert_eq!(decoded(address).as_deref(), want, "{address}");
        }
        assert!(!is_data("图图"));
    }
}
