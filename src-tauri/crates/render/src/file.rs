//! The pages as a PDF file, the same bytes for the same pages.
//!
//! Owns fonts' names within the file, metadata, dates and the file identifier, none of which the PDF
//! writer makes reproducible by itself: font names are fixed, dates come from the quote, and the
//! identifier is a hash of what is printed. Customer text gets into the file in two ways only: as glyph
//! codes of the page, and as UTF-16 hex strings of the document information. There is no XMP packet,
//! because the writer does not escape what it puts into one.

use std::error::Error;

use chrono::{NaiveDate, NaiveTime};
use domain::{Company, Sha256};
use printpdf::{FontId, OffsetDateTime, PdfDocument, PdfFont, PdfSaveOptions};

use crate::RenderError;
use crate::printable::PrintableQuote;
use crate::sheet::Sheet;
use crate::typeface::{Face, Faces};
use crate::words;

/// The bytes of the file.
pub(crate) fn write(
    sheets: Vec<Sheet>,
    faces: &Faces,
    quote: &PrintableQuote,
    company: &Company,
) -> Result<Vec<u8>, RenderError> {
    let mut document = PdfDocument::new(&format!(
        "Price quote {} for {}",
        quote.id,
        words::shortened(&quote.customer.name, 120)
    ));
    let info = &mut document.metadata.info;
    info.author = words::shortened(&company.name, 120);
    info.subject = format!("Price quote, school year {}", quote.school_year);
    info.creator = "FieldQuote".to_owned();
    info.producer = "FieldQuote".to_owned();
    info.identifier = quote.id.to_string();
    let issued = midnight(quote.issued_on)?;
    (info.creation_date, info.modification_date, info.metadata_date) = (issued, issued, issued);

    for face in Face::ALL {
        let font = PdfFont::new(faces.of(face).parsed.clone());
        document.resources.fonts.map.insert(FontId(face.resource().to_owned()), font);
    }
    document.with_pages(sheets.into_iter().map(|sheet| sheet.into_page(faces)).collect());

    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(RenderError::Writer(warning.msg.clone()));
    }
    file.compress();

    // What is printed names the file: page contents and fonts, in the order of their object numbers.
    let mut printed = quote.id.to_string().into_bytes();
    for object in file.objects.values() {
        if let Ok(stream) = object.as_stream() {
            printed.extend_from_slice(Sha256::of(&stream.content).as_bytes());
        }
    }
    let identifier = Sha256::of(&printed).to_string();
    let ids = file.trailer.get_mut(b"ID").and_then(|ids| ids.as_array_mut()).map_err(save)?;
    for id in ids {
        *id.as_str_mut().map_err(save)? = identifier.as_bytes()[..32].to_vec();
    }

    let info = file.trailer.get(b"Info").and_then(|info| info.as_reference()).map_err(save)?;
    let info = file.get_object_mut(info).and_then(|info| info.as_dict_mut()).map_err(save)?;
    // The writer claims PDF/X of an empty version; the file claims nothing it was not checked for.
    info.remove(b"GTS_PDFXVersion");
    let mut language = info.get(b"Title").map_err(save)?.clone();
    *language.as_str_mut().map_err(save)? = b"en-US".to_vec();
    file.catalog_mut().map_err(save)?.set("Lang", language);

    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(save)?;
    Ok(bytes)
}

/// How many pages a file has that [`write`] made: each page is an object that says so, outside any stream.
pub(crate) fn page_count(bytes: &[u8]) -> usize {
    const PAGE: &[u8] = b"/Type/Page";
    let is_page = |window: &[u8]| window.starts_with(PAGE) && window[PAGE.len()] != b's';
    bytes.windows(PAGE.len() + 1).filter(|window| is_page(window)).count()
}

fn save(error: impl Error + Send + Sync + 'static) -> RenderError {
    RenderError::Save(Box::new(error))
}

/// The first moment of a day, UTC: the same on every device.
fn midnight(day: NaiveDate) -> Result<OffsetDateTime, RenderError> {
    OffsetDateTime::from_unix_timestamp(day.and_time(NaiveTime::MIN).and_utc().timestamp())
        .map_err(|why| RenderError::Writer(why.to_owned()))
}
