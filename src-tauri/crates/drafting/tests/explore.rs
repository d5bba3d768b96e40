//! x
mod market;
use market::Conversation;
use std::time::Instant;
#[test]
fn explore() {
    let msgs = ["quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year, hold last year's prices, with pdf",
      "120 cases of 10412, 40 cs maple waffles and 3 cases of ckn patties", "drop the patties", "make that 120", "all at +3%"];
    let mut all = vec![];
    for _ in 0..200 { let mut c = Conversation::begun();
      for m in msgs { let v = c.view(); let t = Instant::now();
        let u = fieldquote_drafting::chat::understand(m, &v, &c.pending, c.today, &c.market, &c.ids).unwrap(); all.push(t.elapsed()); c.apply(&u.changes); c.pending = u.questions; } }
    all.sort(); println!("TIME p50 {:?} p99 {:?} max {:?}", all[all.len()/2], all[all.len()*99/100], all[all.len()-1]);
    for piece in ["5 cs ", "and ", "\"'<script>", "🍕🍕 ", "waffles ", "10412 ", "1/", "the usual ", "price ", "5 cs waffles, ", "a", "quote for ", "for waterloo ", "waffles and ", "hold the "] {
        let message: String = piece.chars().cycle().take(4_000).collect();
        let c = Conversation::begun(); let v = c.view();
        let t = Instant::now();
        let u = fieldquote_drafting::chat::understand(&message, &v, &[], c.today, &c.market, &c.ids).unwrap();
        println!("TIME {piece:?} {:?} answers {} changes {}", t.elapsed(), u.answers.len(), u.changes.len());
    }
}
