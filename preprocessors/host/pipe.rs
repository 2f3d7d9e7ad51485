//! What mdBook sends to a program: all of standard input is read.
//!
//! mdBook writes each piece of its JSON by itself: a brace, a comma, the text up to the next escape. A book of 10 MB
//! comes in more than 500,000 writes, and whoever waits in `read` is woken for nearly each of them, which costs more
//! than what is done with the book. Whoever sleeps for a moment finds thousands of them at once.

use std::io::{self, ErrorKind, Read};
use std::thread;
use std::time::Duration;

/// How many bytes there is room for in the beginning. Systems give a program memory when it is written to, so that a
/// short book costs no more, and one of a thousand notes is never copied to where there is more room.
const ROOM: usize = 32 << 20;

/// How much is read at once. A pipe on Linux holds no more.
const PIECE: usize = 64 << 10;

/// What is shorter came from somebody who writes in small steps.
const SHORT: usize = PIECE / 2;

/// How long a short piece is followed by nothing: in that time mdBook fills about a third of a pipe, so it is not kept
/// waiting.
const PAUSE: Duration = Duration::from_micros(500);

/// How many pauses there are at most, which is two seconds: a book of 40 MB, which nobody waits for less than a minute.
/// Whoever writes for longer is read as it comes.
const MOST: u32 = 4_000;

/// Reads until the end. `begins` is shown what has come so far, until it has seen enough.
///
/// The first bytes are waited for as long as it takes, and are not followed by a sleep where pipes are smaller than
/// 64 KB or sleeping is coarser than half a millisecond: there, who writes might have to wait for us.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub fn read(from: impl Read, begins: impl FnMut(&[u8]) -> bool) -> io::Result<String> {
    let pause = || {
        if cfg!(target_os = "linux") {
            thread::sleep(PAUSE);
        }
    };
    String::from_utf8(bytes(from, begins, pause)?)
        .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.utf8_error()))
}

fn bytes(mut from: impl Read, mut begins: impl FnMut(&[u8]) -> bool, mut pause: impl FnMut()) -> io::Result<Vec<u8>> {
    let (mut all, mut piece) = (Vec::new(), vec![0; PIECE]);
    // Where there is not as much, it may still be enough.
    let _ = all.try_reserve(ROOM);
    let (mut pauses, mut has_begun) = (0, false);
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(all),
            Ok(length) => {
                all.extend_from_slice(&piece[..length]);
                has_begun = has_begun || begins(&all);
                if length < SHORT && pauses < MOST {
                    pauses += 1;
                    pause();
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who writes in steps of these sizes.
    struct Steps<'a>(&'a [usize]);

    impl Read for Steps<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((step, rest)) = self.0.split_first() else { return Ok(0) };
            self.0 = rest;
            if *step == 0 {
                return Err(ErrorKind::Interrupted.into());
            }
            let length = (*step).min(buffer.len());
            buffer[..length].fill(b'a');
            Ok(length)
        }
    }

    fn pauses(steps: &[usize]) -> (usize, u32) {
        let mut pauses = 0;
        let all = bytes(Steps(steps), |_| true, || pauses += 1).unwrap();
        (all.len(), pauses)
    }

    #[test]
    fn who_writes_in_small_steps_is_given_time() {
        assert_eq!(pauses(&[]), (0, 0));
        assert_eq!(pauses(&[1, 2, 3]), (6, 3));
        assert_eq!(pauses(&[PIECE, PIECE, SHORT, SHORT - 1]), (3 * PIECE - 1, 1));
        assert_eq!(pauses(&[0, PIECE, 0, 0]), (PIECE, 0));
    }

    #[test]
    fn who_never_writes_more_is_not_waited_for_forever() {
        assert_eq!(pauses(&vec![1; 10_000]), (10_000, MOST));
    }

    #[test]
    fn a_text_is_read_as_it_is() {
        let text = "é中\n".repeat(PIECE);
        assert_eq!(read(text.as_bytes(), |_| true).unwrap(), text);
        assert_eq!(read(&b"a\xff"[..], |_| true).unwrap_err().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn the_beginning_is_shown_until_it_is_enough() {
        let mut shown = Vec::new();
        let begins = |so_far: &[u8]| {
            shown.push(so_far.len());
            so_far.len() > 2
        };
        bytes(Steps(&[1, 1, 1, 1, 1]), begins, || {}).unwrap();
        assert_eq!(shown, [1, 2, 3]);
    }

    #[test]
    fn what_breaks_is_told() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(ErrorKind::ConnectionReset.into())
            }
        }
        assert_eq!(read(Broken, |_| true).unwrap_err().kind(), ErrorKind::ConnectionReset);
    }
}
