import MarketplaceCore

/// Stock is held, and whether it was taken for good is not known.
struct TakenInDoubt: EffectStating, CustomStringConvertible {
    let reason: String

    var effect: EffectOutcome { .unknown }
    var description: String { "held, but not known to be taken: \(reason)" }
}
