//! Which edges do two outlines have in common, bit by bit? In time in step with their edges.

use super::edge::Edge;
use crate::geometry::{Point, Shape, Shapes};

/// Edges that are looked up by their ends.
#[derive(Debug)]
pub(super) struct EdgeTable {
    edges: Vec<Edge>,
    /// Places of edges, one more than they are; 0 is a slot that is free. Open addressing, no more than half full.
    slots: Vec<u32>,
}

impl EdgeTable {
    pub(super) fn new(edges: Vec<Edge>) -> Self {
        let mut table = Self { slots: vec![0; (2 * edges.len() + 1).next_power_of_two()], edges };
        for (place, edge) in (1..).zip(&table.edges) {
            let mut slot = slot_of(edge, table.slots.len());
            while table.slots[slot] != 0 {
                slot = (slot + 1) % table.slots.len();
            }
            table.slots[slot] = place;
        }
        table
    }

    /// The places of the edges that run as this one does.
    pub(super) fn same(&self, edge: &Edge) -> impl Iterator<Item = usize> {
        let (count, first, key) = (self.slots.len(), slot_of(edge, self.slots.len()), key(edge));
        let filled = (0..count).map(move |step| self.slots[(first + step) % count]).take_while(|&place| place != 0);
        filled.map(|place| place as usize - 1).filter(move |&place| self::key(&self.edges[place]) == key)
    }

    /// What is left of its edges and of others when each edge of the one is held against one of the others that runs as it does.
    pub(super) fn unpaired(self, others: Vec<Edge>) -> (Vec<Edge>, Vec<Edge>) {
        let mut is_paired = vec![false; self.edges.len()];
        let mut pair = |edge: &Edge| {
            let found = self.same(edge).find(|&place| !is_paired[place]);
            found.is_some_and(|place| !std::mem::replace(&mut is_paired[place], true))
        };
        let rest: Vec<Edge> = others.into_iter().filter(|edge| !pair(edge)).collect();
        let own = self.edges.into_iter().zip(is_paired).filter(|(_, is_paired)| !is_paired);
        (own.map(|(edge, _)| edge).collect(), rest)
    }
}

fn slot_of(edge: &Edge, slots: usize) -> usize {
    // Odd numbers without a pattern, from the golden ratio and others.
    const MIX: [u64; 4] = [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5];
    let mixed =
        key(edge).iter().zip(MIX).fold(0_u64, |mixed, (part, mix)| (mixed ^ part).wrapping_mul(mix).rotate_left(29));
    (mixed ^ mixed >> 32) as usize & (slots - 1)
}

fn key(Edge { a, b }: &Edge) -> [u64; 4] {
    [a[0].to_bits(), a[1].to_bits(), b[0].to_bits(), b[1].to_bits()]
}

/// The edges of a shape.
pub(super) fn edges_of(shape: &Shape<'_>) -> impl Iterator<Item = Edge> {
    let pairs = shape.rings().flat_map(|ring| ring.windows(2)).filter(|pair| pair[0] != pair[1]);
    pairs.map(|pair| Edge { a: pair[0], b: pair[1] })
}

/// Edges as rings, one shape; `None` where they do not close. Each vertex has as many edges that end there as begin there.
pub(super) fn rings(mut edges: Vec<Edge>) -> Option<Shapes> {
    let bits = |[x, y]: Point| [x.to_bits(), y.to_bits()];
    edges.sort_unstable_by_key(key);
    let mut is_used = vec![false; edges.len()];
    let mut rings = Shapes::default();
    for first in 0..edges.len() {
        if is_used[first] {
            continue;
        }
        let (begin, mut at) = (edges[first].a, first);
        rings.push_point(begin);
        loop {
            is_used[at] = true;
            let end = edges[at].b;
            rings.push_point(end);
            if end == begin {
                break;
            }
            let from = edges.partition_point(|edge| bits(edge.a) < bits(end));
            let mut begins_there = (from..edges.len()).take_while(|&next| bits(edges[next].a) == bits(end));
            at = begins_there.find(|&next| !is_used[next])?;
        }
        rings.end_ring();
    }
    rings.end_polygon();
    rings.end_shape();
    Some(rings)
}
