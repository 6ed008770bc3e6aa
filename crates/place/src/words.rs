//! The closed word classes around place names: prepositions, kinds of place, directions.
//!
//! Owns single words; refuses phrases.

use crate::shape::Direction;

/// What a word says that a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// City, town, village.
    Settlement,
    /// Base, camp, airport.
    Facility,
    /// District, cercle.
    Second,
    /// Province, region, governorate, state.
    First,
    /// Mountain, river, lake, forest, valley.
    Natural,
    /// What lies around a place: its area, countryside, outskirts.
    Area,
}

/// The sort that a lower-case word names.
pub(crate) fn sort(word: &str) -> Option<Sort> {
    Some(match word {
        "city" | "town" | "village" | "hamlet" | "settlement" | "suburb" | "neighborhood"
        | "neighbourhood" | "locality" | "port" | "villages" | "towns" | "cities" | "township"
        | "suburbs" | "borough" | "quarter" | "neighborhoods" | "neighbourhoods"
        | "settlements" | "hamlets" | "quarters" | "localities" => Sort::Settlement,
        "base" | "airport" | "airbase" | "airfield" | "camp" | "camps" | "prison" | "crossing"
        | "checkpoint" | "barracks" | "refinery" | "hospital" | "mosque" | "church"
        | "university" | "stadium" | "bridge" | "roundabout" | "square" | "market" | "dam"
        | "station" | "school" | "street" | "avenue" | "road" | "highway" | "junction"
        | "palace" | "intersection" => Sort::Facility,
        "district" | "cercle" | "commune" | "subdistrict" | "municipality" | "county" | "raion"
        | "districts" | "counties" | "communes" | "municipalities" | "subdistricts"
        | "departments" | "territory" | "department" | "tehsil" | "taluka" | "parish" | "lga"
        | "arrondissement" | "circle" | "woreda" | "upazila" | "payam" | "taluk" => Sort::Second,
        "province" | "region" | "governorate" | "state" | "oblast" | "prefecture" | "wilaya"
        | "vilayet" | "provinces" | "governorates" | "regions" | "states" | "prefectures" => {
            Sort::First
        }
        "area" | "areas" | "axis" | "outskirts" | "countryside" => Sort::Area,
        "mountains" | "mountain" | "river" | "lake" | "forest" | "valley" | "hills" | "hill"
        | "island" | "islands" | "gorge" | "peninsula" | "desert" | "farms" | "fields"
        | "field" | "heights" | "pass" | "oasis" | "plain" | "plateau" | "reservoir" | "strait"
        | "straits" => Sort::Natural,
        _ => return None,
    })
}

/// Whether `word` is one of `words`, which spaces divide.
fn among(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split(' ').any(|w| w == word)
}

/// Whether a lower-case word leads a place in which something is.
pub(crate) fn is_locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "into"
            | "outside"
            | "around"
            | "across"
            | "toward"
            | "towards"
            | "inside"
            | "throughout"
            | "through"
            | "on"
            | "over"
            | "off"
            | "between"
            | "within"
            | "via"
            | "beyond"
    )
}

/// Whether a lower-case word says near, not at.
pub(crate) fn is_near(word: &str) -> bool {
    matches!(word, "near" | "outside" | "around" | "nearby")
}

/// The direction that a lower-case word names: "northern", "south", "southwestern", "central".
pub(crate) fn direction(word: &str) -> Option<Direction> {
    let stem = word.strip_suffix("ern").unwrap_or(word);
    let at = |north, east| Some(Direction { north, east });
    match stem {
        "north" => at(1, 0),
        "south" => at(-1, 0),
        "east" => at(0, 1),
        "west" => at(0, -1),
        "northeast" => at(1, 1),
        "northwest" => at(1, -1),
        "southeast" => at(-1, 1),
        "southwest" => at(-1, -1),
        "central" => at(0, 0),
        _ => None,
    }
}

/// Whether a lower-case verb is one that only people and states do.
pub(crate) fn is_speech(word: &str) -> bool {
    const SPEECH: &str = "said says accused accuses announced denied denies condemned warned warns agreed rejected rejects \
         wants insists insisted signed expelled vowed urged blamed blames demanded refused claims claimed \
         declared ordered recalled asked pledged believes responded has had";
    among(SPEECH, word)
}

