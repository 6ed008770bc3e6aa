//! Scratch.
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let reg = averment_actors::Registry::shipped().unwrap();
    let mut room = averment_corroborate::Corroborator::new(&reg, Default::default()).unwrap();
    let t = std::time::Instant::now();
    let mut it = averment_corroborate::synthetic::reports(1);
    for told in it.by_ref().take(n) {
        room.add(&told.coded);
    }
    eprintln!("added {:?}", t.elapsed());
    eprintln!("{:?}", room.settle());
    eprintln!("settled {:?}", t.elapsed());
    let (mut k, mut c, mut e) = (0, 0, std::collections::BTreeSet::new());
    room.for_each_incident(|i| {
        k += 1;
        c += i.claims.len();
        e.insert(i.id);
    });
    eprintln!("incidents {k} claims {c} {:?}", t.elapsed());
    let d = room.disputes();
    eprintln!("disputes {} {:?}", d.len(), t.elapsed());
    let mut worst = std::time::Duration::ZERO;
    let t = std::time::Instant::now();
    for told in it.take(200) {
        let t = std::time::Instant::now();
        room.add(&told.coded);
        room.settle();
        let _ = room.incidents_of(&told.coded.report.id);
        worst = worst.max(t.elapsed());
    }
    eprintln!("one more: mean {:?} worst {:?}", t.elapsed() / 200, worst);
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    eprintln!("{}", s.lines().filter(|l| l.starts_with("VmHWM")).next().unwrap());
}
