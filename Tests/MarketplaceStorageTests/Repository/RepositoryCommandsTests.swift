import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct RepositoryCommandsTests {
    private let store = InMemoryStore()
    private let identifiers = SeededIdentifiers(seed: 1)

    private var accounts: Repository<Account> {
        Repository(of: Account.self, in: store, codec: .json, identifiers: identifiers)
    }

    @Test func severalCommandsAreDecidedOneAfterTheOtherAndRecordedAtOnce() async throws {
        let outcome = try await accounts.handle(on: "a", key: "k", at: .epoch) { _ in [.deposit([5]), .close] }
        #expect(outcome.version == StreamVersion(2))
        #expect(outcome.root.isClosed)
        let again = try await accounts.handle(on: "a", key: "k", at: .epoch) { _ in [.deposit([5]), .close] }
        #expect(again.isRepetition)
        #expect(again.events == outcome.events)
    }

    @Test func whenOneCommandIsRejectedNoneIsRecorded() async throws {
        await #expect(throws: RepositoryError<Account.Rejection>.self) {
            try await accounts.handle(on: "a", key: "k", at: .epoch) { _ in [.deposit([5]), .close, .deposit([1])] }
        }
        #expect(try await !accounts.load("a").exists)
    }

    @Test func theCommandsAreChosenForTheAggregateAsItIs() async throws {
        try await accounts.handle(.deposit([5]), on: "a", key: "first", at: .epoch)
        let outcome = try await accounts.handle(on: "a", key: "second", at: .epoch) { account in
            account.cents == 5 ? [.close] : []
        }
        #expect(outcome.root.isClosed)
    }

    @Test func commandsJoinATransactionOfSomebodyElses() async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(1, to: "deposits")
        let outcome = try await accounts.add(to: &transaction, on: "a", key: "k") { _ in [.deposit([5]), .deposit([6])]
        }
        #expect(outcome.root.cents == 11)
        #expect(try await !accounts.load("a").exists, "nothing is recorded before the commit")
        _ = try await store.commit(transaction)
        #expect(try await accounts.load("a").root.cents == 11)
        #expect(try await store.counter("deposits") == 1)

        var repeated = Transaction(id: identifiers.next(), time: .epoch)
        let again = try await accounts.add(to: &repeated, on: "a", key: "k") { _ in [.deposit([5]), .deposit([6])] }
        #expect(again.isRepetition)
        #expect(repeated.isEmpty)
    }

    @Test func whoeverCommitsLaterFindsThatTheStreamHasMoved() async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        try await accounts.add(to: &transaction, on: "a", key: "late") { _ in [.deposit([5])] }
        try await accounts.handle(.deposit([1]), on: "a", key: "early", at: .epoch)
        let late = transaction
        let error = await #expect(throws: StoreError.self) { try await store.commit(late) }
        #expect(error?.effect == .notApplied)
    }

    @Test func anEventIsReadFromItsMessage() async throws {
        let reader = EventReader<AccountEvent>(codec: .json)
        func message(_ name: String, _ version: Int, _ payload: String) -> Message {
            Message(
                id: MessageID(bits: 1),
                topic: "account",
                key: "a",
                name: name,
                schemaVersion: version,
                payload: Array(payload.utf8),
                time: .epoch
            )
        }
        guard case .deposited(let deposited) = try reader.read(message("Deposited", 1, #"{"euros":3}"#)) else {
            Issue.record("not read")
            return
        }
        #expect(deposited.cents == 300)
        #expect(try reader.read(message("SomethingElse", 1, "")) == nil)
        for broken in [message("Deposited", 2, "?"), message("Deposited", 9, "{}")] {
            let error = #expect(throws: MessageReadingError.self) { try reader.read(broken) }
            #expect(error?.effect == .refused)
        }
    }
}
