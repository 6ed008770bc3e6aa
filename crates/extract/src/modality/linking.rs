//! Words that link a clause or a noun to what governs it, by whether they take what they lead for granted.

/// A word that asks for who, where or how, and takes what happened for granted.
pub(super) fn is_interrogative(word: &str) -> bool {
    matches!(word, "who" | "whom" | "whose" | "why" | "how" | "where" | "when" | "which" | "what")
}

/// Words before what happened beside another event: "*after* attacking the town".
pub(super) fn is_beside_another(mark: &str) -> bool {
    matches!(
        mark,
        "after" | "since" | "following" | "despite" | "upon" | "while" | "when" | "before"
    )
}

/// "told them that": no call, unlike "told them to".
pub(super) fn is_telling(word: &str) -> bool {
    matches!(word, "tell" | "tells" | "told" | "telling")
}

/// "in *retaliation for* the raid": what is answered has happened.
pub(super) fn answers(preposition: &str, noun: &str) -> bool {
    let answer = matches!(
        noun,
        "retaliation"
            | "revenge"
            | "reprisal"
            | "reprisals"
            | "retribution"
            | "response"
            | "reaction"
            | "punishment"
            | "payback"
    );
    answer && matches!(preposition, "for" | "to" | "against")
}

/// Whether what stands behind the preposition is taken to have happened: "will resign *after* the attack".
pub(super) fn presupposes(preposition: &str) -> bool {
    matches!(
        preposition,
        "after"
            | "since"
            | "following"
            | "despite"
            | "during"
            | "amid"
            | "behind"
            | "into"
            | "under"
            | "over"
            | "because"
    )
}
