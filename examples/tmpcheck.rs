use clap::Parser;
#[derive(Parser)]
struct Top {
    #[command(flatten)]
    args: roundtable::cli::bank::Args,
}
fn main() {
    let top = Top::parse();
    if std::env::var("BENCH").is_ok() {
        let n: usize = std::env::var("BENCH").unwrap().parse().unwrap();
        let text = roundtable::bank::sample_bank(n);
        println!("{} bytes", text.len());
        for _ in 0..8 {
            let t = std::time::Instant::now();
            let c = roundtable::bank::check(text.as_bytes());
            let a = t.elapsed();
            let t = std::time::Instant::now();
            let r = roundtable::bank::read(text.as_bytes()).is_ok();
            println!("check {a:?} {} findings; read {:?} {r}", c.diagnostics.len(), t.elapsed());
        }
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
        return;
    }
    std::process::exit(roundtable::cli::bank::run(top.args, &mut std::io::stdout(), &mut std::io::stderr()).into());
}
