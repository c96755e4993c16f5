import MarketplaceCore

/// What kind of step it is: how the saga may move around it.
enum StepKind: UInt8, Sendable, Hashable {
    /// It can be undone.
    case compensatable = 1
    /// The point of no return.
    case pivot = 2
    /// It is retried until it succeeds.
    case retriable = 3
}

/// What a step does.
enum StepForm: UInt8, Sendable, Hashable {
    /// It calls something.
    case action = 1
    /// It waits for a point in time.
    case pause = 2
    /// It waits for a signal.
    case signal = 3
    /// It runs another saga.
    case child = 4
}

/// The name, kind and form of a step, and which steps it runs together with.
struct StepShape: Sendable, Hashable {
    let name: String
    let kind: StepKind
    var form = StepForm.action
    /// Steps of one stage run at the same time; stages run one after the other.
    var stage = 0
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
            digest.combine(UInt64(step.form.rawValue))
            digest.combine(UInt64(step.stage))
        }
        fingerprint = UInt64(truncatingIfNeeded: digest.value.bits)
    }

    /// The steps that run together with `step`, itself included.
    func stage(of step: Int) -> Range<Int> {
        let stage = steps[step].stage
        let first = steps[..<step].lastIndex { $0.stage != stage }.map { $0 + 1 } ?? 0
        let end = steps[step...].firstIndex { $0.stage != stage } ?? steps.count
        return first..<end
    }

    /// Whether the saga has a point of no return.
    var hasPivot: Bool { steps.contains { $0.kind != .compensatable } }

    /// A name that two steps have.
    var repeatedName: String? {
        var seen: Set<String> = []
        return steps.first { !seen.insert($0.name).inserted }?.name
    }
}
