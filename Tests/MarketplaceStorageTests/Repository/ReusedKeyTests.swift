import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// A key names one command: repeated it is answered, with another command it is refused.
struct ReusedKeyTests {
    private let store = InMemoryStore(receiptRetention: .zero)
    private let identifiers = SeededIdentifiers(seed: 1)

    private var accounts: Repository<Account> {
        Repository(of: Account.self, in: store, codec: .json, identifiers: identifiers)
    }

    /// Expects that the key is said to be reused, and that the account is as it was.
    private func expectReuse<Answer>(
        of key: IdempotencyKey = "k",
        _ body: () async throws(RepositoryError<Account.Rejection>) -> Answer
    ) async throws {
        let before = try await accounts.load("a").version
        do throws(RepositoryError<Account.Rejection>) {
            _ = try await body()
            Issue.record("answered")
        } catch {
            guard case .store(.conflict(.commandKeyReused(key, in: StreamID("account", "a")))) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.effect == .refused)
            #expect("\(error)".contains("the key k has named another command in stream account/a"))
        }
        #expect(try await accounts.load("a").version == before)
    }

    @Test func anotherCommandUnderAUsedKeyIsRefused() async throws {
        try await accounts.handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        try await expectReuse { () async throws(RepositoryError<Account.Rejection>) in
            try await accounts.handle(.deposit([6]), on: "a", key: "k", at: .epoch)
        }
        try await expectReuse { () async throws(RepositoryError<Account.Rejection>) in
            try await accounts.handle(.close, on: "a", key: "k", at: .epoch)
        }
        #expect(try await accounts.handle(.deposit([5]), on: "a", key: "k", at: .epoch).isRepetition)
    }

    @Test func ofTwoCommandsThatRaceUnderOneKeyTheSlowerIsRefused() async throws {
        // A store that remembers its receipts.
        let base = InMemoryStore()
        let rival = Repository(of: Account.self, in: base, codec: .json, identifiers: identifiers)
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                guard number == 1 else { return }
                await #expect(throws: Never.self) {
                    try await rival.handle(.deposit([5]), on: "a", key: "k", at: .epoch)
                }
            }
        )
        let accounts = Repository(of: Account.self, in: overtaken, codec: .json, identifiers: identifiers)
        let error = await #expect(throws: RepositoryError<Account.Rejection>.self) {
            try await accounts.handle(.deposit([6]), on: "a", key: "k", at: .epoch)
        }
        guard case .store(.conflict(.commandKeyReused("k", in: StreamID("account", "a")))) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // The same command is answered as a repetition is, whoever was quicker.
        let same = try await accounts.handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        #expect(same.isRepetition && same.version == .first)
    }

    @Test func theSameKeyNamesAnotherCommandOfAnotherAggregate() async throws {
        try await accounts.handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        let other = try await accounts.handle(.close, on: "b", key: "k", at: .epoch)
        #expect(!other.isRepetition)
    }

    @Test func fewerMoreOrOtherCommandsUnderAUsedKeyAreRefused() async throws {
        try await accounts.handle(on: "a", key: "k", at: .epoch) { _ in [.deposit([5]), .close] }
        for commands in [[.deposit([5])], [.close, .deposit([5])], [.deposit([5]), .close, .close], []]
            as [[Account.Command]]
        {
            try await expectReuse { () async throws(RepositoryError<Account.Rejection>) in
                try await accounts.handle(on: "a", key: "k", at: .epoch) { _ in commands }
            }
        }
    }

    @Test func commandsThatDependOnTheAggregateAreComparedAsTheyWereFirstChosen() async throws {
        let choose: (Account) -> [Account.Command] = { [.deposit([$0.cents + 1])] }
        try await accounts.handle(.deposit([5]), on: "a", key: "before", at: .epoch)
        try await accounts.handle(on: "a", key: "k", at: .epoch, commands: choose)
        try await accounts.handle(.deposit([7]), on: "a", key: "after", at: .epoch)
        #expect(try await accounts.handle(on: "a", key: "k", at: .epoch, commands: choose).isRepetition)
        try await expectReuse { () async throws(RepositoryError<Account.Rejection>) in
            try await accounts.handle(on: "a", key: "k", at: .epoch) { [.deposit([$0.cents + 2])] }
        }
    }

    @Test func anotherCommandForSomebodyElsesTransactionIsRefused() async throws {
        try await accounts.handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        try await expectReuse { () async throws(RepositoryError<Account.Rejection>) in
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            return try await accounts.add(to: &transaction, on: "a", key: "k") { _ in [.close] }
        }
    }

    @Test func whatWasRecordedWithoutADigestIsAnsweredByItsKey() async throws {
        let reader = EventReader<AccountEvent>(codec: .json)
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let draft = try reader.draft(.deposited(Deposited(cents: 5, note: nil)), id: identifiers.next(), command: "k")
        transaction.append([draft], to: StreamID("account", "a"), expecting: .none)
        _ = try await store.commit(transaction)
        #expect(try await accounts.handle(.close, on: "a", key: "k", at: .epoch).isRepetition)
    }

    @Test func theDigestOfACommandIsTheSameInEveryRelease() async throws {
        try await accounts.handle(.deposit([5, -7]), on: "a", key: "k", at: .epoch)
        let events = try await store.events(in: StreamID("account", "a"), from: .first, limit: 1)
        let bits = try #require(events.first?.commandDigest?.bits)
        #expect(String(bits, radix: 16) == "ac87cfd3fac01bec18825c4a88bd480f")
    }
}