/// Whether a lower-case verb's object is where the action is: "entered Gao", "shelled Gao".
pub(crate) fn is_reaching(word: &str) -> bool {
    const REACHING: &str = "entered enter entering reached reach reaching left leaving fled flee fleeing invaded invade invading \
         infiltrated stormed storming storm bombed bombing bombard bombarded bombarding shelled shelling \
         pounded pounding hit struck striking attacked attacking raided raiding captured capture capturing \
         recaptured recapture recapturing retook retake retaking seized seize seizing overran overrun \
         besieged besieging liberated liberating occupied occupying occupy patrolled patrolling patrol \
         visited visiting visit toured crossed rocked devastated targeting targeted";
    among(REACHING, word)
}

/// Whether a lower-case noun is a part of the place whose name stands before it: "Iraq's skies".
pub(crate) fn is_ground(word: &str) -> bool {
    const GROUND: &str = "capital streets skies airspace territory soil coast coastline shores waters border borders outskirts \
         countryside neighborhoods neighbourhoods districts provinces regions villages towns cities suburbs \
         half third interior centre center downtown slums heartland mountains jungle jungles desert";
    among(GROUND, word)
}

/// Whether a lower-case word is a month or a day of the week, never a place by itself.
pub(crate) fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
    )
}

/// Faiths and peoples whose names stand before the kind of a place: "*Shia* villages". They name none.
pub(crate) fn is_people(word: &str) -> bool {
    const PEOPLE: &str = "shia shiite shi'ite sunni druze alawite alawi muslim christian yazidi yezidi copt arab kurd turkmen \
         turkoman assyrian hutu tutsi fulani fula peul dogon bambara tuareg hausa igbo yoruba kanuri tiv pashtun tajik \
         hazara uzbek baloch tamil rohingya karen kachin shan bedouin masalit zaghawa fur dinka nuer murle oromo \
         amhara tigrayan afar somali";
    among(PEOPLE, word)
}

/// "the *Old* City of Aleppo" is a part of it that is called after nobody.
pub(crate) fn is_aged(word: &str) -> bool {
    matches!(word, "old" | "ancient" | "historic" | "historical" | "walled")
}

/// Arabic words for what villages are called after: hill, convent, spring, mountain, valley.
pub(crate) fn is_landmark(word: &str) -> bool {
    matches!(
        word,
        "kafr"
            | "kafar"
            | "kfar"
            | "tal"
            | "tel"
            | "tell"
            | "tall"
            | "deir"
            | "dayr"
            | "jabal"
            | "jebel"
            | "djebel"
            | "wadi"
            | "oued"
            | "ain"
            | "ayn"
            | "ein"
            | "beit"
            | "bayt"
            | "bir"
            | "khan"
            | "khirbet"
            | "khirbat"
            | "ras"
            | "umm"
            | "oum"
            | "burj"
            | "hawija"
            | "qasr"
            | "qalaat"
            | "qalat"
            | "nahr"
            | "marj"
            | "dar"
            | "bab"
            | "hosh"
            | "talat"
    )
}

/// Words between a name and the kind of its place: "Gao *military* airport".
pub(crate) fn is_qualifier(word: &str) -> bool {
    const QUALIFIER: &str = "refugee displacement military air naval army police international gas oil industrial local \
         government general maternity national public grand bus train railway metro power tribal mountain \
         border";
    among(QUALIFIER, word)
}

/// Offices and bodies whose name a country's name stands before: "Mali President".
pub(crate) fn is_office(word: &str) -> bool {
    const OFFICE: &str = "president army prime minister foreign defence defense police government interior air navy parliament \
         supreme vice military ambassador embassy mayor deputy governor court authorities public fire sheriff \
         coroner detectives officers officials council chief";
    among(OFFICE, word)
}

/// Function words: with a capital, at the head of a sentence or in a headline, they belong to no name.
pub(crate) fn is_opener(word: &str) -> bool {
    is_locative(word) || direction(word).is_some() || sort(word).is_some() || is_particle(word)
}

/// Function words and small numbers alone.
pub(crate) fn is_particle(word: &str) -> bool {
    const PARTICLE: &str = "the a an and but or as of when while where after before since then both yet that this these those \
         how why what who which whether if because although though however so not only even like unlike with \
         without under until by for also still now once despite following given against among during its his \
         her their our most many some all each no considering neighbouring neighboring greater landlocked \
         meanwhile amid one two three four five six seven eight nine ten";
    among(PARTICLE, word)
}
