//! What a careful author would change.

use super::{build::Built, locate::Findings};

pub(super) fn errors(_built: &Built<'_>, _findings: &mut Findings) {}
pub(super) fn advise(_built: &Built<'_>, _findings: &mut Findings) {}
