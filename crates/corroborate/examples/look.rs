//! Scratch.
use std::collections::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let reg = averment_actors::Registry::shipped().unwrap();
    let mut room = averment_corroborate::Corroborator::new(&reg, Default::default()).unwrap();
    let t0 = std::time::Instant::now();
    let mut claims = HashMap::new();
    for l in text.lines() {
        let c: averment_types::CodedReport = serde_json::from_str(l).unwrap();
        for k in &c.claims {
            claims.insert(
                k.id().clone(),
                (
                    c.report.id.clone(),
                    k.content().evidence.first().quote().to_owned(),
                    k.content().type_id.to_string(),
                ),
            );
        }
        room.add(&c);
    }
    eprintln!("read {:?}", t0.elapsed());
    let t0 = std::time::Instant::now();
    eprintln!("{:?}", room.settle());
    eprintln!("settled {:?}", t0.elapsed());
    let t0 = std::time::Instant::now();
    let inc = room.incidents();
    eprintln!("incidents {} {:?}", inc.len(), t0.elapsed());
    let stories = room.stories();
    if std::env::var("STORIES").is_ok() {
        for (r, s) in &stories {
            println!("{r}\t{s}");
        }
        return;
    }
    if let Some(gold) = args.get(2).filter(|g| g.as_str() != "-") {
        let g: BTreeMap<String, String> = std::fs::read_to_string(gold)
            .unwrap()
            .lines()
            .map(|l| {
                let (a, b) = l.split_once('\t').unwrap();
                (a.into(), b.into())
            })
            .collect();
        let items: Vec<(&String, u64)> = g
            .iter()
            .filter_map(|(k, v)| {
                stories.iter().find(|(i, _)| i.as_str() == k).map(|(_, s)| (v, *s))
            })
            .collect();
        let (mut p, mut r) = (0.0, 0.0);
        for (v, s) in &items {
            let both = items.iter().filter(|(a, b)| a == v && b == s).count() as f64;
            p += both / items.iter().filter(|(_, b)| b == s).count() as f64;
            r += both / items.iter().filter(|(a, _)| a == v).count() as f64;
        }
        let n = items.len() as f64;
        let (p, r) = (p / n, r / n);
        eprintln!("stories B3 n={} P {p:.3} R {r:.3} F {:.3}", n, 2.0 * p * r / (p + r));
    }
    if let Some(limit) = args.get(3) {
        let limit: usize = limit.parse().unwrap();
        let mut inc = inc;
        inc.sort_by_key(|i| std::cmp::Reverse(i.claims.len()));
        for i in inc.iter().take(limit) {
            println!(
                "== {} {} ({:?}) claims {} reports {} origins {} party {} related {} {:?}",
                i.id,
                i.type_id,
                i.other_types.iter().map(|t| t.as_str()).collect::<Vec<_>>(),
                i.claims.len(),
                i.reports.len(),
                i.independent_origins,
                i.party_origins,
                i.related_reports.len(),
                i.clarity
            );
            if let Some(t) = &i.time {
                println!(
                    "   T {:?}..{:?} {:?} dissent {}",
                    t.interval.start(),
                    t.interval.end(),
                    t.precision,
                    t.dissent.len()
                );
            }
            if let Some(t) = &i.place {
                println!(
                    "   P {} {:?} {:?} dissent {}",
                    t.name,
                    t.precision,
                    t.country.as_ref().map(|c| c.as_str()),
                    t.dissent.len()
                );
            }
            for a in &i.actors {
                println!(
                    "   A {:?} {} {} -{}",
                    a.role,
                    a.actor.id,
                    a.claims.len(),
                    a.dissent.len()
                );
            }
            for e in &i.estimates {
                println!(
                    "   E {:?} {:?} {:?}-{:?}-{:?} {} -{} {:?}",
                    e.kind,
                    e.of,
                    e.low,
                    e.best,
                    e.high,
                    e.claims.len(),
                    e.dissent.len(),
                    e.reasons
                );
            }
            for o in &i.origins {
                println!(
                    "   O {} {} party {} claims {} {:?}",
                    o.id,
                    o.name,
                    o.party,
                    o.claims.len(),
                    o.reasons
                );
            }
            for c in &i.claims {
                let (r, q, t) = &claims[c];
                println!(
                    "   - {} {} s{} [{}] {}",
                    &c.as_str()[..6],
                    r,
                    stories[r] % 1000,
                    t,
                    q.chars().take(170).collect::<String>().replace('\n', " ")
                );
            }
            for l in i.links.iter().take(3).chain(i.links.iter().rev().take(3)) {
                println!(
                    "   L {} {} {} {:?}",
                    &l.a.as_str()[..6],
                    &l.b.as_str()[..6],
                    l.points,
                    l.evidence
                        .iter()
                        .map(|e| format!("{}{:+}", e.aspect, e.points))
                        .collect::<Vec<_>>()
                );
            }
        }
    }
}
