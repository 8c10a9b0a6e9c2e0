//! Which zones of one kind are there, each by itself? What belongs to one and the same zone is asked of each of them.

use serde::{Deserialize, Serialize};

use crate::geometry::Point;
use crate::regions::{Certainty, Known, Region};

/// The zones of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ZonePieces {
    /// Where they lie, all together.
    pub known: Known,
    /// Each by itself. Those that are sure come first, then those that are expected, then those that are possible, which
    /// hold the sure ones where they can grow.
    pub each: Vec<ZonePiece>,
}

/// One zone: a connected piece of the plane.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ZonePiece {
    /// How certain it is that there is a zone of just this piece; of one that is [`Certainty::Possible`], that some part of
    /// it becomes one.
    pub certainty: Certainty,
    /// Where it lies.
    pub region: Region,
    /// Where its centre is.
    pub centre: Centre,
}

/// Where the centre of a zone is, plane metres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Centre {
    /// At its centre of gravity, or at the planner's own points.
    At(Vec<Point>),
    /// Somewhere in this hull, convex, closed and counterclockwise: the zone may be any part of its piece.
    Within(Vec<Point>),
    /// Nothing bounds it.
    Anywhere,
}

/// A state of things in which a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// What is known to hold, holds, and nothing else.
    Sure,
    /// All holds that could still hold.
    Possible,
    /// What is known to hold, holds, and the planner's declared expectations 見込み have come true.
    Expected,
}

impl World {
    /// Every state, in the order of [`Known`]'s fields.
    pub const ALL: [Self; 3] = [Self::Sure, Self::Possible, Self::Expected];

    /// Whether a zone of such certainty is there.
    #[must_use]
    pub fn has(self, certainty: Certainty) -> bool {
        certainty == Certainty::Sure
            || matches!(
                (self, certainty),
                (Self::Possible, Certainty::Possible) | (Self::Expected, Certainty::Expected)
            )
    }

    /// A region as it is in this state.
    #[must_use]
    pub fn of(self, known: &Known) -> &Region {
        match self {
            Self::Sure => &known.sure,
            Self::Possible => &known.possible,
            Self::Expected => &known.expected,
        }
    }

    /// What is known of a region, told state by state.
    #[must_use]
    pub fn known(region: impl Fn(Self) -> Region) -> Known {
        Known { sure: region(Self::Sure), possible: region(Self::Possible), expected: region(Self::Expected) }
    }
}

impl ZonePieces {
    /// The zones that are there in a state of things, each with its index in [`ZonePieces::each`].
    pub fn in_world(&self, world: World) -> impl Iterator<Item = (usize, &ZonePiece)> {
        self.each.iter().enumerate().filter(move |(_, piece)| world.has(piece.certainty))
    }

    /// Whether the three states differ at all.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.each.iter().all(|piece| piece.certainty == Certainty::Sure)
    }

    /// The centres of the zones that are sure.
    pub fn sure_centres(&self) -> impl Iterator<Item = Point> + '_ {
        let centres = |(_, piece): (usize, &ZonePiece)| match &piece.centre {
            Centre::At(points) => points.clone(),
            Centre::Within(_) | Centre::Anywhere => Vec::new(),
        };
        self.in_world(World::Sure).flat_map(centres)
    }
}
