import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// A process that dies before or after any journal write, forwards and backwards, changes nothing about the end.
struct CrashTests {
    /// A step that is refused, and what the saga must have done in the end.
    struct Scenario: CustomTestStringConvertible, Sendable {
        let refused: String?
        let undone: [String]

        var testDescription: String { refused.map { "\($0) is refused" } ?? "all goes well" }

        static let all = [
            Scenario(refused: nil, undone: []),
            Scenario(refused: "flight", undone: []),
            Scenario(refused: "hotel", undone: ["undo flight"]),
            Scenario(refused: "pay", undone: ["undo hotel", "undo flight"]),
        ]
    }

    @Test(arguments: Scenario.all, [CommitFault.crashBefore, .crashAfter])
    func aCrashAtAnyJournalWriteIsRecoveredFrom(_ scenario: Scenario, _ fault: CommitFault) async throws {
        var number = 1
        while try await crashes(at: number, fault, scenario) { number += 1 }
        #expect(number > 2, "no crash came about")
    }

    @Test(arguments: Scenario.all, [CommitFault.loseAnswer, .loseRequest])
    func aJournalWriteOfUnknownOutcomeIsResolved(_ scenario: Scenario, _ fault: CommitFault) async throws {
        var number = 1
        while try await crashes(at: number, fault, scenario) { number += 1 }
        #expect(number > 2, "no fault came about")
    }

    /// Runs the saga with a fault at one commit, restarts, and checks the end; false when there was no such commit.
    private func crashes(at number: Int, _ fault: CommitFault, _ scenario: Scenario) async throws -> Bool {
        let clock = ManualClock()
        let base = InMemoryStore(wallClock: clock.wall, clock: clock)
        let world = TripWorld()
        if let refused = scenario.refused { world.refuseAlways(refused) }
        let definition = tripDefinition(world)
        let faulty = FaultInjectingStore(base)
        faulty.inject(fault, atCommit: number)
        let input = TripState(traveller: "Ada")

        let doomed = TripFixture.coordinator(over: faulty, clock, [SagaRegistration(definition)])
        let first = try? await doomed.start(definition, input, key: "trip")
        _ = try? await clock.advancing { try await first?.outcome() }
        guard faulty.unfiredFaults.isEmpty else { return false }

        let successor = TripFixture.coordinator(over: base, clock, [SagaRegistration(definition)], seed: 2)
        let recovery = try await successor.recover()
        #expect(recovery.refused.isEmpty)
        let handle = try await successor.start(definition, input, key: "trip")
        let outcome = try await clock.advancing { try await handle.outcome() }
        check(outcome, world, scenario, after: fault, "\(fault) at commit \(number)")
        return true
    }

    private func check(
        _ outcome: SagaOutcome<TripState>,
        _ world: TripWorld,
        _ scenario: Scenario,
        after fault: CommitFault,
        _ place: String
    ) {
        switch outcome {
        case .completed(let state):
            #expect(scenario.refused == nil, "\(place)")
            let whole = TripState(traveller: "Ada", flight: "LH1", hotel: "Ritz", payment: "paid", isMailed: true)
            #expect(state == whole, "\(place)")
        case .aborted(_, let abort):
            #expect(abort.step == scenario.refused, "\(place)")
        case .stuck(_, let stuck):
            Issue.record("stuck at \(place): \(stuck)")
        }
        let undone = world.calls.filter { $0.hasPrefix("undo") }.removingRepetitions()
        // What was under way when a process died may have happened, though the next process is refused it.
        let step = scenario.refused == "pay" ? nil : scenario.refused
        let isInDoubt = fault.isCrash && undone.first == step.map { "undo \($0)?" }
        #expect((isInDoubt ? Array(undone.dropFirst()) : undone) == scenario.undone, "\(place)")
        for call in Set(world.calls) { #expect(world.keys(of: call).count == 1, "\(call) at \(place)") }
    }
}

extension CommitFault {
    fileprivate var isCrash: Bool { self == .crashBefore || self == .crashAfter }
}

extension [String] {
    /// The elements without those that repeat the one before: a step may be performed again after a crash.
    func removingRepetitions() -> [String] {
        reduce(into: []) { kept, element in
            if kept.last != element { kept.append(element) }
        }
    }
}
