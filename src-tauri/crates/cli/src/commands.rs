//! The commands, one topic a file.
//!
//! Owns which command goes where. Must not know how any of them answers.

mod actions;
mod assistant;
mod contracts;
mod data;
mod draft_history;
mod drafts;
mod profile;
mod quotes;
mod runs;
mod sync;
mod words;

use desk::DeskError;

use crate::args::{AuditCommand, Cli, Command, DbCommand};
use crate::home;
use crate::output::{Failure, Outcome};

/// Carry out what was typed.
pub fn run(cli: &Cli) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Init { sample } => profile::init(cli, *sample),
        Command::Demo { out } => profile::demo(cli, out.as_deref()),
        Command::Restore { file, replace } => profile::restore(cli, file, *replace),
        Command::Contract(command) => contracts::run(cli, command),
        command => {
            let desk = home::open(cli)?;
            match command {
                Command::Import { table, file, skip_bad } => data::import(&desk, table, file, *skip_bad),
                Command::Export { table, file } => data::export(&desk, table, file),
                Command::Db(DbCommand::Query { sql, params }) => data::query(&desk, sql, params),
                Command::Chat { text, draft } => drafts::chat(&desk, text, draft.as_deref()),
                Command::Assistant(command) => assistant::run(&desk, command),
                Command::Company(command) => profile::company(&desk, command),
                Command::Draft(command) => drafts::run(&desk, command),
                Command::Action(command) => actions::run(&desk, command),
                Command::Run(command) => runs::run(&desk, command),
                Command::Quote(command) => quotes::run(&desk, command),
                Command::Sync(command) => sync::run(desk, command, cli.json),
                Command::Words(command) => words::run(&desk, command),
                Command::Verify => runs::verify(&desk),
                Command::Audit(AuditCommand::Verify) => profile::audit(&desk),
                Command::Doctor => profile::doctor(&desk),
                Command::Backup { file } => profile::backup(&desk, file),
                Command::Init { .. }
                | Command::Demo { .. }
                | Command::Restore { .. }
                | Command::Contract(_) => {
                    Err(Failure::from(DeskError::bad_input("this command opens no profile", "")))
                }
            }
        }
    }
}

/// An id as typed.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|error: T::Err| Failure::from(DeskError::bad_input(error, "Copy the id from a list.")))
}

/// How many rows a list shows.
const LISTED: u32 = 200;
