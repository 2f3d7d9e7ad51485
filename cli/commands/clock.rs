//! What day it is: the only clock, for the verbs that need one.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mdbook_bilingual_core::files;
use mdbook_bilingual_core::values::Date;

/// How many bytes of a file of a time zone are read; the largest has less than 4 KB.
const LARGEST_ZONE: u64 = 1 << 20;

/// Where systems keep the time zones of the world.
const ZONES: &[&str] = &["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// This day, where this machine is. `instead` is the option that names a day.
///
/// # Errors
/// When the clock stands where no clock can be right.
pub fn today(instead: &str) -> Result<Date> {
    // Without the variable, the system's own file says it.
    let named = std::env::var_os("TZ").map(|name| zone(&name.to_string_lossy()));
    let zone = named.unwrap_or_else(|| TimeZone::try_system().ok());
    day(SystemTime::now(), &zone.unwrap_or(TimeZone::UTC)).with_context(|| {
        format!("the clock of this machine cannot be right, so nobody knows what day it is; set it, or name the day with {instead}")
    })
}

/// The day of a moment, somewhere.
fn day(now: SystemTime, zone: &TimeZone) -> Result<Date> {
    let Ok(since) = now.duration_since(UNIX_EPOCH) else { bail!("it says a day before 1970") };
    let seconds = i64::try_from(since.as_secs()).ok();
    // The library keeps two days of the calendar in hand, so that each of its moments has a day in every zone.
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let date = moment.and_then(|moment| Date::of_moment(moment.as_second(), zone.to_offset(moment).seconds()));
    date.context("it says a day after the year 9999")
}

/// The zone that the variable `TZ` names, as POSIX and tzset(3) have it; `None` for one that is none. What it names may
/// be any file, so the library is not left to read it.
fn zone(name: &str) -> Option<TimeZone> {
    let file = name.strip_prefix(':');
    if file.is_none()
        && let Ok(zone) = TimeZone::posix(name)
    {
        return Some(zone);
    }
    let file = Path::new(file.unwrap_or(name));
    let places: Vec<PathBuf> = match file.is_absolute() {
        true => vec![file.to_owned()],
        false => ZONES.iter().map(|folder| Path::new(folder).join(file)).collect(),
    };
    let read = |place: PathBuf| TimeZone::tzif(name, &files::bytes(&place, LARGEST_ZONE).ok()?).ok();
    places.into_iter().find_map(read)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LAST: i64 = 253_402_207_200;

    /// A clock that stands so many seconds behind 1970.
    fn at(seconds: i64) -> Option<SystemTime> {
        let by = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { UNIX_EPOCH.checked_sub(by) } else { UNIX_EPOCH.checked_add(by) }
    }

    #[test]
    fn every_clock_has_a_day_or_is_wrong() {
        let east = TimeZone::fixed(jiff::tz::offset(14));
        let told = |seconds: i64, zone: &TimeZone| at(seconds).map(|now| day(now, zone).map(|day| day.to_string()));
        for (seconds, zone, expected) in [
            (0, &TimeZone::UTC, "1970-01-01"),
            (1_756_598_400, &TimeZone::UTC, "2025-08-31"),
            (1_756_598_399, &TimeZone::UTC, "2025-08-30"),
            (1_756_598_399, &east, "2025-08-31"),
            (LAST, &TimeZone::UTC, "9999-12-30"),
            (LAST, &east, "9999-12-31"),
        ] {
            assert_eq!(told(seconds, zone).unwrap().unwrap(), expected, "{seconds}");
        }
        for seconds in [-1, -62_135_596_801, i64::MIN, i64::MIN + 1, LAST + 1, LAST + 86_400, i64::MAX - 1, i64::MAX] {
            for zone in [&TimeZone::UTC, &east] {
                // What the system itself cannot hold cannot be asked.
                assert!(told(seconds, zone).is_none_or(|told| told.is_err()), "{seconds}");
            }
        }
    }

    #[test]
    fn zones_are_names_rules_and_files() {
        let moment = Timestamp::from_second(1_756_598_400).unwrap();
        let hours = |name: &str| zone(name).map(|zone| f64::from(zone.to_offset(moment).seconds()) / 3600.0);
        for (name, expected) in [
            ("UTC0", Some(0.0)),
            ("CST-8", Some(8.0)),
            ("<+05>-5:30", Some(5.5)),
            ("Nowhere/At_All", None),
            (":/dev/zero", None),
            ("/dev/zero", None),
            (":/dev/null", None),
            (":/proc/self/mem", None),
            (":../../../dev/zero", None),
            (":", None),
            ("/", None),
        ] {
            assert_eq!(hours(name), expected, "{name}");
        }
        if Path::new("/usr/share/zoneinfo/Asia/Shanghai").exists() {
            for name in ["Asia/Shanghai", ":Asia/Shanghai", "/usr/share/zoneinfo/Asia/Shanghai"] {
                assert_eq!(hours(name), Some(8.0), "{name}");
            }
        }
    }
}
