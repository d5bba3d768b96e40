//! The central: signing in, what waits, and what a person can do about it.

use desk::sync::{ConflictShown, Connected, Disconnected, OpDetail, SyncStatus};
use domain::OpId;

use super::settings::ActivityBucket;
use super::{Done, commands};

commands! {
    /// Where the queue stands.
    sync_status {} -> SyncStatus = |host, _| host.desk()?.sync_status();
    /// Sign this device in to a central with a one-time code.
    sync_connect { url: String, code: String, device_name: String } -> Connected = |host, asked| {
        let desk = host.desk()?;
        host.stop_sync();
        let connected = desk.connect(&asked.url, &asked.code, &asked.device_name);
        drop(desk);
        // From the first sign-in on the profile is that person's.
        let opened = if connected.is_ok() { host.reopen() } else { Ok(()) };
        host.sync_soon();
        opened.and(connected)
    };
    /// Sign out; what waits is kept.
    sync_disconnect {} -> Disconnected = |host, _| {
        let desk = host.desk()?;
        host.stop_sync();
        desk.disconnect()
    };
    /// Look for news and send what waits, now.
    sync_now {} -> Done = |host, _| {
        host.desk()?;
        host.sync_soon();
        Ok(Done {})
    };
    /// Let an operation that was set aside wait for its turn again.
    sync_retry { op_id: OpId } -> Done = |host, asked| {
        host.desk()?.sync_retry(&asked.op_id)?;
        host.sync_soon();
        Ok(Done {})
    };
    /// Throw an operation away that was set aside.
    sync_discard { op_id: OpId } -> Done = |host, asked| {
        host.desk()?.sync_discard(&asked.op_id)?;
        host.sync_soon();
        Ok(Done {})
    };
    /// One operation with what it says and what to do about it.
    sync_operation { op_id: OpId } -> OpDetail = |host, asked| host.desk()?.sync_operation(&asked.op_id);
    /// What went over the connection in the last ten minutes, the oldest first.
    sync_activity {} -> Vec<ActivityBucket> = |host, _| Ok(host.activity());
    /// Say that an alert has been seen to.
    alert_dismiss { alert_id: String } -> Done = |host, asked| {
        host.desk()?.dismiss_alert(&asked.alert_id)?;
        Ok(Done {})
    };
    /// What two people did differently.
    conflicts {} -> Vec<ConflictShown> = |host, _| host.desk()?.conflicts();
}
