//! The window's figures: starts this very program as a player would, in a data directory of its own, lets it play alone, and measures it
//! from outside. Linux only: elsewhere the system does not tell what it needs so easily.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{Figure, status_kib};

/// How long the window may say nothing, beyond the time that it was told to stand still.
const PATIENCE: Duration = Duration::from_secs(90);
/// Questions that are answered.
const QUESTIONS: u32 = 20;

/// What the scheduler counts processor time in: a hundredth of a second on every Linux that Rust knows.
const TICK: f64 = 0.01;

/// Measures a window that stands still for this long on the title and on a pause.
///
/// # Errors
///
/// Why there is nothing to measure, in a sentence.
pub fn measure(still: Duration) -> Result<Vec<Figure>, String> {
    if !cfg!(all(target_os = "linux", feature = "game")) {
        return Err("The window's figures can be measured on Linux, by a build that has a window.".to_owned());
    }
    let program = std::env::current_exe().map_err(|error| format!("This program's own file is not known: {error}."))?;
    let mut figures = vec![size(&program)];
    let data = Scratch::new()?;
    let mut window = Window::open(&program, &data.0, still)?;

    window.wait_for("drawn", still)?;
    figures.push(Figure {
        what: "Start of the process to the first picture of the title".to_owned(),
        value: window.started.elapsed().as_secs_f64() * 1000.0,
        unit: "ms",
        goal: None,
    });
    for (line, screen) in [("title", "the title"), ("paused", "a paused question")] {
        window.wait_for(line, still)?;
        let (before, since) = (window.ticks(), Instant::now());
        window.wait_for("done", still)?;
        figures.push(Figure {
            what: format!("Processor, {} s of nothing on {screen}", still.as_secs()),
            value: (window.ticks() - before) * TICK / since.elapsed().as_secs_f64() * 100.0,
            unit: "% of a core",
            goal: Some(1.0),
        });
        figures.push(Figure {
            what: format!("Resident memory on {screen}"),
            value: window.memory("VmRSS:"),
            unit: "MiB",
            goal: Some(250.0),
        });
    }
    let (mut own, mut rasteriser) = (Vec::new(), Vec::new());
    loop {
        let line = window.line(still)?;
        let mut words = line.split_whitespace();
        match words.next() {
            Some("frame") => {
                let mut millis = || words.next().and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0) / 1000.0;
                own.push(millis());
                rasteriser.push(millis());
            }
            Some("end") => break,
            _ => {}
        }
    }
    let peak = window.peak;
    frames(&mut figures, own, rasteriser);
    figures.push(Figure { what: "Peak memory".to_owned(), value: peak, unit: "MiB", goal: None });
    Ok(figures)
}

fn size(program: &Path) -> Figure {
    let bytes = fs::metadata(program).map_or(0, |file| file.len());
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let value = bytes as f64 / (1024.0 * 1024.0);
    Figure { what: "Size of the program".to_owned(), value, unit: "MiB", goal: Some(40.0) }
}

/// The middle and the near-worst of the frames that a question takes to arrive.
fn frames(figures: &mut Vec<Figure>, mut own: Vec<f64>, mut rasteriser: Vec<f64>) {
    let count = own.len();
    for (times, whose, goal) in
        [(&mut own, "our own work", Some(8.0)), (&mut rasteriser, "the software rasteriser", None)]
    {
        times.sort_unstable_by(f64::total_cmp);
        for (percent, goal) in [(50, None), (99, goal)] {
            figures.push(Figure {
                what: format!("{count} frames of {QUESTIONS} questions arriving, p{percent}, {whose}"),
                value: times.get((count * percent / 100).min(count.saturating_sub(1))).copied().unwrap_or(0.0),
                unit: "ms",
                goal,
            });
        }
    }
}

/// A folder that goes with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("roundtable-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The window under measurement; closed with its owner.
struct Window {
    process: Child,
    lines: Receiver<String>,
    started: Instant,
    peak: f64,
}

impl Window {
    fn open(program: &Path, data: &Path, still: Duration) -> Result<Self, String> {
        let started = Instant::now();
        let mut process = Command::new(program)
            .arg("--data-dir")
            .arg(data)
            .args(["play", "--size", "1280x720", "--figures"])
            .arg(format!("{}:{QUESTIONS}", still.as_secs()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}.", program.display()))?;
        let (sender, lines) = channel();
        if let Some(out) = process.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Ok(Self { process, lines, started, peak: 0.0 })
    }

    fn line(&mut self, still: Duration) -> Result<String, String> {
        self.peak = self.peak.max(self.memory("VmHWM:"));
        self.lines
            .recv_timeout(still + PATIENCE)
            .map_err(|_| "The window has closed, or says nothing; so there are no figures of it.".to_owned())
    }

    fn wait_for(&mut self, wanted: &str, still: Duration) -> Result<(), String> {
        while self.line(still)? != wanted {}
        Ok(())
    }

    /// A line of the process's status, in MiB.
    fn memory(&self, name: &str) -> f64 {
        let kib = status_kib(&format!("/proc/{}/status", self.process.id()), name).unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let kib = kib as f64;
        kib / 1024.0
    }

    /// Processor time of all its threads, the rasteriser's too.
    fn ticks(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        // After the name, which may hold anything, in brackets.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        rest.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<f64>().ok()).sum()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
