//! Rows pasted from a spreadsheet: cells between tabs.
//!
//! Owns telling the columns apart, by their heads or by what stands in them, and putting each row as a person would
//! say it: so many cases of this, at that price. What only follows from the others (an extended price, a total) is
//! left out. Must look nothing up.

use crate::chat::token::{Token, has_decimals, whole, word};

/// The least cells of a row.
const CELLS: usize = 3;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// What the item is called, its code, its pack.
    Named,
    /// Cases.
    Cases,
    /// The price of a case.
    Price,
    /// Units, or the price of one.
    Unit,
    /// Nothing that is not said by the others.
    Idle,
}

/// The tokens with tables read row by row; tabs elsewhere are spaces.
pub fn rows(tokens: Vec<Token>) -> Vec<Token> {
    if tokens.iter().all(|token| token.norm != "\t") {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len());
    let mut heads: Option<Vec<Column>> = None;
    for line in tokens.split_inclusive(|token| token.norm == "\n") {
        let (line, end) = match line {
            [line @ .., end] if end.norm == "\n" => (line, Some(end)),
            line => (line, None),
        };
        let cells: Vec<&[Token]> = line.split(|token| token.norm == "\t").collect();
        if cells.len() < CELLS {
            heads = None;
            out.extend(line.iter().filter(|token| token.norm != "\t").cloned());
        } else if let Some(read) = headed(&cells) {
            heads = Some(read);
        } else {
            let columns = heads.clone().unwrap_or_else(|| told(&cells));
            row(&cells, &columns, &mut out);
        }
        out.extend(end.cloned());
    }
    out
}

/// The columns of a row of heads; none where it is no such row.
fn headed(cells: &[&[Token]]) -> Option<Vec<Column>> {
    let known: Vec<Option<Column>> = cells.iter().map(|cell| head(cell)).collect();
    let many = known.iter().flatten().count();
    let cases = known.contains(&Some(Column::Cases));
    (cases && many * 2 > cells.len())
        .then(|| known.into_iter().map(|one| one.unwrap_or(Column::Named)).collect())
}

fn head(cell: &[Token]) -> Option<Column> {
    let words: Vec<&str> =
        cell.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if words.len() > 3 || words.iter().any(|word| whole(word).is_some()) {
        None
    } else if has(&["ext", "extended", "extension", "total", "amount", "uom", "um", "line", "notes"])
        && !has(&["price"])
    {
        Some(Column::Idle)
    } else if has(&["unit"]) && !has(&["price"]) {
        Some(Column::Unit)
    } else if has(&["price", "cost", "bid"]) || cell.iter().any(|token| token.norm == "$") {
        Some(if has(&["ext", "extended", "total"]) { Column::Idle } else { Column::Price })
    } else if has(&["qty", "quantity", "cases", "cs", "ordered", "order"]) {
        Some(Column::Cases)
    } else if has(&[
        "item",
        "description",
        "desc",
        "product",
        "code",
        "sku",
        "name",
        "pack",
        "size",
        "brand",
        "mfg",
        "no",
        "number",
    ]) {
        Some(Column::Named)
    } else {
        None
    }
}

/// The columns of a row without heads: the first whole number counts, the first amount is the price.
fn told(cells: &[&[Token]]) -> Vec<Column> {
    let (mut counted, mut priced) = (false, false);
    let mut column = |cell: &&[Token]| match number(cell) {
        Some(text) if has_decimals(text) => {
            let first = !std::mem::replace(&mut priced, true);
            if first { Column::Price } else { Column::Idle }
        }
        // A longer number is a code.
        Some(text) if !counted && text.len() < 5 => {
            counted = true;
            Column::Cases
        }
        _ if matches!(cell, [only] if matches!(only.norm.as_str(), "cs" | "case" | "cases" | "ea")) => {
            Column::Idle
        }
        _ => Column::Named,
    };
    cells.iter().map(&mut column).collect()
}

/// The number that a cell is, but for a dollar sign.
fn number(cell: &[Token]) -> Option<&str> {
    let cell = match cell {
        [sign, rest @ ..] if sign.norm == "$" => rest,
        cell => cell,
    };
    let [only] = cell else { return None };
    only.is_number().then_some(only.norm.as_str())
}

/// Put a row as it would be said.
fn row(cells: &[&[Token]], columns: &[Column], out: &mut Vec<Token>) {
    let named = cells.iter().zip(columns).any(|(cell, column)| {
        *column == Column::Named && !cell.is_empty() && (number(cell).is_none() || word(cell, 0).len() > 4)
    });
    if !named {
        // A row of totals.
        return;
    }
    let said =
        |text: &str, beside: &Token| Token { text: text.to_owned(), norm: text.to_owned(), ..beside.clone() };
    for (cell, column) in cells.iter().zip(columns) {
        let Some(beside) = cell.last() else { continue };
        match (column, number(cell)) {
            (Column::Cases, Some(text)) if whole(text).is_some() => {
                out.extend([said(text, beside), said("cases", beside)]);
            }
            (Column::Price, Some(text)) => {
                out.extend([said("at", beside), said("$", beside), said(text, beside)]);
            }
            (Column::Unit, Some(text)) if has_decimals(text) && !columns.contains(&Column::Price) => {
                out.extend([said("at", beside), said("$", beside), said(text, beside)]);
            }
            (Column::Idle | Column::Price | Column::Unit, _) => {}
            (Column::Named | Column::Cases, _) => out.extend_from_slice(cell),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::token::tokenize;

    fn read(message: &str) -> String {
        let norms: Vec<String> = rows(tokenize(message)).into_iter().map(|token| token.norm).collect();
        norms.join(" ").replace('\n', "|")
    }

    #[test]
    fn rows_are_said_as_a_person_would() {
        let pasted = "Item No.\tDescription\tQty\tUnit\tExt\nD501\tMilk 1%\t230\t44.80\t10,304.00\n\t\t\t\t10,304.00\nGallup";
        assert_eq!(read(pasted), "| d501 milk 1 % 230 cases at $ 44.80 | | gallup");
        let priced = "qty\titem\tcase $\text\n6\tPB&J grape\t38.50\t231.00";
        assert_eq!(read(priced), "| 6 cases pb&j grape at $ 38.50");
        assert_eq!(read("Mini tacos\t200/1.2 oz\t48"), "mini tacos 200/1.2 oz 48 cases");
        assert_eq!(read("D501\tMilk\t230\t44.80\t10,304.00"), "d501 milk 230 cases at $ 44.80");
    }

    #[test]
    fn a_tab_elsewhere_is_a_space() {
        assert_eq!(read("corn\t40\npeas\t20"), "corn 40 | peas 20");
    }
}
