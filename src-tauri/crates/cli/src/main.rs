//! `fieldquote`: the use cases from the command line.
//!
//! Owns arguments, output and exit codes: 0 done, 1 failed, 2 bad usage or bad input. Must not hold a use
//! case: each command is one call into `desk`.

mod args;
mod commands;
mod home;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::Cli;
use output::{Failure, print, print_failure};

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("FIELDQUOTE_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Known before parsing, so that even an error in the arguments is JSON when JSON was asked for.
    let json = std::env::args_os().any(|arg| arg == "--json");
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && json => {
            return print_failure(&Failure::usage(&error), true);
        }
        Err(error) => error.exit(),
    };
    match commands::run(&cli) {
        Ok(outcome) => print(&outcome, cli.json),
        Err(failure) => print_failure(&failure, cli.json),
    }
}
