//! A directed graph and what can be reached in it.

/// Nodes are numbers.
#[derive(Default)]
pub(super) struct Graph {
    count: usize,
    edges: Vec<(u32, u32)>,
    seeds: Vec<usize>,
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

    /// A secret is made here.
    pub(super) fn seed(&mut self, node: usize) {
        self.seeds.push(node);
    }

    /// By node: whether a secret gets there.
    pub(super) fn reached(&mut self) -> Vec<bool> {
        self.edges.sort_unstable();
        self.edges.dedup();
        let mut starts = vec![0; self.count + 1];
        for (from, _) in &self.edges {
            starts[*from as usize + 1] += 1;
        }
        for node in 0..self.count {
            starts[node + 1] += starts[node];
        }
        let mut reached = vec![false; self.count];
        let mut pending = std::mem::take(&mut self.seeds);
        while let Some(node) = pending.pop() {
            if std::mem::replace(&mut reached[node], true) {
                continue;
            }
            let next = &self.edges[starts[node]..starts[node + 1]];
            pending.extend(next.iter().map(|(_, to)| *to as usize));
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn what_edges_lead_to_is_reached() {
        let mut graph = Graph::default();
        graph.add(5);
        for (from, to) in [(0, 1), (1, 2), (2, 0), (3, 2)] {
            graph.edge(from, to);
        }
        graph.seed(1);
        assert_eq!(graph.reached(), [true, true, true, false, false]);
    }
}
