//! The picture of a result: the ring with a seat a question, the score, the rounds. The same in every theme, since it is shown elsewhere.

use std::f32::consts::{PI, TAU};

use bevy::prelude::*;

use super::Report;
use super::canvas::{Align, Canvas, Type};
use crate::game::text;
use crate::game::theme::{Palette, ThemeName, Token};
use crate::rules::Credit;

/// As wide and as high as pages like to show a link's picture.
pub const SIZE: (u32, u32) = (1200, 630);

const CENTRE: Vec2 = Vec2::new(312., 315.);
const OUTER: f32 = 240.;
/// How deep a seat is when its question was right, partly right, and not right: told apart by shape, too.
const DEPTHS: [f32; 3] = [66., 48., 26.];
const LEFT: f32 = 640.;
const RIGHT: f32 = 1136.;
/// Rounds that have room.
const ROUNDS: usize = 6;

/// Where the middle of a seat is, counted from 0: for whoever looks at the picture.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
pub fn seat_middle(seat: usize, seats: usize, credit: Credit) -> Vec2 {
    let angle = TAU * (seat as f32 + 0.5) / seats.max(1) as f32;
    CENTRE + Vec2::new(angle.sin(), -angle.cos()) * (OUTER - depth(credit) / 2.)
}

const fn depth(credit: Credit) -> f32 {
    match credit {
        Credit::FULL => DEPTHS[0],
        Credit::NONE => DEPTHS[2],
        _ => DEPTHS[1],
    }
}

/// The colour of a seat.
#[must_use]
pub const fn seat_token(credit: Credit) -> Token {
    match credit {
        Credit::FULL => Token::Right,
        Credit::NONE => Token::Wrong,
        _ => Token::SeatNew,
    }
}

/// Draws it.
#[must_use]
pub fn draw(report: &Report) -> Canvas {
    let palette = ThemeName::Dusk.palette();
    let (light, dark) = (palette.color(Token::Glow), palette.color(Token::Ink));
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, |at| {
        let away = (at - Vec2::new(0.3, -0.1)).length();
        dark.mix(&light, (1. - away).clamp(0., 1.))
    });
    ring(&mut canvas, palette, report);
    column(&mut canvas, palette, report);
    canvas
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
fn ring(canvas: &mut Canvas, palette: &Palette, report: &Report) {
    let seats: Vec<Credit> = report.seats().collect();
    let count = seats.len().max(1) as f32;
    let gap = if seats.len() > 1 { 0.3 } else { 0. };
    let half = PI / count * (1. - gap);
    let bounds = Rect::from_center_half_size(CENTRE, Vec2::splat(OUTER + 1.));
    for (index, credit) in seats.into_iter().enumerate() {
        let angle = TAU * (index as f32 + 0.5) / count;
        let inner = OUTER - depth(credit);
        // A seat fills a small part of the ring's square: look at no more of it than that.
        let middle = CENTRE + Vec2::new(angle.sin(), -angle.cos()) * (OUTER + inner) / 2.;
        let reach = (OUTER * half.min(PI / 2.).sin()).hypot(depth(credit)) + 2.;
        let near = Rect::from_center_half_size(middle, Vec2::splat(reach)).intersect(bounds);
        let near = if half > PI / 4. { bounds } else { near };
        canvas.fill(near, palette.color(seat_token(credit)), |point| {
            let out = point - CENTRE;
            let away = out.length();
            let turn = (out.x.atan2(-out.y) - angle + PI).rem_euclid(TAU) - PI;
            away <= OUTER && away >= inner && turn.abs() <= half
        });
    }
    let score = Type { size: 116., bold: true, color: palette.color(Token::Text) };
    canvas.write(&text::thousandths(report.credit), CENTRE + Vec2::new(0., 24.), Align::Middle, score);
    let under = Type { size: 32., bold: false, color: palette.color(Token::Soft) };
    canvas.write(&text::out_of(report.counted), CENTRE + Vec2::new(0., 76.), Align::Middle, under);
}

#[expect(clippy::cast_precision_loss, reason = "thousandths of a few dozen questions")]
fn column(canvas: &mut Canvas, palette: &Palette, report: &Report) {
    let wide = RIGHT - LEFT;
    let soft = |size| Type { size, bold: false, color: palette.color(Token::Soft) };
    let plain = |size| Type { size, bold: false, color: palette.color(Token::Text) };
    let gold = |size| Type { size, bold: false, color: palette.color(Token::Gold) };
    canvas.write_within(&report.bank, Vec2::new(LEFT, 108.), wide, gold(30.));
    let points = Type { size: 62., bold: true, color: palette.color(Token::Text) };
    canvas.write_within(&text::points(report.points), Vec2::new(LEFT, 178.), wide, points);
    if let Some(best) = &report.best {
        canvas.write_within(best, Vec2::new(LEFT, 220.), wide, gold(26.));
    }
    let fits = report.rounds.len().min(ROUNDS);
    let mut y = 274.;
    for round in &report.rounds[..fits] {
        canvas.write_within(&round.title, Vec2::new(LEFT, y), 196., plain(25.));
        let bar = Rect::new(LEFT + 212., y - 17., RIGHT - 116., y + 1.);
        canvas.pill(bar, palette.color(Token::Raised));
        let share = round.credit as f32 / (round.counted.max(1) as f32 * 1000.);
        if share > 0. {
            let filled = Rect::new(bar.min.x, bar.min.y, bar.min.x + bar.width() * share.min(1.), bar.max.y);
            canvas.pill(filled, palette.color(Token::Gold));
        }
        canvas.write(&text::of(round.credit, round.counted), Vec2::new(RIGHT, y), Align::Right, soft(25.));
        y += 42.;
    }
    if report.rounds.len() > fits {
        canvas.write(&text::more_rounds(report.rounds.len() - fits), Vec2::new(LEFT, y), Align::Left, soft(22.));
    }
    let name = Type { size: 28., bold: true, color: palette.color(Token::Text) };
    canvas.write(text::NAME, Vec2::new(LEFT, 550.), Align::Left, name);
    let mut facts: Vec<String> = report.code.iter().map(|code| text::game_code_short(code)).collect();
    facts.push(report.date.clone());
    canvas.write_within(&facts.join(" · "), Vec2::new(LEFT, 588.), wide, soft(23.));
}
