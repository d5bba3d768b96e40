//! Notices of the desktop, for what needs a person while the window is not looked at.
//!
//! Owns what is worth one: something new to approve, something set aside, an alert. Must not repeat itself.

use desk::overview::Overview;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

use crate::WINDOW;

/// What a person was told of last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    approvals: u64,
    parked: u64,
    alerts: u64,
}

impl Seen {
    /// What there is now.
    pub fn of(overview: &Overview) -> Self {
        Seen { approvals: overview.approvals_pending, parked: overview.parked, alerts: overview.alerts }
    }

    /// What is new since then, in words.
    pub fn news(self, now: Seen) -> Vec<String> {
        let more = |before: u64, now: u64, one: &str, many: &str| match now.checked_sub(before) {
            None | Some(0) => None,
            Some(1) => Some(format!("1 {one}")),
            Some(count) => Some(format!("{count} {many}")),
        };
        [
            more(self.approvals, now.approvals, "approval is waiting", "approvals are waiting"),
            more(
                self.parked,
                now.parked,
                "item could not be sent and needs you",
                "items could not be sent and need you",
            ),
            more(self.alerts, now.alerts, "delivery went wrong", "deliveries went wrong"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Tell of it, unless the window is being looked at.
pub fn tell(app: &AppHandle, news: &[String]) {
    let looked_at = app.get_webview_window(WINDOW).is_some_and(|window| window.is_focused().unwrap_or(false));
    if news.is_empty() || looked_at {
        return;
    }
    if let Err(error) = app.notification().builder().title("FieldQuote").body(news.join("\n")).show() {
        tracing::warn!(%error, "the desktop shows no notices");
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn only_what_is_more_than_before_is_told() {
        let before = Seen { approvals: 1, parked: 2, alerts: 0 };
        let now = Seen { approvals: 3, parked: 1, alerts: 1 };
        assert_eq!(before.news(now), ["2 approvals are waiting", "1 delivery went wrong"]);
        assert!(now.news(now).is_empty());
    }
}
