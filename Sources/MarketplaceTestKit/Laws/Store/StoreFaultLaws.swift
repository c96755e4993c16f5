import MarketplaceCore
import MarketplaceStorage

/// A law of stores whose commits fail.
public typealias StoreFaultLaw = Law<FaultyStoreSite>

/// The laws that a store keeps besides those of ``StoreLaws`` when its database is reached over something that can
/// fail.
public enum StoreFaultLaws {
    /// All of them.
    public static let all = LawSet([
        outagesApplyNothing, unknownOutcomesAreResolved, unknownOutcomesAreResolvedLater, unknownIDsKeepTheirContent,
        interruptionsLeaveNoHalf, lostAnswersBesideOthersAreResolved,
    ])

    /// How many commits in a row fail where a law wants a call to fail: more than any store tries again by itself.
    static let outage = 20
    /// After how many statements a commit is over in any store.
    private static let mostStatements = 1_000

    /// When there is no connection a commit is not applied, and can be made when there is one again.
    public static let outagesApplyNothing = StoreFaultLaw(
        "store-fault.refused",
        "When there is no connection a commit is reported as not applied and to be retried; it changes nothing, and its "
            + "id can be used again, with the same content or with other."
    ) { faulty in
        let probe = faulty.probe
        for isSame in [true, false] {
            let transaction = probe.transaction { fill(&$0, probe) }
            let before = try await probe.store.counter("a")
            let outcome = try await faulty.during(.refuse, outage) { try await faulty.commit(transaction) }
            try LawBreach.unlessEqual(outcome, .notApplied, "the outcome without a connection")
            // Whatever is committed next must not bring it along.
            try await probe.commit { $0.add(1, to: "other") }
            try LawBreach.unlessEqual(try await probe.store.counter("a"), before, "the counter")
            var second = transaction
            if !isSame { second.add(1, to: "b") }
            _ = try await probe.store.commit(second)
            try LawBreach.unlessEqual(
                try await probe.store.counter("a"),
                before + 1,
                "the counter after the repetition"
            )
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 2, "how many events there are")
    }

    /// A lost request or answer is unknown until the same transaction is committed again.
    public static let unknownOutcomesAreResolved = StoreFaultLaw(
        "store-fault.unknown",
        "A commit whose request or answer is lost, however often, is never reported as the opposite of what happened; "
            + "repeated it is applied once, and every repetition has one receipt."
    ) { faulty in
        let probe = faulty.probe
        var applied = 0
        for fault in [StoreFault.loseAnswer, .loseRequest] {
            for count in [1, 2, 3, outage] {
                let transaction = probe.transaction { fill(&$0, probe) }
                let outcome = try await faulty.during(fault, count) { try await faulty.commit(transaction) }
                let found = try await probe.events(in: stream).count - applied
                switch outcome {
                case .applied: try LawBreach.unlessEqual(found, 1, "how many new events the receipt is for")
                case .notApplied: try LawBreach.unlessEqual(found, 0, "how many new events there are of what failed")
                case .unknown: try LawBreach.unless((0...1).contains(found), "one new event at most", found: "\(found)")
                }
                applied += 1
                let receipt = try await probe.store.commit(transaction)
                if case .applied(let first) = outcome { try LawBreach.unlessEqual(receipt, first, "the first receipt") }
                try LawBreach.unlessEqual(receipt.counters, [Int64(applied)], "the counter of the receipt")
                let again = try await probe.store.commit(transaction)
                try LawBreach.unlessEqual(again, receipt, "the first receipt")
                try LawBreach.unlessEqual(
                    try await probe.events(in: stream).count,
                    applied,
                    "how many events there are"
                )
                try LawBreach.unlessEqual(try await probe.feed().count, applied, "how many events the feed has")
                let counter = try await probe.store.counter("a")
                try LawBreach.unlessEqual(Int(counter), applied, "the counter")
            }
        }
    }

