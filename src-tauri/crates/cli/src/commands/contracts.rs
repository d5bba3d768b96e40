//! Contracts.
//!
//! Owns `contract …`. `list`, `show` and `check` need no profile.

use desk::{DeskError, contracts};
use serde_json::Value;

use crate::args::{Cli, ContractCommand};
use crate::home;
use crate::output::{Failure, Outcome, table};

/// `contract list / show NAME / check FILE / run NAME --input FILE`
pub fn run(cli: &Cli, command: &ContractCommand) -> Result<Outcome, Failure> {
    match command {
        ContractCommand::List => {
            let all = contracts::list()?;
            let rows = all.iter().map(|contract| {
                vec![
                    contract.name.clone(),
                    contract.version.to_string(),
                    contract.trigger.clone(),
                    contract.steps.to_string(),
                    shortened(&contract.summary),
                ]
            });
            let text =
                table(&["contract", "version", "trigger", "steps", "summary"], &[1, 3], rows.collect());
            Outcome::new(&all, text)
        }
        ContractCommand::Show { name } => {
            let shown = contracts::show(name)?;
            let mut text = format!(
                "{} v{} ({})\n{}\n\ntrigger: {}\n",
                shown.name,
                shown.version,
                shown.hash.short(),
                shown.summary,
                shown.trigger
            );
            for check in &shown.checks {
                let word =
                    |field: &str| check.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
                text.push_str(&format!("check: {} [{}] {}\n", word("id"), word("rule"), word("severity")));
            }
            text.push('\n');
            let rows = shown.touchpoints.iter().map(|touchpoint| {
                vec![
                    touchpoint.system.to_owned(),
                    touchpoint.resource.clone(),
                    touchpoint.action.clone(),
                    touchpoint.status.to_owned(),
                    touchpoint.source.clone(),
                ]
            });
            text.push_str(&table(
                &["system", "table / resource", "action", "status", "source"],
                &[],
                rows.collect(),
            ));
            Outcome::new(&shown, text)
        }
        ContractCommand::Check { file } => {
            let sound = contracts::check_file(file)?;
            let text = format!("{} v{} is sound: {} steps.", sound.name, sound.version, sound.steps);
            Outcome::new(&sound, text)
        }
        ContractCommand::Run { name, input } => {
            let text = std::fs::read_to_string(input).map_err(|error| {
                DeskError::bad_input(
                    format!("{}: {error}", input.display()),
                    "Name a JSON file with the inputs.",
                )
            })?;
            let value: Value = serde_json::from_str(&text).map_err(|error| {
                DeskError::bad_input(format!("{}: {error}", input.display()), "Write one JSON object.")
            })?;
            let ran = home::open(cli)?.run_contract(name, &value)?;
            let text = format!("Run {}: {}.", ran.run_id, ran.status);
            Outcome::new(&ran, text)
        }
    }
}

/// The first words of a summary that would not fit a line.
fn shortened(text: &str) -> String {
    const WIDTH: usize = 80;
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let cut: String = text.chars().take(WIDTH).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}
