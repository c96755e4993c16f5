import Foundation
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// Journals as earlier versions have written them, kept beside this file, are carried on by this one.
///
/// From the first release on a golden file is never changed: a form that no longer reads it has broken every saga in
/// flight. `MARKETPLACE_UPDATE_GOLDEN=1 swift test --filter GoldenJournalTests` writes the files anew.
struct GoldenJournalTests {
    /// One journal: how the trip went until its process died, and how it must end.
    struct Golden: CustomTestStringConvertible, Sendable {
        let name: String
        /// At which commit the process dies.
        let commit: Int
        let refused: String?
        let calls: [String]

        var testDescription: String { name }

        static let all = [
            Golden(name: "forward", commit: 3, refused: nil, calls: ["hotel", "pay", "mail"]),
            Golden(name: "backward", commit: 5, refused: "pay", calls: ["undo hotel", "undo flight"]),
        ]
    }

    @Test(arguments: Golden.all)
    func aJournalOfAnEarlierVersionIsCarriedOn(_ golden: Golden) async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "trip-1-\(golden.name).txt")
        if ProcessInfo.processInfo.environment["MARKETPLACE_UPDATE_GOLDEN"] != nil {
            try await write(golden).write(to: file, atomically: true, encoding: .utf8)
        }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let store = InMemoryStore()
        _ = try await store.commit(Self.transaction(lines))
        let world = TripWorld()
        if let refused = golden.refused { world.refuseAlways(refused) }
        let clock = ManualClock()
        let definition = tripDefinition(world)
        let coordinator = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 9)
        let recovery = try await coordinator.recover()
        #expect(recovery.refused.isEmpty)
        #expect(recovery.resumed.count == 1)
        let handle = try await coordinator.start(definition, TripState(traveller: "Ada"), key: "trip")
        let outcome = try await clock.advancing { try await handle.outcome() }
        #expect(world.calls == golden.calls)
        #expect(outcome.state.flight == "LH1")
    }

    /// Lets a process die, and writes down what it leaves: a line for the summary, and one for each entry.
    private func write(_ golden: Golden) async throws -> String {
        let clock = ManualClock()
        let base = InMemoryStore(wallClock: clock.wall, clock: clock)
        let world = TripWorld()
        if let refused = golden.refused { world.refuseAlways(refused) }
        let faulty = FaultInjectingStore(base)
        faulty.inject(.crashBefore, atCommit: golden.commit)
        let definition = tripDefinition(world)
        let doomed = TripFixture.coordinator(over: faulty, clock, [SagaRegistration(definition)])
        let handle = try await doomed.start(definition, TripState(traveller: "Ada"), key: "trip")
        _ = try? await clock.advancing { try await handle.outcome() }
        let summary = try #require(try await base.document(DocumentKey("$saga", "trip/trip")))
        let entries = try await base.events(in: StreamID("$saga", handle.id), from: .first, limit: 100)
        let lines = ["id \(handle.id)", "summary \(Self.text(of: summary.body))"]
        return (lines + entries.map { "entry \(Self.text(of: $0.payload))" }).joined(separator: "\n") + "\n"
    }

    /// The transaction that puts a golden file back into a store.
    private static func transaction(_ lines: [String]) throws -> Transaction {
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        var stream: StreamID?
        var drafts: [EventDraft] = []
        for line in lines {
            let parts = line.split(separator: " ").map(String.init)
            switch parts[0] {
            case "id": stream = StreamID("$saga", try SagaID(parsing: parts[1]))
            case "summary":
                let running = [IndexEntry("status", .text("running"), .integer(0))]
                let key = DocumentKey("$saga", "trip/trip")
                transaction.write(DocumentWrite(key, body: bytes(of: parts[1]), indexEntries: running))
            default:
                let id = EventID(bits: UInt128(drafts.count + 1))
                drafts.append(EventDraft(id: id, name: "saga.entry", payload: bytes(of: parts[1])))
            }
        }
        transaction.append(drafts, to: try #require(stream), expecting: .none)
        return transaction
    }

    private static func text(of bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
    }

    private static func bytes(of text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
