import Marketplace
import MarketplaceTestKit
import Testing

struct LocksGuide {
    @Test func aStaleHolderIsRefusedByTheFence() async throws {
        // guide: Locks
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let locks = StoreLockProvider(store: store, identifiers: identifiers, wallClock: clock)

        let price = try await locks.withLease(LockKeys("price/espresso"), lease: .minutes(2)) { lease in
            var transaction = Transaction(id: identifiers.next(), time: clock.now)
            transaction.write(DocumentWrite(DocumentKey("prices", "espresso"), body: Array("4500".utf8)))
            transaction.require(lease)  // refused if somebody else has been given the key since
            return try await store.commit(transaction)
        }
        // end of guide
        #expect(price.revisions.count == 1)

        // guide: By hand
        switch try await locks.acquire(LockKeys("price/espresso"), lease: .minutes(2), wait: .seconds(2)) {
        case .acquired(let lease):
            print("held for \(lease.remaining) more")
            _ = try await lease.renew(for: .seconds(10))
            try await lease.release()
        case .busy:
            print("somebody else holds it")
        case .unknown(let error):
            print("perhaps held until the lease runs out: \(error)")
        }
        // end of guide

        // guide: Several keys
        let keys = try LockKeys(["stock/a", "stock/b"])  // together or not at all, in one order for everybody
        // end of guide
        #expect(keys.sorted == ["stock/a", "stock/b"])
    }

    // guide: Writing an adapter
    @Test(arguments: LockLaws.all)
    func everyLawOfLocksHolds(_ law: LockLaw) async throws {
        try await law.check {
            let store = InMemoryStore()  // what your adapter keeps its locks in, empty
            let identifiers = SeededIdentifiers(seed: 1)
            return LockSite(attention: StoreLockProvider.defaultPoll) { clock in
                StoreLockProvider(store: store, identifiers: identifiers, wallClock: clock.wall, clock: clock)
            }
        }
    }
    // end of guide
}
