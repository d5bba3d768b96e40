//! Which columns the table has and how wide they are.
//!
//! Owns the choice: columns about donated food only when a line has a program, optional facts only when
//! a line has them, portrait paper when the columns leave the description room on it. Must not draw.

use domain::Program;

use crate::printable::{PrintableLine, PrintableQuote};
use crate::theme::{INK, Length, Paper, SIDE, SUBTLE, Style, pt};
use crate::typeface::{Face, Faces};
use crate::words;

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Item,
    Description,
    Pack,
    NetWeight,
    Servings,
    CnNumber,
    Program,
    DfCode,
    DfPounds,
    Commercial,
    DfValue,
    Fee,
    Net,
    Cases,
    Extended,
}

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    /// Figures, by their decimal point.
    Point,
}

/// One column.
pub(crate) struct Column {
    pub(crate) kind: Kind,
    pub(crate) left: Length,
    pub(crate) width: Length,
    /// The widest part after the decimal point, the point included.
    pub(crate) fraction: Length,
}

/// The table's columns on their paper.
pub(crate) struct Grid {
    pub(crate) paper: Paper,
    pub(crate) columns: Vec<Column>,
    /// How cells are set.
    pub(crate) cell: Style,
}

/// Space between the table's edge and its first and last column.
pub(crate) const INSET: Length = pt(5);
const LEAST_GAP: Length = pt(8);
const MOST_GAP: Length = pt(20);
const LEAST_DESCRIPTION: Length = pt(150);
const MOST_DESCRIPTION: Length = pt(330);
/// Tried in turn until the description has room; the last is used whatever happens.
const SIZES: [Length; 4] = [7_600, 7_000, 6_400, 5_600];

impl Kind {
    const ALL: [Kind; 16] = [
        Kind::Number,
        Kind::Item,
        Kind::Description,
        Kind::Pack,
        Kind::NetWeight,
        Kind::Servings,
        Kind::CnNumber,
        Kind::Program,
        Kind::DfCode,
        Kind::DfPounds,
        Kind::Commercial,
        Kind::DfValue,
        Kind::Fee,
        Kind::Net,
        Kind::Cases,
        Kind::Extended,
    ];

    pub(crate) const fn align(self) -> Align {
        match self {
            Kind::Item | Kind::Description | Kind::Pack | Kind::CnNumber | Kind::Program | Kind::DfCode => {
                Align::Left
            }
            _ => Align::Point,
        }
    }

    /// The two lines of its head.
    pub(crate) const fn heading(self) -> [&'static str; 2] {
        match self {
            Kind::Number => ["", "#"],
            Kind::Item => ["Item", "code"],
            Kind::Description => ["", "Description"],
            Kind::Pack => ["", "Pack"],
            Kind::NetWeight => ["Net wt", "lb"],
            Kind::Servings => ["Servings", "per case"],
            Kind::CnNumber => ["CN", "number"],
            Kind::Program => ["", "Program"],
            Kind::DfCode => ["DF", "code"],
            Kind::DfPounds => ["DF lb", "per case"],
            Kind::Commercial => ["Commercial", "$ per case"],
            Kind::DfValue => ["DF value", "$ per case"],
            Kind::Fee => ["Fee", "$ per case"],
            Kind::Net => ["Net price", "$ per case"],
            Kind::Cases => ["", "Cases"],
            Kind::Extended => ["Extended", "$"],
        }
    }

    /// What a line shows in this column; the description is composed by the table.
    pub(crate) fn cell(self, line: &PrintableLine) -> Option<String> {
        match self {
            Kind::Number => Some(line.line_no.to_string()),
            Kind::Item => Some(line.item_code.to_string()),
            Kind::Description => None,
            Kind::Pack => line.pack.clone(),
            Kind::NetWeight => line.net_weight_lb.map(|weight| weight.to_string()),
            Kind::Servings => line.servings_per_case.map(|count| words::count(count.into())),
            Kind::CnNumber => line.cn_number.clone(),
            Kind::Program => Some(words::program_tag(line.program).to_owned()),
            Kind::DfCode if line.program == Program::Commercial => None,
            Kind::DfCode => line.df_code.clone(),
            Kind::DfPounds if line.program == Program::Commercial => None,
            Kind::DfPounds => line.df_lb_per_case.map(|weight| weight.to_string()),
            Kind::Commercial if !line.priced => Some("not priced".to_owned()),
            Kind::Commercial => Some(line.case_price.as_price()),
            Kind::DfValue => line.df_value.map(|value| value.as_price()),
            Kind::Fee => line.fee.map(|fee| fee.as_price()),
            Kind::Net | Kind::Extended if !line.priced => None,
            Kind::Net => Some(line.net_price.as_price()),
            Kind::Cases => Some(words::count(line.quantity.into())),
            Kind::Extended => Some(line.extended.as_total()),
        }
    }

    /// Whether the quote has anything to show in this column.
    fn is_wanted(self, quote: &PrintableQuote) -> bool {
        match self {
            Kind::Program | Kind::DfCode | Kind::DfPounds | Kind::DfValue | Kind::Net => quote.has_program(),
            Kind::Pack | Kind::NetWeight | Kind::Servings | Kind::CnNumber | Kind::Fee => {
                quote.lines.iter().any(|line| self.cell(line).is_some())
            }
            _ => true,
        }
    }

