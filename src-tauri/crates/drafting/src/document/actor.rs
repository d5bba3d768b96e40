//! Under which name a session writes.
//!
//! Owns the name's shape: the device's tag, which the history is told from, and bytes drawn at random for each
//! start of the application. Two copies that write under one name make a draft that can never be merged, so a
//! name is never made of a person or of a device alone. It stands in every change several times: it is short.

use domain::DeviceTag;

const TAG: usize = 6;
const DRAWN: usize = 6;

/// A session's name in the changes it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor([u8; TAG + DRAWN]);

impl Actor {
    /// The name of a session on a device; `drawn` is random, drawn once for each start of the application.
    pub fn of(device: &DeviceTag, drawn: [u8; DRAWN]) -> Self {
        let mut name = [0; TAG + DRAWN];
        for (place, byte) in name.iter_mut().zip(device.as_str().bytes().chain(drawn)) {
            *place = byte;
        }
        Actor(name)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The device that a name says; none when it is not of this shape.
pub(crate) fn device(name: &[u8]) -> Option<DeviceTag> {
    let tag = name.get(..TAG).filter(|_| name.len() == TAG + DRAWN)?;
    std::str::from_utf8(tag).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_device_and_no_other_name_does() {
        let tag: DeviceTag = "7KPXD6".parse().unwrap();
        assert_eq!(device(Actor::of(&tag, [9; 6]).bytes()), Some(tag));
        assert_eq!(device(b"fieldquote/draft"), None);
        assert_eq!(device(&[0; 12]), None);
    }
}
