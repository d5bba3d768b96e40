//! Chat understanding and the draft document.
