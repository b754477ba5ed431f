//! On Windows, puts the icon into the program's file. Elsewhere there is nothing to do.

fn main() {
    println!("cargo::rerun-if-changed=assets/icons/roundtable.ico");
    #[cfg(windows)]
    if let Err(error) = winresource::WindowsResource::new().set_icon("assets/icons/roundtable.ico").compile() {
        // Without the resource compiler the program only lacks its picture.
        println!("cargo::warning=The program's file has no icon: {error}");
    }
}
