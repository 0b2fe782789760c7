//! Printing a table.

/// Prints what is measured, the column names and the rows, each column as wide as its widest cell.
pub(crate) fn print(measured: &str, columns: &[&str], rows: &[Vec<String>]) {
    let header = columns.iter().map(|&column| column.to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(header)
        .chain(rows.iter().cloned())
        .collect();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    println!("\n{measured}\n");
    for (number, line) in lines.iter().enumerate() {
        let cells: Vec<_> = line
            .iter()
            .enumerate()
            .map(|(column, cell)| format!("{cell:<0$}", width(column)))
            .collect();
        println!("| {} |", cells.join(" | "));
        if number == 0 {
            let rules: Vec<_> = (0..line.len())
                .map(|column| "-".repeat(width(column)))
                .collect();
            println!("| {} |", rules.join(" | "));
        }
    }
}
