//! A directed graph with calls and returns, and what can be reached in it on ways where these fit each other.
//!
//! What enters a function at one place comes out of it at that place only. So the look knows for each node of a function at
//! which of the function's entries the way began, and an exit leads back to where that entry was taken. A way that began
//! inside of a function, at a source or at something that all share, leads back to everywhere. (This is reachability
//! under a context-free grammar: Reps, Horwitz and Sagiv, "Precise interprocedural dataflow analysis via graph
//! reachability", POPL 1995.)

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

/// Nodes are numbers.
#[derive(Default)]
pub(super) struct Graph {
    count: usize,
    sites: u32,
    /// Nodes that belong to no function: ways through them are not told apart.
    shared: FxHashSet<u32>,
    /// What begins inside of a function does not come out of it here.
    closed: FxHashSet<u32>,
    /// All nodes of the functions that have such nodes.
    guarded: Vec<Range<usize>>,
    edges: Vec<Edge>,
}

/// A place where a function is called.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site(u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: u32,
    to: u32,
    step: Step,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Inside,
    /// Into a function, from there.
    Into(Site),
    /// Out of it, to there.
    Out(Site),
}

impl Graph {
    /// Adds so many nodes; gives the first.
    pub(super) fn add(&mut self, count: usize) -> usize {
        let first = self.count;
        self.count += count;
        first
    }

    /// Adds a node that all functions share.
    pub(super) fn add_shared(&mut self) -> usize {
        let node = self.add(1);
        self.shared.extend(u32::try_from(node));
        node
    }

    /// Keeps what begins inside of a function from leaving it at some of its nodes; what enters there comes out.
    pub(super) fn close(&mut self, function: Range<usize>, at: impl Iterator<Item = usize>) {
        self.guarded.push(function);
        self.closed
            .extend(at.filter_map(|node| u32::try_from(node).ok()));
    }

    /// Adds a place of a call.
    pub(super) fn site(&mut self) -> Site {
        self.sites += 1;
        Site(self.sites)
    }

    /// What is at the one gets to the other.
    pub(super) fn edge(&mut self, from: usize, to: usize) {
        self.push(from, to, Step::Inside);
    }

    /// What is at the one is passed to the other, in a function that is called.
    pub(super) fn enter(&mut self, site: Site, from: usize, to: usize) {
        self.push(from, to, Step::Into(site));
    }

    /// What is at the one, in a function that is called, comes out at the other.
    pub(super) fn leave(&mut self, site: Site, from: usize, to: usize) {
        self.push(from, to, Step::Out(site));
    }

    fn push(&mut self, from: usize, to: usize, step: Step) {
        if from != to
            && let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to))
        {
            self.edges.push(Edge { from, to, step });
        }
    }

    /// By node: whether something of the seeds gets there, though not out of a function at a closed node.
    pub(super) fn reached(&mut self, seeds: &[usize]) -> Vec<bool> {
        self.sort();
        let mut walk = Walk::new(self, &self.edges);
        walk.closed = Some(&self.closed);
        for function in &self.guarded {
            walk.guarded[function.clone()].fill(true);
        }
        walk.from(seeds)
    }

    /// By node: whether something of the seeds gets there, at closed nodes as well, but not over some nodes.
    pub(super) fn reached_but_over(&mut self, seeds: &[usize], ends: &[usize]) -> Vec<bool> {
        self.sort();
        let ends = ends.iter().filter_map(|node| u32::try_from(*node).ok());
        let ends = ends.collect::<FxHashSet<_>>();
        let is_before = |edge: &&Edge| !ends.contains(&edge.from);
        let edges = self.edges.iter().filter(is_before).copied();
        let mut reached = Walk::new(self, &edges.collect::<Vec<_>>()).from(seeds);
        for end in ends {
            reached[end as usize] = false;
        }
        reached
    }

    fn sort(&mut self) {
        self.edges.sort_unstable();
        self.edges.dedup();
    }

    /// By node: whether what is there gets to one of these, over none but some nodes.
    pub(super) fn leading(&self, to: &[usize], over: &[bool]) -> Vec<bool> {
        let is_over = |edge: &&Edge| over[edge.from as usize] && over[edge.to as usize];
        let turned = self.edges.iter().filter(is_over).map(|edge| Edge {
            from: edge.to,
            to: edge.from,
            step: match edge.step {
                Step::Inside => Step::Inside,
                Step::Into(site) => Step::Out(site),
                Step::Out(site) => Step::Into(site),
            },
        });
        let mut turned = turned.collect::<Vec<_>>();
        turned.sort_unstable();
        Walk::new(self, &turned).from(to)
    }
}

/// Where a way entered the function that it is in; 0 where it did not.
type Entry = u32;

const NOWHERE: Entry = 0;

/// Follows sorted edges.
struct Walk<'g> {
    edges: &'g [Edge],
    starts: Vec<usize>,
    graph: &'g Graph,
    closed: Option<&'g FxHashSet<u32>>,
    /// Where ways lead further that entered somewhere, since the others do not.
    guarded: Vec<bool>,
    /// Nodes on ways that entered nowhere.
    open: Vec<bool>,
    reached: Vec<bool>,
    seen: FxHashSet<(Entry, u32)>,
    pending: Vec<(Entry, u32)>,
    /// The entries of ways that entered at a node.
    entries: FxHashMap<u32, Entry>,
    /// By entry and place of the call: how the way to there had entered.
    callers: FxHashMap<(Entry, Site), Vec<Entry>>,
    /// By entry and place of the call: where ways come out.
    exits: FxHashMap<(Entry, Site), Vec<u32>>,
}

