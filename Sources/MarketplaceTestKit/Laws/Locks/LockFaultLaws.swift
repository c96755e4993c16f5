import MarketplaceCore
import MarketplaceStorage

/// A law of lock providers whose requests fail.
public typealias LockFaultLaw = Law<FaultyLockSite>

/// The laws that a provider keeps besides those of ``LockLaws`` when what keeps its locks is reached over something
/// that can fail.
public enum LockFaultLaws {
    /// All of them.
    public static let all = LawSet([
        failedRequestsTakeNothing, lostAnswersLoseNoKey, failedRenewalsEndNothing, failedReleasesAreRepeatable,
        faultsMakeNoSecondHolder,
    ])

    /// How many requests in a row fail where a law wants a call to fail: more than any provider tries again.
    static let outage = 20

    /// A refused request is an error that can be retried, and nothing is taken.
    public static let failedRequestsTakeNothing = LockFaultLaw(
        "fault.refused",
        "When what keeps the locks is down, asking is an error that says not applied, may be retried, and took nothing."
    ) { scene in
        let probe = scene.probe
        try await scene.inject(.refuse, LockFaultLaws.outage)
        do {
            let outcome = try await probe.acquire(["a", "b"])
            throw LawBreach(expected: "an error", found: outcome.summary)
        } catch let error as LockError {
            try LawBreach.unless(error.isRetriable, "an error that can be retried", found: "\(error)")
            try LawBreach.unlessEqual(error.effect, .notApplied, "what is known of the call")
        }
        try await scene.inject(.refuse, 0)
        try await probe.release(try await probe.take(["a", "b"], from: probe.second))
    }

    /// A call whose answers are lost finds its own lease, or says that it does not know.
    public static let lostAnswersLoseNoKey = LockFaultLaw(
        "fault.lost",
        "A call whose request or answer is lost finds its lease or says unknown; the key is free again after the lease."
    ) { scene in
        let probe = scene.probe
        for fault in [LockFault.loseAnswer, .loseRequest] {
            for count in 1...6 {
                try await scene.inject(fault, count)
                let outcome = try await probe.acquire()
                try await scene.inject(fault, 0)
                switch outcome {
                case .acquired(let lease):
                    try await probe.demandBusy("the lease was found", from: probe.second)
                    try LawBreach.unless(try await probe.renew(lease), "a found lease is renewed", found: "not held")
                    try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release")
                case .unknown(let error):
                    try LawBreach.unlessEqual(error.effect, .unknown, "what is known of the call")
                case .busy:
                    throw LawBreach(expected: "a lease or an unknown outcome of a free key", found: "busy")
                }
                try await probe.release(try await probe.takeOver(from: probe.second))
            }
        }
    }

    /// A renewal that fails does not end the lease.
    public static let failedRenewalsEndNothing = LockFaultLaw(
        "fault.renew",
        "A renewal that fails is an error and no loss: the lease stands until its time is over and can be renewed."
    ) { scene in
        let probe = scene.probe
        for fault in LockFault.allCases {
            let lease = try await probe.take()
            try await probe.demandBusy("it is held", from: probe.second)
            probe.clock.advance(by: LockProbe.length / 2)
            try await scene.inject(fault, LockFaultLaws.outage)
            do {
                _ = try await probe.renew(lease)
                throw LawBreach(expected: "an error of the renewal", found: "an answer")
            } catch let error as LockError {
                try LawBreach.unless(error.isRetriable, "an error that can be retried", found: "\(error)")
            }
            try await scene.inject(fault, 0)
            try LawBreach.unless(lease.isHeld, "held until its time is over", found: lease.end.debugText)
            try LawBreach.unlessEqual(lease.remaining, LockProbe.length / 2, "the remaining time")
            try LawBreach.unless(try await probe.renew(lease), "renewed when the outage is over", found: "not held")
            try await probe.demandBusy("it is renewed", from: probe.second)
            try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release")
        }
    }

    /// A release that fails can be repeated, and the key is free after the lease in any case.
    public static let failedReleasesAreRepeatable = LockFaultLaw(
        "fault.release",
        "A release that fails is an error; repeated it frees the key, and without that the end of the lease does."
    ) { scene in
        let probe = scene.probe
        for fault in LockFault.allCases {
            for isRepeated in [true, false] {
                let lease = try await probe.take(["a", "b"])
                try await scene.inject(fault, LockFaultLaws.outage)
                do {
                    try await probe.release(lease)
                    throw LawBreach(expected: "an error of the release", found: "an answer")
                } catch let error as LockError {
                    try LawBreach.unless(error.isRetriable, "an error that can be retried", found: "\(error)")
                }
                try await scene.inject(fault, 0)
                if isRepeated {
                    try await probe.release(lease)
                    try await probe.release(try await probe.take(["a", "b"], from: probe.second))
                } else {
                    try await probe.release(try await probe.takeOver(["a", "b"], from: probe.second))
                }
            }
        }
    }

    /// Whatever fails, no key has two holders and no token goes back.
    public static let faultsMakeNoSecondHolder = LockFaultLaw(
        "fault.one-holder",
        "Whatever fails at 500 calls in a row, no two holders believe that they have one key, and tokens rise."
    ) { scene in
        let probe = scene.probe
        let random = SeededRandomSource(seed: 1)
        var last = FencingToken(0)
        var believed: [Lease] = []
        for round in 0..<500 {
            let fault = LockFault.allCases[Int(random.next() % 3)]
            try await scene.inject(fault, Int(random.next() % 5))
            do {
                switch random.next() % 4 {
                case 0:
                    if let lease = believed.last { _ = try await probe.renew(lease) }
                case 1:
                    if let lease = believed.last { try await probe.release(lease) }
                default:
                    let provider = round.isMultiple(of: 2) ? probe.first : probe.second
                    guard let lease = try await probe.acquire(from: provider).lease else { break }
                    let token = try probe.token(of: lease)
                    try LawBreach.unless(token > last, "a token above \(last.value)", found: "\(token.value)")
                    last = token
                    believed.append(lease)
                }
            } catch is LockError {
                // What was not applied or is unknown changes nothing that a holder may believe.
            }
            let holders = believed.filter(\.isHeld)
            try LawBreach.unless(holders.count <= 1, "one holder at a time", found: "\(holders.map(\.summary))")
            believed = holders
            if random.next().isMultiple(of: 3) { probe.clock.advance(by: LockProbe.length / 2) }
        }
    }
}
