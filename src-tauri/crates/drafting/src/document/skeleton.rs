//! The first change of every draft, byte for byte the same everywhere.
//!
//! Owns those bytes. Two devices that make a draft apart must make its maps in the same change: of two maps
//! put under one key apart, one hides the other with all that is in it. The bytes are stored, not rebuilt,
//! so that a new version of the library cannot change them.

use automerge::ChangeHash;

/// The change: an empty map `lines` and an empty list `notes`.
pub const BYTES: &[u8] = include_bytes!("skeleton.bin");

/// The hash of that change.
pub const HASH: ChangeHash = ChangeHash([
    0xb6, 0x5d, 0xf0, 0x3a, 0xe9, 0xac, 0x46, 0x2c, 0x3f, 0xfa, 0xb6, 0x66, 0xde, 0x4a, 0x62, 0xa4, 0xb5,
    0x73, 0x9f, 0x39, 0x4d, 0x41, 0x2b, 0xb2, 0xe0, 0x84, 0xc9, 0xf5, 0x52, 0x04, 0x49, 0xf6,
]);

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::transaction::{CommitOptions, Transactable};
    use automerge::{ActorId, Automerge, ObjType, ROOT};

    use crate::document::fields;

    #[test]
    fn the_stored_bytes_are_the_change_that_makes_the_maps() {
        let mut doc = Automerge::new().with_actor(ActorId::from(*b"fieldquote/draft"));
        let made = doc.transact_with::<_, _, automerge::AutomergeError, _>(
            |()| CommitOptions::default().with_time(0),
            |tx| {
                tx.put_object(ROOT, fields::LINES, ObjType::Map)?;
                tx.put_object(ROOT, fields::NOTES, ObjType::List)?;
                Ok(())
            },
        );
        assert!(made.is_ok());
        assert_eq!(doc.save_after(&[]), BYTES);
        assert_eq!(doc.get_heads(), [HASH]);
    }
}
