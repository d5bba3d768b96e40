//! The letterhead, data in and out, health.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use desk::DeskError;
use desk::assistant::{AssistantShown, Tried};
use desk::audit::Audited;
use desk::backup::BackedUp;
use desk::doctor::Diagnosis;
use desk::export::Exported;
use desk::import::{self, ImportPreview, Imported, Table};
use desk::learned::LearnedShown;
use domain::{Company, CustomerId};
use serde::Serialize;
use store::keys::Passphrase;
use tauri::Manager;
use ts_rs::TS;

use super::{Done, commands};
use crate::events::{Progress, Told};

/// What went over the connection in ten seconds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ActivityBucket {
    /// When these ten seconds began.
    pub seconds_ago: u64,
    /// Operations the central took.
    pub sent: u64,
    /// Rows that changed here.
    pub received: u64,
}

/// What a file looks like.
#[derive(Debug, Serialize, TS)]
pub struct Template {
    /// Its header and one example row.
    pub text: String,
}

/// A folder.
#[derive(Debug, Serialize, TS)]
pub struct Folder {
    /// Its path.
    pub path: String,
}

commands! {
    /// The letterhead, terms and usual validity.
    company {} -> Company = |host, _| host.desk()?.company();
    /// Change them.
    company_set { company: Company } -> Company = |host, asked| {
        let desk = host.desk()?;
        desk.set_company(&asked.company)?;
        desk.company()
    };
    /// What an import would do; nothing is written.
    import_preview { table: Table, name: String, text: String } -> ImportPreview = |host, asked| {
        let mut progress = |_| ControlFlow::Continue(());
        host.desk()?.import_preview(asked.table, &asked.name, asked.text.as_bytes(), &mut progress)
    };
    /// Import a file: all of it, or all rows that are right. It can be stopped as `task`.
    import_run { table: Table, name: String, text: String, skip_bad: bool, task: String } -> Imported = |host, asked| {
        let desk = host.desk()?;
        let stop = host.begin_task(&asked.task);
        let mut progress = |done| {
            Progress { task: asked.task.clone(), done, total: None }.tell(host.app());
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let imported =
            desk.import_bytes(asked.table, &asked.name, asked.text.as_bytes(), asked.skip_bad, &mut progress);
        host.end_task(&asked.task);
        imported
    };
    /// What a file for a table looks like.
    import_template { table: Table } -> Template = |_, asked| {
        Ok(Template { text: import::template(asked.table)? })
    };
    /// Ask a long task to stop.
    task_cancel { task: String } -> Done = |host, asked| {
        host.stop_task(&asked.task);
        Ok(Done {})
    };
    /// Write all tables to new files of a folder.
    export_data { folder: PathBuf } -> Vec<Exported> = |host, asked| {
        let desk = host.desk()?;
        let table = |table: &Table| desk.export(*table, &asked.folder.join(format!("{table}.csv")));
        Table::ALL.iter().map(table).collect()
    };
    /// Write the whole profile to one encrypted file.
    backup { path: PathBuf, passphrase: String } -> BackedUp = |host, asked| {
        if asked.passphrase.is_empty() {
            return Err(DeskError::bad_input("a backup is encrypted, and no passphrase was given", "Choose one."));
        }
        host.desk()?.backup(&asked.path, &Passphrase::new(asked.passphrase))
    };
    /// Where files are put when nothing else is said.
    default_folder {} -> Folder = |host, _| {
        let paths = host.app().path();
        let folder = paths.download_dir().or_else(|_| paths.home_dir());
        let folder = folder.unwrap_or_else(|_| host.home().to_owned());
        let folder = if folder.is_dir() { folder } else { Path::new(host.home()).to_owned() };
        Ok(Folder { path: folder.display().to_string() })
    };
    /// What it learnt of the person at work, the latest first.
    learned_words {} -> Vec<LearnedShown> = |host, _| host.desk()?.learned_words();
    /// Forget one thing.
    learned_forget { id: i64 } -> Done = |host, asked| {
        host.desk()?.forget_word(asked.id)?;
        Ok(Done {})
    };
    /// Forget everything learnt for a customer, and of its name.
    learned_forget_customer { customer_id: CustomerId } -> Done = |host, asked| {
        host.desk()?.forget_words_of(&asked.customer_id)?;
        Ok(Done {})
    };
    /// Whether an assistant may be asked, and which.
    assistant {} -> AssistantShown = |host, _| host.desk()?.assistant();
    /// Say which, and turn it on. Without a key the one that is kept stays as long as the address does.
    assistant_set { url: String, model: String, key: Option<String> } -> AssistantShown = |host, asked| {
        host.desk()?.set_assistant(&asked.url, &asked.model, asked.key.as_deref())
    };
    /// Ask none any more.
    assistant_off {} -> AssistantShown = |host, _| host.desk()?.turn_assistant_off();
    /// Send it a message made up for this. Waiting can be stopped as `task`.
    assistant_try { task: String } -> Tried = |host, asked| {
        let desk = host.desk()?;
        let stop = host.begin_task(&asked.task);
        let tried = desk.try_assistant(&stop);
        host.end_task(&asked.task);
        tried
    };
    /// How the profile is.
    doctor {} -> Diagnosis = |host, _| host.desk()?.doctor();
    /// Check every signature and every link of the decisions.
    audit_verify {} -> Audited = |host, _| host.desk()?.audit();
}