impl<'g> Walk<'g> {
    fn new(graph: &'g Graph, edges: &'g [Edge]) -> Self {
        let count = graph.count;
        let mut starts = vec![0; count + 1];
        for edge in edges {
            starts[edge.from as usize + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        Self {
            edges,
            starts,
            graph,
            closed: None,
            guarded: vec![false; count],
            open: vec![false; count],
            reached: vec![false; count],
            seen: FxHashSet::default(),
            pending: Vec::new(),
            entries: FxHashMap::default(),
            callers: FxHashMap::default(),
            exits: FxHashMap::default(),
        }
    }

    fn from(mut self, seeds: &[usize]) -> Vec<bool> {
        for seed in seeds {
            self.visit(NOWHERE, u32::try_from(*seed).unwrap_or(u32::MAX));
        }
        while let Some((entry, node)) = self.pending.pop() {
            if entry == NOWHERE || !self.is_settled(node) {
                let edges = self.starts[node as usize]..self.starts[node as usize + 1];
                for edge in &self.edges[edges] {
                    self.follow(entry, *edge);
                }
            }
        }
        self.reached
    }

    fn visit(&mut self, entry: Entry, node: u32) {
        let entry = if self.graph.shared.contains(&node) {
            NOWHERE
        } else {
            entry
        };
        let is_known = if entry == NOWHERE {
            std::mem::replace(&mut self.open[node as usize], true)
        } else {
            self.is_settled(node) || !self.seen.insert((entry, node))
        };
        if is_known {
            return;
        }
        self.reached[node as usize] = true;
        self.pending.push((entry, node));
    }

    /// Whether a way that entered nowhere was there, and leads to wherever others lead.
    fn is_settled(&self, node: u32) -> bool {
        self.open[node as usize] && !self.guarded[node as usize]
    }

    fn follow(&mut self, entry: Entry, edge: Edge) {
        match edge.step {
            Step::Inside => self.visit(entry, edge.to),
            Step::Into(site) => self.enter(entry, site, edge.to),
            Step::Out(_) if entry == NOWHERE => {
                if !self
                    .closed
                    .is_some_and(|closed| closed.contains(&edge.from))
                {
                    self.visit(NOWHERE, edge.to);
                }
            }
            Step::Out(site) => {
                let exits = self.exits.entry((entry, site)).or_default();
                if exits.contains(&edge.to) {
                    return;
                }
                exits.push(edge.to);
                let callers = self.callers.get(&(entry, site)).cloned();
                for caller in callers.into_iter().flatten() {
                    self.visit(caller, edge.to);
                }
            }
        }
    }

    fn enter(&mut self, caller: Entry, site: Site, node: u32) {
        if self.is_settled(node) {
            return;
        }
        if self.graph.shared.contains(&node) {
            self.visit(NOWHERE, node);
            return;
        }
        let next = u32::try_from(self.entries.len() + 1).unwrap_or(Entry::MAX);
        let entry = *self.entries.entry(node).or_insert(next);
        let callers = self.callers.entry((entry, site)).or_default();
        if callers.contains(&caller) {
            return;
        }
        callers.push(caller);
        let exits = self.exits.get(&(entry, site)).cloned();
        for exit in exits.into_iter().flatten() {
            self.visit(caller, exit);
        }
        self.visit(entry, node);
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn nodes(reached: &[bool]) -> Vec<usize> {
        (0..reached.len()).filter(|node| reached[*node]).collect()
    }

    #[test]
    fn edges_are_followed_both_ways() {
        let mut graph = Graph::default();
        graph.add(5);
        for (from, to) in [(0, 1), (1, 2), (2, 0), (3, 2)] {
            graph.edge(from, to);
        }
        assert_eq!(nodes(&graph.reached(&[1])), [0, 1, 2]);
        assert_eq!(nodes(&graph.leading(&[0], &[true; 5])), [0, 1, 2, 3]);
        assert_eq!(nodes(&graph.leading(&[3], &[true; 5])), [3]);
    }

    /// A function from 0 to 1 that is called with 2 for 3, and with 4 for 5.
    fn called_twice() -> Graph {
        let mut graph = Graph::default();
        graph.add(6);
        graph.edge(0, 1);
        for (argument, result) in [(2, 3), (4, 5)] {
            let site = graph.site();
            graph.enter(site, argument, 0);
            graph.leave(site, 1, result);
        }
        graph
    }

    #[test]
    fn what_goes_in_at_one_call_comes_out_there() {
        let mut graph = called_twice();
        assert_eq!(nodes(&graph.reached(&[2])), [0, 1, 2, 3]);
        assert_eq!(nodes(&graph.reached(&[2, 4])), [0, 1, 2, 3, 4, 5]);
        assert_eq!(nodes(&graph.leading(&[5], &[true; 6])), [0, 1, 4, 5]);
    }

    #[test]
    fn what_begins_inside_comes_out_everywhere() {
        let mut graph = called_twice();
        assert_eq!(nodes(&graph.reached(&[0])), [0, 1, 3, 5]);
        let shared = graph.add_shared();
        graph.edge(2, shared);
        graph.edge(shared, 1);
        assert_eq!(nodes(&graph.reached(&[2])), [0, 1, 2, 3, 5, 6]);
    }

    #[test]
    fn functions_that_call_themselves_come_to_an_end() {
        let mut graph = called_twice();
        let site = graph.site();
        graph.enter(site, 1, 0);
        graph.leave(site, 1, 1);
        assert_eq!(nodes(&graph.reached(&[4])), [0, 1, 4, 5]);
    }
}
