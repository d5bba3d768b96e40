//! The fictional supplier whose market this is.
//!
//! Owns the letterhead. Must not hold anything a customer must not see.

use domain::Company;

/// The supplier.
pub(crate) fn letterhead() -> Company {
    let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Company {
        name: "Larkspur School Foods".to_owned(),
        address: lines(&["2150 Commissary Row", "Ames Junction, IA 50014"]),
        phone: "(515) 555-0118".to_owned(),
        email: "quotes@larkspurschoolfoods.example".to_owned(),
        website: "www.larkspurschoolfoods.example".to_owned(),
        terms: lines(&[
            "Prices are per case, delivered and unloaded at one dock, for the price term shown above.",
            "Donated food values are those of the approved Summary End Product Data Schedule on the date of \
             this quote. If the pounds at the processor run out, the commercial price applies.",
            "Estimated cases are for planning and are not a commitment to buy. Minimum order 15 cases \
             assorted.",
            "CN labels, product formulation statements and Buy American certificates are sent on request.",
        ]),
        validity_days: 45,
    }
}
