//! Maps as pixels.

use super::super::font;
use super::super::paper::Size;
use super::*;

/// The pixels of a drawing on A4 at 100 dpi, three bytes each.
fn painted(drawing: &Drawing) -> (Vec<u8>, usize) {
    let bytes = font::bytes();
    let file = png(drawing, &Sheet::new(Size::A4, false), 100, "題", &Font::new(&bytes)).unwrap();
    let mut reader = png::Decoder::new(io::Cursor::new(&file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1169, 827));
    (pixels, 3 * info.width as usize)
}

fn pixel((pixels, stride): &(Vec<u8>, usize), x: usize, y: usize) -> [u8; 3] {
    let at = y * stride + 3 * x;
    [pixels[at], pixels[at + 1], pixels[at + 2]]
}

fn word(words: &str) -> Vec<u8> {
    let mut drawing = Drawing::default();
    let text = Lettering {
        at: [1000, 3000],
        size: 2000,
        words: words.to_owned(),
        anchor: Anchor::Start,
        colour: [0, 0, 0],
        beside: None,
        halo: false,
    };
    drawing.marks.push(Mark::Text(text));
    painted(&drawing).0
}

#[test]
fn kanji_are_drawn_as_themselves() {
    let [base, hub, missing, geta] = ["拠", "点", "\u{20bb7}", "〓"].map(word);
    assert!(base.iter().any(|part| *part < 50));
    assert!(base != hub && base != geta && hub != geta);
    assert!(missing == geta);
}

#[test]
fn hatching_goes_on_from_strip_to_strip_and_is_cut_where_it_should() {
    let fill = Fill::Hatched { tint: [250, 230, 200], line: [200, 100, 0] };
    let mut drawing = Drawing::default();
    drawing.begin("all", Some([[1000, 1000], [11_000, 11_000]]));
    drawing.shape(Outline::rect(0.0, 0.0, 200.0, 200.0), Some(fill), None);
    drawing.end();
    let pixels = painted(&drawing);
    assert_eq!(pixel(&pixels, 20, 60), [255, 255, 255]);
    assert_eq!(pixel(&pixels, 500, 500), [255, 255, 255]);
    // The tile is 6 pixels wide, which no strip is a multiple of: along a line of the hatching all is of one colour.
    let along: Vec<[u8; 3]> = (100..300).map(|step| pixel(&pixels, 400 - step, step)).collect();
    assert!(along.iter().all(|colour| *colour == along[0]), "{along:?}");
    let across: std::collections::BTreeSet<[u8; 3]> = (100..300).map(|x| pixel(&pixels, x, 150)).collect();
    assert!(across.len() > 1, "{across:?}");
}

#[test]
fn areas_of_one_colour_have_no_seam() {
    let mut drawing = Drawing::default();
    for part in 0..10 {
        let left = 10.0 + 3.33 * f64::from(part);
        drawing.shape(Outline::rect(left, 10.0, 3.33, 60.0), Some(Fill::Plain([0, 114, 178])), None);
    }
    let pixels = painted(&drawing);
    assert!((41..165).all(|x| pixel(&pixels, x, 130) == [0, 114, 178]));
}

#[test]
fn hairs_between_neighbours_close_whatever_fills_them() {
    let tint = [250, 230, 200];
    for fill in [Fill::Plain(tint), Fill::Hatched { tint, line: tint }] {
        let mut outline = Outline::rings();
        for part in 0..10 {
            let left = 1000 + 343 * part;
            outline.add([[left, 1000], [left + 333, 1000], [left + 333, 7000], [left, 7000]]);
        }
        let mut drawing = Drawing::default();
        drawing.spread(outline, fill, 0.08);
        let pixels = painted(&drawing);
        // Where two soft edges meet within a pixel, a fifth of what was white may be left.
        let is_tint = |colour: [u8; 3]| colour.iter().zip(tint).all(|(part, of)| part.abs_diff(of) <= 11);
        let other = (41..165).map(|x| pixel(&pixels, x, 130)).find(|colour| !is_tint(*colour));
        assert_eq!(other, None, "{fill:?}");
    }
}

#[test]
fn lines_cross_the_borders_of_strips() {
    let mut drawing = Drawing::default();
    let stroke = Stroke { colour: [0, 0, 0], width: 1.0, dashes: &[] };
    drawing.shape(Outline::line([[50.0, 5.0], [50.0, 200.0]]), None, Some(stroke));
    let pixels = painted(&drawing);
    assert!((25..780).all(|y| pixel(&pixels, 196, y)[0] < 20));
}
