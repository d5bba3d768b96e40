//! Sample data: a fictional market, made from a seed.
