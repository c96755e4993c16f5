import MarketplaceStorage

/// What kind of step it is: how the saga may move around it.
enum StepKind: UInt8, Sendable, Hashable {
    /// It can be undone.
    case compensatable = 1
    /// The point of no return.
    case pivot = 2
    /// It is retried until it succeeds.
    case retriable = 3
}

/// The name and kind of a step.
struct StepShape: Sendable, Hashable {
    let name: String
    let kind: StepKind
}

/// The names, kinds and order of a saga's steps: all the state machine needs to know of a definition.
struct SagaShape: Sendable, Hashable {
    let steps: [StepShape]
    let fingerprint: UInt64

    init(_ steps: [StepShape]) {
        self.steps = steps
        var digest = ContentDigest()
        for step in steps {
            digest.combine(step.name)
            digest.combine(UInt64(step.kind.rawValue))
        }
        fingerprint = UInt64(truncatingIfNeeded: digest.value.bits)
    }

    /// A name that two steps have.
    var repeatedName: String? {
        var seen: Set<String> = []
        return steps.first { !seen.insert($0.name).inserted }?.name
    }
}
