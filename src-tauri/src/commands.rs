//! What the window can ask for: the one list of commands.
//!
//! Owns decoding what was asked, calling `desk` on a thread that does not draw, and encoding what it says. Must
//! not hold a use case: each command is one call.

mod approvals;
mod browse;
mod drafts;
mod pdf;
mod profile;
mod quotes;
mod runs;
pub mod settings;
mod sync;

use desk::DeskError;
use desk::error::Code;
use serde::Serialize;
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, Manager};
use ts_rs::TS;

use crate::host::Host;

/// One thing the window can ask for.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Decode, do, encode.
    pub run: fn(&Host, Value) -> Result<String, DeskError>,
    /// Say its TypeScript.
    #[cfg(test)]
    pub describe: fn(&mut crate::bindings::Bindings),
}

/// Everything the window can ask for, by topic.
const ALL: &[&[Command]] = &[
    approvals::COMMANDS,
    browse::COMMANDS,
    drafts::COMMANDS,
    profile::COMMANDS,
    quotes::COMMANDS,
    runs::COMMANDS,
    settings::COMMANDS,
    sync::COMMANDS,
];

/// Every command.
pub fn every() -> impl Iterator<Item = &'static Command> {
    ALL.iter().copied().flatten()
}

/// Lists the commands of a topic: `name { argument: Type } -> Answer = |host, asked| …;`, each with what it is.
macro_rules! commands {
    ($($(#[doc = $doc:literal])* $name:ident { $($field:ident: $type:ty),* $(,)? } -> $answer:ty = $does:expr;)*) => {
        /// The commands of this topic.
        pub(super) const COMMANDS: &[$crate::commands::Command] = &[$({
            #[derive(serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            #[allow(clippy::empty_structs_with_brackets)]
            $(#[doc = $doc])*
            struct Asked { $($field: $type),* }

            fn run(host: &$crate::host::Host, args: serde_json::Value) -> Result<String, desk::DeskError> {
                let does: fn(&$crate::host::Host, Asked) -> Result<$answer, desk::DeskError> = $does;
                $crate::commands::encoded(&does(host, $crate::commands::decoded(args)?)?)
            }

            $crate::commands::Command {
                name: stringify!($name),
                run,
                #[cfg(test)]
                describe: |bindings| {
                    let fields = [$((stringify!($field), bindings.name::<$type>())),*];
                    let answer = bindings.name::<$answer>();
                    bindings.command(stringify!($name), concat!($($doc),*), &fields, &answer);
                },
            }
        }),*];
    };
}

pub(crate) use commands;

/// An answer without anything in it.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Done {}

/// What the window is told when something is refused.
#[derive(Debug, Serialize, TS)]
pub struct Refused {
    /// A stable word.
    pub code: Code,
    /// What happened, and what was kept.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        Refused { code: error.code, message: error.message, hint: for_the_window(&error.hint) }
    }
}

/// A hint without its sentences for people at the command line: whoever sits at the window has its buttons.
fn for_the_window(hint: &str) -> String {
    let told =
        |sentence: &&str| !["`fieldquote", "FIELDQUOTE_", " --"].iter().any(|word| sentence.contains(word));
    let kept: Vec<&str> = hint.split_inclusive(". ").filter(told).collect();
    kept.concat().trim_end().to_owned()
}

/// The one command of the shell. What it does runs on a thread for things that wait.
#[tauri::command]
pub async fn call(app: AppHandle, command: String, args: Value) -> Result<Response, Refused> {
    let asked = tauri::async_runtime::spawn_blocking(move || -> Result<String, DeskError> {
        let known = every().find(|known| known.name == command).ok_or_else(|| {
            DeskError::bad_input(format!("there is no command {command}"), "Start FieldQuote again.")
        })?;
        (known.run)(&app.state::<Host>(), args)
    });
    match asked.await {
        Ok(Ok(answer)) => Ok(Response::new(answer)),
        Ok(Err(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "a command ended abruptly");
            Err(Refused {
                code: Code::Storage,
                message: "something went wrong inside FieldQuote; nothing was changed".to_owned(),
                hint: "Try again. If it comes back, look at Settings, Health.".to_owned(),
            })
        }
    }
}

fn decoded<T: serde::de::DeserializeOwned>(args: Value) -> Result<T, DeskError> {
    serde_json::from_value(args).map_err(|error| DeskError::bad_input(error, "Check what was typed."))
}

fn encoded<T: Serialize>(answer: &T) -> Result<String, DeskError> {
    Ok(serde_json::to_string(answer)?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::for_the_window;

    #[test]
    fn a_hint_says_nothing_of_the_command_line() {
        let hints = [
            (
                "Nothing was changed. Run `fieldquote doctor` to see how the profile is.",
                "Nothing was changed.",
            ),
            ("Mend the rows, or import the others with --skip-bad.", ""),
            ("Give both lines one price, or drop one.", "Give both lines one price, or drop one."),
            ("`fieldquote action list` shows what there is. Nothing was lost.", "Nothing was lost."),
        ];
        for (hint, kept) in hints {
            assert_eq!(for_the_window(hint), kept);
        }
    }

    #[test]
    fn no_two_commands_share_a_name() {
        let names: Vec<&str> = super::every().map(|command| command.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
