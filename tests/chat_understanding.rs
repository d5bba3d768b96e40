//! What reps wrote, over two markets: the chat does not fall behind what it understood before.
//!
//! The goals are higher; `make chat-eval` measures against them. These are floors for messages nothing was tuned on.

use std::path::Path;

use testkit::chat_eval::{Market, evaluate};

#[test]
fn messages_nothing_was_tuned_on_are_understood_as_well_as_before() {
    for (market, right, wrong) in [("coast", 900, 12), ("plains", 900, 12)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chat").join(market);
        let market = Market::open(&folder, None).unwrap();
        let conversations = market.conversations("held_out").unwrap();
        assert!(conversations.len() >= 70, "{}", folder.display());
        let score = evaluate(&market, &conversations).unwrap().score;
        assert!(score.right_share() >= right, "{score:?} in {}", folder.display());
        assert!(score.wrong_share() <= wrong, "{score:?} in {}", folder.display());
    }
}
