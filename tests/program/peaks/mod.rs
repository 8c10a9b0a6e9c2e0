//! Peak service of stops, ピーク時運行本数(片道), counted by the program, by hand, and by a second program that is as plain as can
//! be.

mod agree;
mod by_hand;
mod ending;
mod every_real_stop;
mod generated;
mod made;
mod operators;
mod page;
mod plainly;
mod real;
mod round_trips;
mod several;
mod stays;
mod table;
mod together;
mod truth;
