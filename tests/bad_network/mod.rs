//! Bad networks, killed devices and a killed central: whatever happens on the way, in the end everything is at
//! the central, at NetSuite and with the customer exactly once.
//!
//! The central, the devices and the command are the real ones. `SYNC_KILLS=1000` kills the device more often;
//! `SYNC_SEED=7` draws other moments.

mod central_killed;
mod command;
mod device_killed;
mod faults;
mod first_sync;
mod job;
