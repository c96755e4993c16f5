import ExampleSupport
import Marketplace
import MarketplaceDayKit

/// Days that were played on a store in memory, with what they left behind.
struct PlayedDays {
    let world: DayWorld
    let history: DayHistory
    let evidence: DayEvidence

    init(days: Int, members: Int = 20, seed: UInt64) async throws {
        world = try DayWorld(seed: seed, store: InMemoryStore())
        let plan = DayPlan(DaySettings(days: days, members: members, seed: seed))
        history = try await DayRun(plan, in: world).run()
        evidence = try await DayEvidence(from: world)
    }

    /// What is broken of these days, by name, with the evidence as it is or changed.
    func broken(_ change: (inout DayEvidence) -> Void = { _ in }) throws -> [String] {
        var evidence = evidence
        change(&evidence)
        return try DayAudit(history, evidence).checks.filter { !$0.hasPassed }.map { "\($0.name): \($0.finding)" }
    }

    /// The whole story.
    var story: [String] { history.days.flatMap(\.story) }
}
