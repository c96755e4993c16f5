import ExampleSupport
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceTestKit
import Testing
import TripBookingKit

struct TripOfficeTests {
    private static func run(
        _ scenario: TripScenario,
        decision: OperatorDecision = .retry
    ) async throws -> TripReport {
        let clock = ManualClock()
        let office = TripOffice(scenario, decision: decision, wallClock: clock.wall, clock: clock)
        return try await clock.advancing { try await office.run() }
    }

    private static func requests(_ report: TripReport, _ supplier: Supplier) -> [String] {
        report.calls.filter { $0.supplier == supplier }.map(\.request)
    }

    private static func states(_ report: TripReport) -> [String: SagaStepState] {
        Dictionary(uniqueKeysWithValues: report.timeline.steps.map { ($0.name, $0.state) })
    }

    @Test func aTripWithoutTroublesIsBookedOnceEverywhere() async throws {
        let report = try await Self.run(.success)
        #expect(report.ending == .booked)
        #expect(report.bookedWith == Set(Supplier.allCases))
        #expect(report.calls.count == Supplier.allCases.count)
        #expect(report.state.tickets != nil)
        #expect(report.sagas.map(\.status) == [.completed])
    }

    @Test func aFlightIsCancelledWhenTheHotelRefuses() async throws {
        let report = try await Self.run(.refusal)
        #expect(report.ending == .undone)
        #expect(report.bookedWith.isEmpty)
        #expect(Self.requests(report, .airline) == ["book", "cancel"])
        #expect(Self.requests(report, .hotel) == ["book"])
        #expect(Self.requests(report, .cars).isEmpty)
        #expect(Self.states(report)["book flight"] == .undone)
        #expect(Self.states(report)["book hotel"] == .notDone)
    }

    @Test func aLostAnswerIsAskedForAndNothingIsBookedTwice() async throws {
        let report = try await Self.run(.unknown)
        #expect(report.ending == .booked)
        #expect(Self.requests(report, .airline) == ["book", "find"])
        #expect(report.state.flight != nil)
    }

    @Test func aTripIsStuckUntilAnOperatorDecides() async throws {
        let report = try await Self.run(.stuck, decision: .nothing)
        #expect(report.ending == .stuck)
        #expect(report.bookedWith == [.airline, .hotel])
        #expect(Self.requests(report, .hotel) == ["book", "cancel", "cancel", "cancel"])
        #expect(Self.states(report)["book hotel"] == .stuck)
        #expect(report.sagas.map(\.status) == [.stuck])
    }

    @Test(arguments: [OperatorDecision.retry, .markCompensated])
    func anOperatorMovesAStuckTripOn(_ decision: OperatorDecision) async throws {
        let report = try await Self.run(.stuck, decision: decision)
        #expect(report.ending == .undone)
        #expect(report.bookedWith.isEmpty)
        let operated = try #require(report.timeline.entries.first { $0.event == "operated" })
        #expect(operated.actor == "kim")
        #expect(operated.reason != nil)
    }

    @Test func anotherWorkerTakesOverAndNoCarIsBookedTwice() async throws {
        let report = try await Self.run(.takeover)
        #expect(report.ending == .booked)
        #expect(Self.requests(report, .cars) == ["book", "book"])
        #expect(report.calls.filter { $0.supplier == .cars }.last?.result == "CA-102, booked before")
        let claim = try #require(report.timeline.entries.first { $0.event == "claimed" })
        #expect(claim.actor == "grace")
        #expect(report.timeline.startedAt.duration(to: claim.time) >= .milliseconds(250))
    }

    @Test func aStoreTakesOneTripAndKeepsIt() async throws {
        let clock = ManualClock()
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let office = TripOffice(.success, store: store, wallClock: clock.wall, clock: clock)
        #expect(try await !office.isBookedBefore)
        _ = try await clock.advancing { try await office.run() }
        #expect(try await TripOffice(.refusal, store: store, wallClock: clock.wall, clock: clock).isBookedBefore)
    }

    @Test(arguments: TripScenario.allCases)
    func everyScenarioCanBeDrawnAndIsExplained(_ scenario: TripScenario) async throws {
        let report = try await Self.run(scenario)
        #expect(report.timeline.svg.hasSuffix("</svg>\n"))
        #expect(report.timeline.mermaid.hasPrefix("flowchart TD\n"))
        #expect(report.definition.contains("charge card"))
        let help = TripOptions.command.helpText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(help.contains("\(scenario.rawValue): \(scenario.summary)"))
    }

    @Test func theExitCodesAreThoseOfTheHelp() {
        #expect(TripEnding.allCases.map(\.exitCode) == [0, 3, 4])
        let help = TripOptions.command.helpText
        for code in TripEnding.allCases.map(\.exitCode) + [64, 73] { #expect(help.contains("\(code)")) }
    }
}