    /// The widest a column of text gets before its cells wrap.
    const fn most(self) -> Length {
        match self {
            Kind::Item | Kind::Pack => pt(84),
            Kind::CnNumber | Kind::DfCode => pt(56),
            _ => Length::MAX,
        }
    }
}

impl Column {
    pub(crate) const fn right(&self) -> Length {
        self.left + self.width
    }
}

impl Grid {
    /// The columns of a quote.
    pub(crate) fn of(quote: &PrintableQuote, faces: &Faces) -> Self {
        let wanted: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.is_wanted(quote)).collect();
        let at_size = |size: Length| {
            let cell = Style::new(Face::Regular, size, size * 128 / 100, INK);
            (cell, wanted.iter().map(|&kind| sized(kind, quote, cell, faces)).collect::<Vec<Column>>())
        };
        if !quote.has_program() {
            let (cell, columns) = at_size(SIZES[0]);
            if let Some(columns) = spread(columns, Paper::PORTRAIT) {
                return Grid { paper: Paper::PORTRAIT, columns, cell };
            }
        }
        for size in SIZES {
            let (cell, columns) = at_size(size);
            if let Some(columns) = spread(columns, Paper::LANDSCAPE) {
                return Grid { paper: Paper::LANDSCAPE, columns, cell };
            }
        }
        let (cell, columns) = at_size(SIZES[SIZES.len() - 1]);
        Grid { paper: Paper::LANDSCAPE, columns: placed(columns, Paper::LANDSCAPE, LEAST_GAP), cell }
    }
}

/// A style for the head of the table, in proportion to its cells.
pub(crate) fn heading_style(cell: Style) -> Style {
    let size = cell.size * 86 / 100;
    Style::new(Face::Medium, size, size * 122 / 100, SUBTLE)
}

/// How a kind's cells are set: what is bought and what is paid stand out.
pub(crate) fn cell_style(kind: Kind, cell: Style) -> Style {
    let face = match kind {
        Kind::Item | Kind::Net | Kind::Extended => Face::Medium,
        _ => Face::Regular,
    };
    let colour = if kind == Kind::Number { SUBTLE } else { INK };
    Style { face, colour, ..cell }
}

/// The column with its natural width, not placed yet. A description's is what its texts would like.
fn sized(kind: Kind, quote: &PrintableQuote, cell: Style, faces: &Faces) -> Column {
    let style = cell_style(kind, cell);
    let head = heading_style(cell);
    let mut width = kind.heading().iter().map(|text| head.advance(text, faces)).max().unwrap_or(0);
    let mut fraction = 0;
    if kind == Kind::Description {
        for line in &quote.lines {
            width = width.max(style.advance(&line.description, faces));
        }
        return Column { kind, left: 0, width: width.clamp(LEAST_DESCRIPTION, MOST_DESCRIPTION), fraction };
    }
    let cells = quote.lines.iter().filter_map(|line| kind.cell(line));
    match kind.align() {
        Align::Left => {
            let natural = cells.map(|text| style.advance(&text, faces)).max().unwrap_or(0);
            // A thousandth of slack, so that rounding never wraps a cell that fits.
            width = width.max(natural.saturating_add(1).min(kind.most()));
        }
        Align::Point => {
            let mut whole = 0;
            for text in cells {
                let own = fraction_width(&text, style, faces);
                whole = whole.max(style.figures_advance(&text, faces) - own);
                fraction = fraction.max(own);
            }
            width = width.max(whole + fraction);
        }
    }
    Column { kind, left: 0, width, fraction }
}

/// How wide a figure's part from the decimal point on is.
pub(crate) fn fraction_width(text: &str, style: Style, faces: &Faces) -> Length {
    text.find('.').map_or(0, |point| style.figures_advance(&text[point..], faces))
}

/// The columns across the paper, if the description gets at least its least width.
fn spread(columns: Vec<Column>, paper: Paper) -> Option<Vec<Column>> {
    let spare = spare(&columns, paper, LEAST_GAP);
    let description = columns.iter().find(|column| column.kind == Kind::Description)?.width;
    if description + spare < LEAST_DESCRIPTION {
        return None;
    }
    let gaps = Length::try_from(columns.len()).ok()?.saturating_sub(1).max(1);
    let gap = if spare > 0 { (LEAST_GAP + spare / gaps).min(MOST_GAP) } else { LEAST_GAP };
    Some(placed(columns, paper, gap))
}

/// What is left of the paper when every column has its width; less than nothing if it is too narrow.
fn spare(columns: &[Column], paper: Paper, gap: Length) -> Length {
    let gaps = Length::try_from(columns.len().saturating_sub(1)).unwrap_or(0) * gap;
    paper.measure() - 2 * INSET - gaps - columns.iter().map(|column| column.width).sum::<Length>()
}

/// The columns from left to right; the description takes what is left over or gives what is missing.
fn placed(mut columns: Vec<Column>, paper: Paper, gap: Length) -> Vec<Column> {
    let spare = spare(&columns, paper, gap);
    let mut left = SIDE + INSET;
    for column in &mut columns {
        if column.kind == Kind::Description {
            column.width = (column.width + spare).max(pt(40));
        }
        column.left = left;
        left += column.width + gap;
    }
    columns
}
