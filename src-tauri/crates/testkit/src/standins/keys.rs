//! The key pair a central signs its token requests with.
//!
//! Owns making one and its two halves: PKCS#8 PEM for the signer, the public key for who verifies. Must not
//! keep any: a key lives as long as the test it was made for.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, DecodingKey};

/// A signature algorithm NetSuite takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum KeyKind {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSA-PSS with SHA-256, 3072 bits.
    Ps256,
}

/// A fresh key pair.
pub struct Keys {
    kind: KeyKind,
    public: Vec<u8>,
    pem: String,
}

/// The system refused randomness or a key.
#[derive(Debug, thiserror::Error)]
#[error("no key pair could be made")]
pub struct NoKey(#[from] aws_lc_rs::error::Unspecified);

impl Keys {
    /// Draw a pair.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn draw(kind: KeyKind) -> Result<Keys, NoKey> {
        let (public, der) = match kind {
            KeyKind::Es256 => {
                let der =
                    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref())
                    .map_err(|_| aws_lc_rs::error::Unspecified)?;
                (pair.public_key().as_ref().to_vec(), der.as_ref().to_vec())
            }
            KeyKind::Ps256 => {
                let pair = aws_lc_rs::signature::RsaKeyPair::generate(KeySize::Rsa3072)?;
                let der = pair.as_der()?;
                (pair.public_key().as_ref().to_vec(), der.as_ref().to_vec())
            }
        };
        Ok(Keys { kind, public, pem: pem(&der) })
    }

    /// The private key, PKCS#8 PEM.
    pub fn private_pem(&self) -> &str {
        &self.pem
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        match self.kind {
            KeyKind::Es256 => Algorithm::ES256,
            KeyKind::Ps256 => Algorithm::PS256,
        }
    }

    pub(crate) fn verifier(&self) -> DecodingKey {
        match self.kind {
            KeyKind::Es256 => DecodingKey::from_ec_der(&self.public),
            KeyKind::Ps256 => DecodingKey::from_rsa_der(&self.public),
        }
    }
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|byte| char::from(*byte)));
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}
