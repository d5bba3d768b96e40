//! The TypeScript of what the window can ask and is told.
//!
//! Owns `ui/src/lib/gen/api.ts`. It is made by this test with `UPDATE_BINDINGS=1`, and the test fails when the
//! file says something else than the commands do.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use ts_rs::{Config, TS, TypeVisitor};

use crate::{commands, events};

/// The file's text, as far as it is told.
pub struct Bindings {
    config: Config,
    types: BTreeMap<String, String>,
    seen: HashSet<TypeId>,
    commands: String,
    events: String,
}

/// Is told of every event.
pub trait EachEvent {
    /// One event.
    fn event<T: TS + 'static + ?Sized>(&mut self, name: &str);
}

impl EachEvent for Bindings {
    fn event<T: TS + 'static + ?Sized>(&mut self, name: &str) {
        let told = self.name::<T>();
        self.events.push_str(&format!("  {name}: {told};\n"));
    }
}

impl TypeVisitor for Bindings {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() || T::docs().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declared = format!("{docs}export {}\n", T::decl(&self.config));
            let known = self.types.insert(T::ident(&self.config), declared.clone());
            assert!(
                known.is_none_or(|known| known == declared),
                "two types are called {}",
                T::ident(&self.config)
            );
        }
    }
}

impl Bindings {
    fn new() -> Self {
        Bindings {
            // Whole numbers here count things; none of them comes near 2^53.
            config: Config::new().with_large_int("number"),
            types: BTreeMap::new(),
            seen: HashSet::new(),
            commands: String::new(),
            events: String::new(),
        }
    }

    /// How TypeScript calls a type; everything it is made of is told too.
    pub fn name<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// One command.
    pub fn command(&mut self, name: &str, docs: &str, fields: &[(&str, String)], answer: &str) {
        let fields: Vec<String> = fields
            .iter()
            .map(|(field, kind)| {
                let optional = if kind.ends_with("| null") { "?" } else { "" };
                format!("{field}{optional}: {kind}")
            })
            .collect();
        let args = if fields.is_empty() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ {} }}", fields.join("; "))
        };
        self.commands.push_str(&format!(
            "  /** {} */\n  {name}: {{ args: {args}; answer: {answer} }};\n",
            docs.trim()
        ));
    }

    fn text(&self) -> String {
        let types: Vec<&str> = self.types.values().map(String::as_str).collect();
        format!(
            "// Made from the shell's commands by `UPDATE_BINDINGS=1 cargo test -p fieldquote-desktop --lib bindings`.\n\
             // Amounts, percentages, dates and ids are strings: nothing here is to be computed with.\n\n\
             {}\n\
             /** What the window can ask for. */\n\
             export interface Commands {{\n{}}}\n\n\
             /** What the window is told without asking. */\n\
             export interface Events {{\n{}}}\n",
            types.join("\n"),
            self.commands,
            self.events
        )
    }
}

#[test]
fn the_window_s_types_are_those_of_the_commands() {
    let mut bindings = Bindings::new();
    bindings.name::<commands::Refused>();
    for command in commands::every() {
        (command.describe)(&mut bindings);
    }
    events::every(&mut bindings);
    let (path, text) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/gen/api.ts"), bindings.text());
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == text,
        "ui/src/lib/gen/api.ts is stale: UPDATE_BINDINGS=1 cargo test -p fieldquote-desktop --lib bindings"
    );
}
