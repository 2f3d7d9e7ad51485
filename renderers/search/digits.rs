//! Numbers as letters that a script's text needs no escapes for.
//!
//! ```text
//! 0 → 0    31 → V    32 → X0    1000 → -8
//! ```
//!
//! A digit holds five bits, the highest of them first; all but the last one of a number come from the second half of the
//! alphabet. `client/index.js` reads them.

/// The digits: the last one of a number is among the first 32.
const ALPHABET: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";

/// Writes a number.
pub fn write(number: u64, to: &mut Vec<u8>) {
    let digits = (64 - number.leading_zeros()).div_ceil(5).max(1);
    for at in (0..digits).rev() {
        let five = usize::try_from(number >> (5 * at) & 31).unwrap_or_default();
        to.push(ALPHABET[five + if at > 0 { 32 } else { 0 }]);
    }
}

/// Reads the number that `digits` begins with, and what is behind it; `None` where there is none.
#[cfg(test)]
pub(crate) fn read(digits: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (at, digit) in digits.iter().enumerate() {
        let value = ALPHABET.iter().position(|other| other == digit)? as u64;
        number = number << 5 | value & 31;
        if value < 32 {
            return Some((number, &digits[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: u64) -> String {
        let mut digits = Vec::new();
        write(number, &mut digits);
        String::from_utf8(digits).unwrap()
    }

    #[test]
    fn numbers() {
        for (number, digits) in [(0, "0"), (1, "1"), (31, "V"), (32, "X0"), (1000, "-8"), (1023, "-V"), (1024, "XW0")] {
            assert_eq!(written(number), digits, "{number}");
        }
        for number in (0..70).map(|bits| (1_u64 << bits.min(63)) - 1 + bits % 3) {
            assert_eq!(read(written(number).as_bytes()), Some((number, &b""[..])));
        }
        assert_eq!(read(b"W"), None);
    }

    #[test]
    fn a_script_needs_no_escapes() {
        assert!(ALPHABET.iter().all(|digit| digit.is_ascii_alphanumeric() || b"_-".contains(digit)));
    }
}
