//! Which poles of several feeds are one pole in the street? Operators share poles, and each lists them in a feed of its own.

use super::groups::Pole;
use super::union::Union;
use crate::crs::ScaleField;
use crate::inputs::gtfs::{Feed, FeedStop};
use crate::units::Metres;

/// Two rows of two feeds that lie so near are one pole. Poles on the two sides of a street are further apart; and two rows of one
/// feed are two poles wherever they lie, since many feeds give both sides of a street one place.
const ONE_POLE: Metres = Metres(3.0);

/// For each pole the first that stands at its place.
///
/// Poles of two feeds are one where they lie within 3 m and have one `stop_id`; else where they have one name, and neither feed
/// has another pole of that name as near. No place has two poles of one feed.
pub(super) fn shared(feeds: &[Feed], poles: &[Pole], groups: &[Vec<u32>], scale: &ScaleField) -> Vec<u32> {
    let mut places = Places { feeds, poles, scale, union: Union::of(poles.len()) };
    for group in groups {
        let called: Vec<usize> =
            group.iter().map(|&pole| pole as usize).filter(|&pole| poles[pole].is_called_at).collect();
        if called.iter().any(|&pole| poles[pole].feed != poles[called[0]].feed) {
            places.join_by(&called, |one, other| one.id == other.id);
            places.join_by(&called, |one, other| one.name.is_some() && one.name == other.name);
        }
    }
    places.union.groups().into_iter().map(|first| first as u32).collect()
}

struct Places<'a> {
    feeds: &'a [Feed],
    poles: &'a [Pole],
    scale: &'a ScaleField,
    union: Union,
}

impl Places<'_> {
    /// Joins the poles of a group that lie near one another and are `alike`, where no other of the two feeds could be meant.
    fn join_by(&mut self, group: &[usize], alike: impl Fn(&FeedStop, &FeedStop) -> bool) {
        let may_be_one = |&one: &usize, &other: &usize| {
            self.poles[one].feed != self.poles[other].feed
                && alike(self.stop(one), self.stop(other))
                && self.poles[one].at.zip(self.poles[other].at).is_some_and(|(one, other)| {
                    // The squares first: poles of one group may be many.
                    (one[0] - other[0]).abs() < 2.0 * ONE_POLE.0 && self.scale.ground_distance(one, other) <= ONE_POLE
                })
        };
        let mut pairs = Vec::new();
        for (position, one) in group.iter().enumerate() {
            for other in group[position + 1..].iter().filter(|other| may_be_one(one, other)) {
                let of_feed = |pole: usize, feed: u32| {
                    group.iter().filter(|other| self.poles[**other].feed == feed && may_be_one(&pole, other)).count()
                };
                if of_feed(*one, self.poles[*other].feed) == 1 && of_feed(*other, self.poles[*one].feed) == 1 {
                    pairs.push((*one, *other));
                }
            }
        }
        for (one, other) in pairs {
            let feeds_at = |union: &mut Union, pole: usize| -> Vec<u32> {
                let place = union.find(pole);
                group.iter().filter(|&&other| union.find(other) == place).map(|&other| self.poles[other].feed).collect()
            };
            let (ours, theirs) = (feeds_at(&mut self.union, one), feeds_at(&mut self.union, other));
            if ours.iter().all(|feed| !theirs.contains(feed)) {
                self.union.join(one, other);
            }
        }
    }

    fn stop(&self, pole: usize) -> &FeedStop {
        let pole = &self.poles[pole];
        &self.feeds[pole.feed as usize].stops[pole.stop as usize]
    }
}
