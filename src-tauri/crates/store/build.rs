//! Lists the migrations of the device so that adding a file needs no other change.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder =
        Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../migrations/device").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();

    let mut list = String::from("&[\n");
    for (place, path) in files.iter().enumerate() {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a migration's name is not text")?;
        // A gap or a double number would mean another order on another device.
        let number = format!("{:04}_", place + 1);
        if !stem.starts_with(&number) {
            return Err(format!(
                "{stem}.sql should start with {number}: migrations are numbered without gaps"
            )
            .into());
        }
        writeln!(
            list,
            "    Migration {{ name: {stem:?}, sql: include_str!({:?}) }},",
            path.display().to_string()
        )?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), list)?;
    Ok(())
}
