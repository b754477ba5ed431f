//! `roundtable play`: opens the window, or says in a sentence why it cannot.

use std::io::Write;
use std::path::PathBuf;

/// Open the window and play.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Your own question files, listed beside those inside the program.
    banks: Vec<PathBuf>,
    /// The size of the window in pixels, such as 1280x720.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    size: Option<(u32, u32)>,
    /// Play alone and report: for `roundtable bench --window`, which reads the report.
    #[arg(long, hide = true, value_name = "SECONDS:QUESTIONS", value_parser = figures)]
    figures: Option<(u64, u32)>,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    text.split_once(['x', '×'])
        .and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)))
        .filter(|(width, height)| (320..=16_384).contains(width) && (320..=16_384).contains(height))
        .ok_or_else(|| "write it like 1280x720, each number from 320 to 16384".to_owned())
}

fn figures(text: &str) -> Result<(u64, u32), String> {
    text.split_once(':')
        .and_then(|(seconds, questions)| Some((seconds.parse().ok()?, questions.parse().ok()?)))
        .ok_or_else(|| "write it like 60:20".to_owned())
}

/// Plays until the window closes. The result is the exit status: 0, or 2 if there is no window to be had.
#[cfg(feature = "game")]
pub fn run(args: &Args, data_dir: Option<PathBuf>, err: &mut impl Write) -> u8 {
    use crate::game::app::Figures;
    use crate::game::{Options, run};
    use crate::platform::DataDir;

    let data_dir = DataDir::resolve(data_dir.as_deref()).map(|dir| dir.root().to_owned()).unwrap_or_default();
    let figures =
        args.figures.map(|(seconds, questions)| Figures { still: std::time::Duration::from_secs(seconds), questions });
    // Whoever publishes the web build names its address to the compiler; a result's link then leads there.
    let page = option_env!("ROUNDTABLE_PAGE").filter(|page| !page.is_empty()).map(str::to_owned);
    match run(Options { data_dir, banks: args.banks.clone(), size: args.size, page, ..Options::default() }, figures) {
        Ok(()) => 0,
        Err(why) => {
            // Started by a double click, the program has no other place to say it.
            #[cfg(windows)]
            rfd::MessageDialog::new().set_title("Roundtable").set_description(why.to_string()).show();
            // If the terminal is gone there is nobody to tell.
            let _ = writeln!(err, "{why}");
            2
        }
    }
}

/// This build has no window: says so. The result is the exit status, 2.
#[cfg(not(feature = "game"))]
pub fn run(_args: &Args, _data_dir: Option<PathBuf>, err: &mut impl Write) -> u8 {
    // If the terminal is gone there is nobody to tell.
    let _ = writeln!(err, "This build of Roundtable has no window. `roundtable bank check` works without one.");
    2
}
