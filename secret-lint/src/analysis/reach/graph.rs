//! A directed graph and what can be reached in it.

/// Nodes are numbers.
#[derive(Default)]
pub(super) struct Graph {
    count: usize,
    edges: Vec<(u32, u32)>,
}

impl Graph {
    /// Adds so many nodes; gives the first.
    pub(super) fn add(&mut self, count: usize) -> usize {
        let first = self.count;
        self.count += count;
        first
    }

    /// What is at the one gets to the other.
    pub(super) fn edge(&mut self, from: usize, to: usize) {
        if from != to
            && let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to))
        {
            self.edges.push((from, to));
        }
    }

    /// By node: whether something of the seeds gets there.
    pub(super) fn reached(&mut self, seeds: &[usize]) -> Vec<bool> {
        self.edges.sort_unstable();
        self.edges.dedup();
        walk(self.count, &self.edges, seeds)
    }

    /// By node: whether what is there gets to one of these.
    pub(super) fn leading(&mut self, to: &[usize]) -> Vec<bool> {
        let mut turned = self
            .edges
            .iter()
            .map(|(from, to)| (*to, *from))
            .collect::<Vec<_>>();
        turned.sort_unstable();
        walk(self.count, &turned, to)
    }
}

/// Follows sorted edges.
fn walk(count: usize, edges: &[(u32, u32)], seeds: &[usize]) -> Vec<bool> {
    let mut starts = vec![0; count + 1];
    for (from, _) in edges {
        starts[*from as usize + 1] += 1;
    }
    for node in 0..count {
        starts[node + 1] += starts[node];
    }
    let mut reached = vec![false; count];
    let mut pending = seeds.to_vec();
    while let Some(node) = pending.pop() {
        if std::mem::replace(&mut reached[node], true) {
            continue;
        }
        let next = &edges[starts[node]..starts[node + 1]];
        pending.extend(next.iter().map(|(_, to)| *to as usize));
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn edges_are_followed_both_ways() {
        let mut graph = Graph::default();
        graph.add(5);
        for (from, to) in [(0, 1), (1, 2), (2, 0), (3, 2)] {
            graph.edge(from, to);
        }
        assert_eq!(graph.reached(&[1]), [true, true, true, false, false]);
        assert_eq!(graph.leading(&[0]), [true, true, true, true, false]);
        assert_eq!(graph.leading(&[3]), [false, false, false, true, false]);
    }
}
