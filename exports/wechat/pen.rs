//! Outlines as paths of SVG.
//!
//! ```text
//! a line from (0, 0) to (3, 4)   →   <path d="m0 0l3 4"></path>
//! ```
//!
//! All numbers are whole, and each is the way from the place before it, so that a formula is few bytes.

use std::fmt::Write;

use ratex_types::path_command::PathCommand;
use ttf_parser::OutlineBuilder;

/// Draws, with one colour at a time.
#[derive(Debug, Default)]
pub(super) struct Pen {
    out: String,
    /// The path that is being drawn.
    path: String,
    /// Its colour, where it is not that of the text; and `stroke` where it is a line and no area.
    ink: (Option<String>, &'static str),
    at: (i64, i64),
    /// Where its last move led.
    begin: (i64, i64),
}

impl Pen {
    /// Takes a colour, and another path where that is another one.
    pub(super) fn ink(&mut self, color: Option<String>, how: &'static str) {
        let ink = (color, how);
        if self.ink != ink {
            self.lift();
            self.ink = ink;
        }
    }

    /// Ends the path: what overlaps in one could cancel itself out.
    pub(super) fn lift(&mut self) {
        if !self.path.is_empty() {
            let color = self.ink.0.as_deref();
            let _ = write!(self.out, "<path d=\"{}\"", self.path);
            match (self.ink.1, color) {
                ("stroke", color) => {
                    let color = color.unwrap_or("currentColor");
                    let _ = write!(self.out, " fill=\"none\" stroke=\"{color}\" stroke-width=\"40\"");
                }
                (_, Some(color)) => {
                    let _ = write!(self.out, " fill=\"{color}\"");
                }
                _ => {}
            }
            self.out.push_str("></path>");
            self.path.clear();
        }
        self.at = (0, 0);
        self.begin = (0, 0);
    }

    /// What was drawn.
    pub(super) fn finish(mut self) -> String {
        self.lift();
        self.out
    }

    /// An area.
    pub(super) fn rectangle(&mut self, from: (f64, f64), size: (f64, f64)) {
        // A line of less than one unit is a line.
        let (width, height) = (size.0.round().max(1.0) as i64, size.1.round().max(1.0) as i64);
        self.to('m', &[from]);
        let _ = write!(self.path, "h{width}v{height}h{}z", -width);
    }

    /// What an outline says, at a place and so many times as large.
    pub(super) fn commands(&mut self, origin: (f64, f64), scale: f64, commands: &[PathCommand]) {
        let place = |x: f64, y: f64| (origin.0 + x * scale, origin.1 + y * scale);
        for command in commands {
            match *command {
                PathCommand::MoveTo { x, y } => self.to('m', &[place(x, y)]),
                PathCommand::LineTo { x, y } => self.to('l', &[place(x, y)]),
                PathCommand::QuadTo { x1, y1, x, y } => self.to('q', &[place(x1, y1), place(x, y)]),
                PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
                    self.to('c', &[place(x1, y1), place(x2, y2), place(x, y)]);
                }
                PathCommand::Close => {
                    self.path.push('z');
                    self.at = self.begin;
                }
            }
        }
    }

    fn to(&mut self, command: char, places: &[(f64, f64)]) {
        // What is relative at the very beginning of a path is absolute.
        self.path.push(command);
        let mut end = self.at;
        for (number, (x, y)) in places.iter().enumerate() {
            end = (x.round() as i64, y.round() as i64);
            let (dx, dy) = (end.0.saturating_sub(self.at.0), end.1.saturating_sub(self.at.1));
            if number > 0 && dx >= 0 {
                self.path.push(' ');
            }
            let gap = if dy >= 0 { " " } else { "" };
            let _ = write!(self.path, "{dx}{gap}{dy}");
        }
        self.at = end;
        if command == 'm' {
            self.begin = end;
        }
    }
}

/// The outline of a glyph, in thousandths of the size of its letters, downwards.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) commands: Vec<PathCommand>,
    scale: f64,
}

impl Outline {
    /// An outline that is so many times as large as the font says.
    pub(super) fn new(scale: f64) -> Self {
        Self { commands: Vec::new(), scale }
    }

    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, -f64::from(y) * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.commands.push(PathCommand::MoveTo { x, y });
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.commands.push(PathCommand::LineTo { x, y });
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.commands.push(PathCommand::QuadTo { x1, y1, x, y });
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.commands.push(PathCommand::CubicTo { x1, y1, x2, y2, x, y });
    }

    fn close(&mut self) {
        self.commands.push(PathCommand::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_ways_from_the_place_before() {
        let mut pen = Pen::default();
        pen.commands(
            (10.0, 10.0),
            1.0,
            &[
                PathCommand::MoveTo { x: 0.0, y: 0.0 },
                PathCommand::LineTo { x: 3.0, y: -4.0 },
                PathCommand::QuadTo { x1: 5.0, y1: 0.4, x: -1.0, y: 2.0 },
                PathCommand::Close,
                PathCommand::MoveTo { x: 1.0, y: 1.0 },
            ],
        );
        pen.ink(Some("#ff0000".to_owned()), "");
        pen.rectangle((1.0, 2.0), (3.0, 0.2));
        assert_eq!(
            pen.finish(),
            "<path d=\"m10 10l3-4q2 4-4 6zm1 1\"></path><path d=\"m1 2h3v1h-3z\" fill=\"#ff0000\"></path>"
        );
    }
}