    /// What was unknown is told by a repetition after others have changed everything.
    public static let unknownOutcomesAreResolvedLater = StoreFaultLaw(
        "store-fault.unknown-later",
        "A commit whose answer was lost is told by repeating it, with its first receipt, after others have changed or "
            + "deleted what it touched."
    ) { faulty in
        let probe = faulty.probe
        let document = DocumentKey("law", "a")
        let transaction = probe.transaction { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .none)
            transaction.write(DocumentWrite(document, body: [1], expecting: .absent, uniqueKeys: ["k"]))
            transaction.add(1, to: "a", ceiling: 1)
        }
        let outcome = try await faulty.during(.loseAnswer) { try await faulty.commit(transaction) }
        try LawBreach.unless(outcome != .notApplied, "applied or unknown", found: "not applied")
        try await probe.commit { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .exactly(.first))
            transaction.delete(document)
            transaction.add(5, to: "a")
        }
        let receipt = try await probe.store.commit(transaction)
        try LawBreach.unlessEqual(receipt.versions, [.first], "the version of the first receipt")
        try LawBreach.unlessEqual(receipt.counters, [1], "the counter of the first receipt")
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 6, "the counter")
        try LawBreach.unlessEqual(try await probe.store.document(document), nil, "the deleted document")
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 2, "how many events there are")
    }

    /// The id of an unknown commit is good for its own content, and for other content only when it was not applied.
    public static let unknownIDsKeepTheirContent = StoreFaultLaw(
        "store-fault.other-content",
        "The id of a commit whose answer was lost is refused for other content; that of one whose request was lost is "
            + "free for it."
    ) { faulty in
        let probe = faulty.probe
        let lost = probe.transaction { $0.add(1, to: "a") }
        _ = try await faulty.during(.loseAnswer) { try await faulty.commit(lost) }
        var other = Transaction(id: lost.id, time: lost.time)
        other.add(2, to: "a")
        try await probe.refuse(other, as: .transactionReused(lost.id))
        let unsent = probe.transaction { $0.add(1, to: "b") }
        let outcome = try await faulty.during(.loseRequest, outage) { try await faulty.commit(unsent) }
        try LawBreach.unless(outcome == .notApplied || outcome == .unknown, "no receipt", found: "\(outcome)")
        var free = Transaction(id: unsent.id, time: unsent.time)
        free.add(2, to: "b")
        _ = try await probe.store.commit(free)
        let values = try await probe.store.counters(["a", "b"])
        try LawBreach.unlessEqual(values, ["a": 1, "b": 2], "the counters")
    }

    /// A commit that is interrupted anywhere is applied as a whole or not at all.
    public static let interruptionsLeaveNoHalf = StoreFaultLaw(
        "store-fault.interrupted",
        "A commit whose connection is lost after any of its statements is applied as a whole or not at all, as its "
            + "outcome says, and once when it is repeated."
    ) { faulty in
        let scene = try await AtomicityScene(faulty.probe)
        var appended = 0
        for statements in 0..<mostStatements {
            let before = try await scene.snapshot()
            let transaction = faulty.probe.transaction { transaction in
                scene.addRepeatableParts(to: &transaction, round: appended)
            }
            let fault = StoreFault.interrupt(afterStatements: statements)
            let (outcome, fired) = try await faulty.duringAny(fault, 1) { try await faulty.commit(transaction) }
            let after = try await scene.snapshot()
            _ = try await faulty.probe.store.commit(transaction)
            appended += 1
            let end = try await scene.snapshot()
            try LawBreach.unless(end != before, "a repetition that applies it", found: "everything as before")
            let due =
                switch outcome {
                case .applied: [end]
                case .notApplied: [before]
                case .unknown: [before, end]
                }
            try LawBreach.unless(
                due.contains(after),
                "all or nothing, as the outcome says, after the connection was lost behind \(statements) statements",
                found: "\(after), \(outcome)"
            )
            _ = try await faulty.probe.store.commit(transaction)
            try LawBreach.unlessEqual(try await scene.snapshot(), end, "everything as it was after a second repetition")
            guard fired > 0 else {
                try LawBreach.unless(statements > 0, "a commit of one statement or more", found: "none was interrupted")
                return
            }
        }
        throw LawBreach(expected: "a commit of at most \(mostStatements) statements", found: "more")
    }

    /// Whatever is lost while many commit at once, each of them is applied once.
    public static let lostAnswersBesideOthersAreResolved = StoreFaultLaw(
        "store-fault.at-once",
        "Whatever fails while many commit at once, each is told its own outcome and, repeated until it is known, is "
            + "applied once."
    ) { faulty in
        let probe = faulty.probe
        let faults: [StoreFault] = [.loseAnswer, .loseRequest, .refuse, .interrupt(afterStatements: 1)]
        for (round, fault) in (faults + faults).enumerated() {
            let transactions = (0..<12).map { number in
                probe.transaction { transaction in
                    transaction.append(probe.drafts(1), to: stream, expecting: .any)
                    transaction.add(1, to: TextKey(EventID(bits: UInt128(round * 100 + number))), ceiling: 1)
                }
            }
            _ = try await faulty.duringAny(fault, 1 + round) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for transaction in transactions {
                        group.addTask {
                            for _ in 0..<outage {
                                if case .applied = try await faulty.commit(transaction) { return }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            for transaction in transactions {
                let receipt = try await probe.store.commit(transaction)
                try LawBreach.unlessEqual(receipt.counters, [1], "the counter of the receipt")
            }
            let events = try await probe.events(in: stream)
            try LawBreach.unlessEqual(events.count, 12 * (round + 1), "how many events there are")
            try LawBreach.unlessEqual(Set(events.map(\.id)).count, events.count, "how many of them are different")
        }
    }

    private static let stream = StreamID("law", "a")

    private static func fill(_ transaction: inout Transaction, _ probe: StoreProbe) {
        transaction.append(probe.drafts(1), to: stream, expecting: .any)
        transaction.write(DocumentWrite(DocumentKey("law", "a"), body: [1], uniqueKeys: ["k"]))
        transaction.add(1, to: "a")
    }
}
