//! Files, storage, clocks: a native and a web twin behind one face.
