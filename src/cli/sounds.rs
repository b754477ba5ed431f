//! `roundtable sounds`: makes the effects as the game does, measures them, and writes them as WAV files to listen to.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::game::sound::{Effect, synth};
use crate::platform::{FileError, write_atomic};

/// Seats of a run that are shown: the first, and two on the way up.
const SEATS: [u32; 3] = [0, 8, 24];

/// Make the sound effects, to look at and to listen to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write each effect into this folder as a WAV file (mono, 16 bits). Files of the same name are replaced.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Samples a second.
    #[arg(long, value_name = "HERTZ", default_value_t = 48_000, value_parser = clap::value_parser!(u32).range(8000..=192_000))]
    rate: u32,
}

/// Prints a line an effect. The result is the exit status: 0, or 2 if something could not be written.
pub fn run(args: &Args, out: &mut impl Write, err: &mut impl Write) -> u8 {
    match show(args, out) {
        Ok(()) => 0,
        Err(why) => {
            // If the terminal is gone there is nobody to tell.
            let _ = writeln!(err, "{why}");
            2
        }
    }
}

enum Failure {
    File(FileError),
    Terminal(std::io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "{error} Name a folder that exists and that you may write to."),
            Self::Terminal(error) => write!(f, "Nothing could be printed: {error}."),
        }
    }
}

fn show(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{:<10} {:>6} {:>6} {:>9}", "effect", "ms", "peak", "RMS dBFS").map_err(Failure::Terminal)?;
    for effect in Effect::ALL {
        let steps = if effect == Effect::Seat { &SEATS[..] } else { &SEATS[..1] };
        for step in steps {
            let name =
                if steps.len() > 1 { format!("{effect:?}-{step}") } else { format!("{effect:?}") }.to_lowercase();
            let samples = synth::render(effect, *step, args.rate);
            let Figures { ms, peak, rms } = Figures::of(&samples, args.rate);
            writeln!(out, "{name:<10} {ms:>6.0} {peak:>6.3} {rms:>9.1}").map_err(Failure::Terminal)?;
            if let Some(folder) = &args.out {
                write(folder, &name, &wav(&samples, args.rate)).map_err(Failure::File)?;
            }
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), FileError> {
    write_atomic(&folder.join(name).with_extension("wav"), bytes)
}

struct Figures {
    ms: f64,
    peak: f32,
    rms: f64,
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "well below a second")]
    fn of(samples: &[f32], rate: u32) -> Self {
        let count = samples.len() as f64;
        let power: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / count.max(1.);
        Self {
            ms: count * 1000. / f64::from(rate),
            peak: samples.iter().fold(0., |top, sample| top.max(sample.abs())),
            rms: 10. * power.max(f64::MIN_POSITIVE).log10(),
        }
    }
}

/// The samples as a file: 44 bytes of header, by hand, since a crate for it would be longer than this.
fn wav(samples: &[f32], rate: u32) -> Vec<u8> {
    let size = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX - 36);
    let mut bytes = Vec::with_capacity(44 + samples.len() * 2);
    bytes.extend(b"RIFF");
    bytes.extend((36 + size).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes()); // what follows of "fmt "
    bytes.extend(1_u16.to_le_bytes()); // integers
    bytes.extend(1_u16.to_le_bytes()); // mono
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * 2).to_le_bytes()); // bytes a second
    bytes.extend(2_u16.to_le_bytes()); // bytes a frame
    bytes.extend(16_u16.to_le_bytes()); // bits a sample
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    for sample in samples {
        #[expect(clippy::cast_possible_truncation, reason = "within ±1 before it is scaled")]
        let sample = (sample.clamp(-1., 1.) * f32::from(i16::MAX)).round() as i16;
        bytes.extend(sample.to_le_bytes());
    }
    bytes
}
