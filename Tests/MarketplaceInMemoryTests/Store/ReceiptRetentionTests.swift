import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct ReceiptRetentionTests {
    private let clock = ManualClock()
    private let store: InMemoryStore

    init() {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
    }

    private func transaction(_ number: UInt128, adding delta: Int64 = 1) -> Transaction {
        var transaction = Transaction(id: TransactionID(bits: number), time: .epoch)
        transaction.add(delta, to: "counter")
        return transaction
    }

    @Test func anEmptyTransactionCommitsAndLeavesTheFeedAtItsStart() async throws {
        let receipt = try await store.commit(Transaction(id: TransactionID(bits: 1), time: .epoch))
        #expect(receipt.position == .start)
    }

    @Test func aRepetitionIsRecognisedForADay() async throws {
        let first = try await store.commit(transaction(1))
        clock.advance(by: .hours(24) - .nanoseconds(1_000))
        #expect(try await store.commit(transaction(1)) == first)
        await #expect(throws: StoreError.conflict(.transactionReused(TransactionID(bits: 1)))) {
            try await store.commit(transaction(1, adding: 2))
        }
        #expect(try await store.counter("counter") == 1)
    }

    @Test func anIDIsForgottenAfterADayWithoutAnyCommitInBetween() async throws {
        _ = try await store.commit(transaction(1))
        clock.advance(by: .hours(24))
        #expect(try await store.commit(transaction(1, adding: 2)).counters == [3])
        // The id is remembered again, from its second use on.
        clock.advance(by: .hours(23))
        #expect(try await store.commit(transaction(1, adding: 2)).counters == [3])
        #expect(try await store.counter("counter") == 3)
    }

    @Test func eachIDIsForgottenInItsOwnTime() async throws {
        for number in 1...100 {
            _ = try await store.commit(transaction(UInt128(number)))
            clock.advance(by: .hours(1))
        }
        // The last 23 are younger than a day.
        for number in 1...100 {
            let isKnown = number > 77
            var other = transaction(UInt128(number), adding: 2)
            other.require(.stream(StreamID("never", "there"), at: .first))
            let error = await #expect(throws: StoreError.self) { try await store.commit(other) }
            #expect((error == .conflict(.transactionReused(TransactionID(bits: UInt128(number))))) == isKnown)
        }
    }

    @Test func aWallClockThatIsSetBackForgetsNothing() async throws {
        let first = try await store.commit(transaction(1))
        clock.setWallTime(.distantPast)
        _ = try await store.commit(transaction(2))
        #expect(try await store.commit(transaction(1)) == first)
    }

    @Test func theRetentionCanBeChosen() async throws {
        let brief = InMemoryStore(wallClock: clock.wall, clock: clock, receiptRetention: .seconds(1))
        _ = try await brief.commit(transaction(1))
        clock.advance(by: .seconds(1))
        #expect(try await brief.commit(transaction(1)).counters == [2])
    }
}
