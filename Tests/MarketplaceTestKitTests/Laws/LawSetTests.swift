import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

struct LawSetTests {
    private struct Nuisance: Error {}

    private let laws = LawSet<Int>([
        Law("even", "The number is even.") { number, history in
            history.end(history.begin(), "looked at \(number)")
            guard number.isMultiple(of: 2) else { throw LawBreach(expected: "an even number", found: "\(number)") }
        },
        Law("small", "The number is below ten.") { number, _ in
            guard number < 10 else { throw Nuisance() }
        },
    ])

    @Test func allLawsHoldForASubjectThatKeepsThem() async throws {
        let made = Mutex(0)
        try await laws.check {
            made.withLock { $0 += 1 }
            return 4
        }
        #expect(made.withLock { $0 } == 2)
    }

    @Test func aViolationTellsTheLawTheFactsAndTheHistory() async throws {
        let violation = try #require(await #expect(throws: LawViolation.self) { try await laws.check { 7 } })
        #expect(violation.law == "even")
        #expect(violation.statement == "The number is even.")
        #expect(violation.expected == "an even number")
        #expect(violation.found == "7")
        #expect(violation.history == ["[1–2] looked at 7"])
        #expect(
            violation.description == """
                The law even is broken: The number is even.
                  expected: an even number
                  found:    7
                  calls:
                    [1–2] looked at 7
                """
        )
    }

    @Test func anyOtherErrorOfABodyIsAViolationToo() async {
        let violation = await #expect(throws: LawViolation.self) { try await laws.check { 12 } }
        #expect(violation?.law == "small")
        #expect(violation?.found == "Nuisance()")
    }

    @Test func anErrorOfTheFactoryIsThrownAsItIs() async {
        await #expect(throws: Nuisance.self) { try await laws.check { throw Nuisance() } }
    }

    @Test func aSkippedLawIsNotChecked() async throws {
        try await laws.check(skipping: [LawSkip("even", because: "odd by design")]) { 7 }
        #expect(try laws.skipping([LawSkip("even", because: "odd by design")]).names == ["small"])
    }

    @Test func aSkipThatNamesNoLawOrNoReasonIsAnError() async {
        await #expect(throws: LawSetError.unknownLaw("evne")) {
            try await laws.check(skipping: [LawSkip("evne", because: "odd by design")]) { 4 }
        }
        await #expect(throws: LawSetError.missingReason("even")) {
            try await laws.check(skipping: [LawSkip("even", because: " ")]) { 4 }
        }
    }

    @Test func aStoreThatIsKnownNotToKeepALawIsCheckedForAllOthers() async throws {
        let withoutHeaders = PlantedBugs.streams[0]
        let skip = LawSkip(withoutHeaders.law.name, because: "the table has no column for headers yet")
        try await StoreLaws.all.check(skipping: [skip]) { withoutHeaders.make() }
        let violation = await #expect(throws: LawViolation.self) {
            try await StoreLaws.all.check { withoutHeaders.make() }
        }
        #expect(violation?.law == "stream.whole-events")
    }

    @Test func theHistoryKeepsTheLastCallsAndSaysHowManyWereBefore() {
        let history = LawHistory()
        for number in 1...1_000 { history.end(history.begin(), "call \(number)") }
        #expect(history.lines.count == LawHistory.maximumLength + 1)
        #expect(history.lines.first == "… 800 calls before")
        #expect(history.lines.last == "[1999–2000] call 1000")
    }

    @Test func namesAreUniqueAndStatementsAreSentences() {
        let laws: [(name: String, statement: String)] =
            facts(of: StoreLaws.all) + facts(of: NamespaceLaws.all) + facts(of: ChangeSignalLaws.all)
            + facts(of: DurableStoreLaws.all) + facts(of: StoreFaultLaws.all) + facts(of: HeldCommitLaws.all)
            + facts(of: LockLaws.all) + facts(of: FairLockLaws.all) + facts(of: RemoteLockLaws.all)
            + facts(of: LockFaultLaws.all) + facts(of: MessageBusLaws.all) + facts(of: DeadLetterBusLaws.all)
        #expect(Set(laws.map(\.name)).count == laws.count)
        for law in laws { #expect(law.statement.hasSuffix("."), "\(law.name)") }
    }

    private func facts<Subject>(of laws: LawSet<Subject>) -> [(name: String, statement: String)] {
        laws.map { ($0.name, $0.statement) }
    }
}
