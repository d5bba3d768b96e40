//! What can be typed.
//!
//! Owns the grammar of the command line, which people script: names and flags here do not change. Must not
//! do anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Offline quoting for K-12 foodservice.
#[derive(Parser)]
#[command(name = "fieldquote", version, max_term_width = 100)]
pub struct Cli {
    /// The profile's folder.
    #[arg(long, global = true, env = "FIELDQUOTE_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// One JSON document on stdout, errors as JSON on stderr.
    #[arg(long, global = true)]
    pub json: bool,
    /// Who works, if not whoever made the profile.
    #[arg(long = "as", global = true, env = "FIELDQUOTE_USER", value_name = "PERSON")]
    pub person: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Make a profile.
    Init {
        /// Fill it with a fictional market to try things on.
        #[arg(long)]
        sample: bool,
    },
    /// Import a CSV file: all of it or nothing.
    Import {
        /// customers, customer_programs, customer_profiles, spec_items or pricing_master.
        table: String,
        /// The file, with a header row, in UTF-8.
        file: PathBuf,
        /// Leave wrong rows out and import the others.
        #[arg(long)]
        skip_bad: bool,
    },
    /// Export a table to a new CSV file.
    Export {
        /// customers, customer_programs, customer_profiles, spec_items or pricing_master; or `reference`, which is
        /// all of them and the letterhead as JSON lines for a central.
        table: String,
        /// The file.
        file: PathBuf,
    },
    /// Say what to quote, or answer a question.
    Chat {
        /// What you would tell a colleague.
        text: String,
        /// The draft to go on with; a new one without it.
        #[arg(long, value_name = "ID")]
        draft: Option<String>,
    },
    /// The letterhead of every quote.
    #[command(subcommand)]
    Company(CompanyCommand),
    /// Drafts.
    #[command(subcommand)]
    Draft(DraftCommand),
    /// What waits for a person.
    #[command(subcommand)]
    Action(ActionCommand),
    /// Runs of workflows.
    #[command(subcommand)]
    Run(RunCommand),
    /// Quotes.
    #[command(subcommand)]
    Quote(QuoteCommand),
    /// The words it learnt from what you chose.
    #[command(subcommand)]
    Words(WordsCommand),
    /// An assistant that may put into plain sentences what the chat made nothing of. Off until it is set.
    #[command(subcommand)]
    Assistant(AssistantCommand),
    /// Workflow contracts.
    #[command(subcommand)]
    Contract(ContractCommand),
    /// What waits for the central.
    #[command(subcommand)]
    Sync(SyncCommand),
    /// Look at every pending verification now.
    Verify,
    /// The record of decisions.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// See how the profile is.
    Doctor,
    /// Write the whole profile to a new file, encrypted with FIELDQUOTE_PASSPHRASE.
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Put a backup into the profile's folder.
    Restore {
        /// The file.
        file: PathBuf,
        /// Replace the profile that is there; it is kept beside the restored one.
        #[arg(long)]
        replace: bool,
    },
    /// The database, read-only.
    #[command(subcommand)]
    Db(DbCommand),
    /// Do the main job, start to end, on sample data.
    Demo {
        /// Where to write the PDF; the profile's folder without it.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// The letterhead.
#[derive(Subcommand)]
pub enum CompanyCommand {
    /// Show it, in the form `set` reads.
    Show,
    /// Set it from a JSON file.
    Set {
        /// The file: name, address, phone, email, website, terms, validity_days.
        file: PathBuf,
    },
}

/// The words it learnt.
#[derive(Subcommand)]
pub enum WordsCommand {
    /// List them, the latest first.
    List,
    /// Forget one.
    Forget {
        /// Its number in the list.
        id: i64,
    },
    /// Forget everything learnt for a customer, and of its name.
    ForgetCustomer {
        /// Which.
        id: String,
    },
}

/// The assistant.
#[derive(Subcommand)]
pub enum AssistantCommand {
    /// Show whether it may be asked, and which.
    Show,
    /// Say which may be asked, and turn it on.
    Set {
        /// Its address, such as http://127.0.0.1:11434/v1; https unless it is on this machine.
        #[arg(long)]
        url: String,
        /// The model's name there.
        #[arg(long)]
        model: String,
        /// Its key, if it needs one; an empty one forgets the one that is kept.
        #[arg(long, env = "FIELDQUOTE_ASSISTANT_KEY", hide_env_values = true)]
        key: Option<String>,
    },
    /// Ask none any more, and forget its key.
    Off,
    /// Send it a message made up for this, with nothing of the profile.
    Test,
}

/// Drafts.
#[derive(Subcommand)]
pub enum DraftCommand {
    /// List them, the last changed first.
    List {
        /// Those that were thrown away too.
        #[arg(long)]
        all: bool,
    },
    /// Show one.
    Show {
        /// Which.
        id: String,
    },
    /// Throw one away that is not submitted. It can be brought back.
    Discard {
        /// Which.
        id: String,
    },
    /// Bring one back that was thrown away.
    Retrieve {
        /// Which.
        id: String,
    },
    /// Submit one for approval.
    Submit {
        /// Which.
        id: String,
    },
    /// What was done to one: who, when, on which device.
    History {
        /// Which.
        id: String,
    },
    /// What is different between two points of one.
    Compare {
        /// Which.
        id: String,
        /// The one point: a number or a version of its history, `now` or `start`.
        from: String,
        /// The other.
        #[arg(default_value = "now")]
        to: String,
    },
    /// Take back what you did last in one, on this device.
    Undo {
        /// Which.
        id: String,
    },
    /// Make again what you took back last.
    Redo {
        /// Which.
        id: String,
    },
}

/// What waits for a person.
#[derive(Subcommand)]
pub enum ActionCommand {
    /// List them, the pending ones first.
    List {
        /// Only those in this status.
        #[arg(long)]
        status: Option<String>,
    },
    /// Show one, with exactly what it would release.
    Show {
        /// Which.
        id: String,
    },
    /// Approve exactly what it shows.
    Approve {
        /// Which.
        id: String,
        /// A note for the record.
        #[arg(long)]
        note: Option<String>,
        /// Approve the gate of its run too, if that shows what it would show now.
        #[arg(long)]
        release: bool,
    },
    /// Reject it.
    Reject {
        /// Which.
        id: String,
        /// Why; the drafter reads it.
        #[arg(long)]
        reason: String,
    },
    /// Change a drafted email; it must be approved anew.
    Edit(EmailEditArgs),
}

/// Changes to a drafted email.
#[derive(Args)]
pub struct EmailEditArgs {
    /// Which.
    pub id: String,
    /// Another recipient.
    #[arg(long)]
    pub to: Option<String>,
    /// Another subject.
    #[arg(long)]
    pub subject: Option<String>,
    /// Another body.
    #[arg(long)]
    pub body: Option<String>,
}

/// Runs of workflows.
#[derive(Subcommand)]
pub enum RunCommand {
    /// List them, the newest first.
    List,
    /// Show one's timeline: steps, attempts, times, evidence.
    Show {
        /// Which.
        id: String,
    },
    /// Continue one that a crash or a retry left.
    Resume {
        /// Which.
        id: String,
    },
}

/// Quotes.
#[derive(Subcommand)]
pub enum QuoteCommand {
    /// List them, the newest first.
    List {
        /// Only of this customer.
        #[arg(long, value_name = "ID")]
        customer: Option<String>,
    },
    /// Show one.
    Show {
        /// Which.
        id: String,
    },
    /// Write its PDF to a file.
    Pdf {
        /// Which.
        id: String,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Write down that the customer said yes.
    Accept {
        /// Which.
        id: String,
        /// What else was said.
        #[arg(long)]
        note: Option<String>,
    },
    /// Write down that the customer said no.
    Decline {
        /// Which.
        id: String,
        /// Why: price, competitor, program_change, not_needed or other.
        #[arg(long)]
        reason: String,
        /// Who got the business instead.
        #[arg(long, value_name = "NAME")]
        competitor: Option<String>,
        /// What else was said.
        #[arg(long)]
        note: Option<String>,
    },
    /// Begin a draft that would take its place, at its prices.
    Revise {
        /// Which.
        id: String,
    },
    /// Begin a draft with its lines for the next school year.
    Duplicate {
        /// Which.
        id: String,
        /// For another school year.
        #[arg(long, value_name = "YEAR")]
        year: Option<String>,
    },
    /// Show how two differ.
    Diff {
        /// The one.
        a: String,
        /// The other.
        b: String,
    },
}

/// Workflow contracts.
#[derive(Subcommand)]
pub enum ContractCommand {
    /// List the ones on the shelf.
    List,
    /// Show one, with its touchpoints and whether each is real.
    Show {
        /// Its name.
        name: String,
    },
    /// Lint a contract file.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Run one by hand; it stops at its gate.
    Run {
        /// Its name, or a contract file.
        name: String,
        /// A JSON file with its inputs.
        #[arg(long)]
        input: PathBuf,
    },
}

/// What waits for the central.
#[derive(Subcommand)]
pub enum SyncCommand {
    /// Sign this device in to a central.
    Connect {
        /// The central's address.
        #[arg(long)]
        url: String,
        /// The one-time code.
        #[arg(long)]
        code: String,
        /// What this device is called in the central's list.
        #[arg(long, value_name = "NAME")]
        device_name: Option<String>,
    },
    /// Sign out; what waits is kept for the same person.
    Disconnect,
    /// Bring everything up and down once.
    Once,
    /// Go on bringing everything up and down, until interrupted.
    Watch,
    /// Show where the queue stands.
    Status,
    /// Let a parked operation wait for its turn again.
    Retry {
        /// Which.
        op: String,
    },
    /// Throw a parked operation away.
    Discard {
        /// Which.
        op: String,
    },
    /// Say that an alert has been seen to.
    Dismiss {
        /// Which.
        alert: String,
    },
}

/// The record of decisions.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Check every signature and every link, offline.
    Verify,
}

/// The database, read-only.
#[derive(Subcommand)]
pub enum DbCommand {
    /// Run one SELECT; rows as JSON.
    Query {
        /// The statement.
        sql: String,
        /// A value for the next `?`, in order.
        #[arg(long = "param", value_name = "V", allow_hyphen_values = true)]
        params: Vec<String>,
    },
}
