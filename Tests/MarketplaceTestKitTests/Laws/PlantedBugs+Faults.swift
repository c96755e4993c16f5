import MarketplaceCore
import MarketplaceInMemory
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let faults: [PlantedBug<FaultyStoreSite>] = [
        PlantedBug(StoreFaultLaws.outagesApplyNothing, "an outage is reported as an unknown outcome") {
            faultySite { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .notApplied(let failure) = error else { throw error }
                    throw .unknown(failure)
                }
            }
        },
        PlantedBug(StoreFaultLaws.outagesApplyNothing, "what was refused is kept and sent later") {
            let kept = Shared<[Transaction]>([])
            return faultySite { (transaction, base) async throws(StoreError) in
                let late = kept.withLock { kept in
                    defer { kept = [] }
                    return kept
                }
                do throws(StoreError) {
                    for earlier in late where earlier.id != transaction.id { _ = try await base.commit(earlier) }
                    return try await base.commit(transaction)
                } catch {
                    kept.withLock { $0 = late + [transaction] }
                    throw error
                }
            }
        },
        PlantedBug(StoreFaultLaws.unknownOutcomesAreResolved, "a lost answer is reported as not applied") {
            faultySite { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .unknown(let failure) = error else { throw error }
                    throw .notApplied(failure)
                }
            }
        },
        PlantedBug(StoreFaultLaws.unknownOutcomesAreResolved, "a repetition is applied anew") {
            let identifiers = SeededIdentifiers(seed: 99)
            return faultySite(over: AlteredStore.rewriting { $0.changing(id: identifiers.next()) })
        },
        PlantedBug(StoreFaultLaws.unknownOutcomesAreResolvedLater, "only the last transaction is remembered") {
            let identifiers = SeededIdentifiers(seed: 99)
            let last = Shared<TransactionID?>(nil)
            return faultySite(
                over: AlteredStore.rewriting { transaction in
                    let isLast = last.withLock { last in
                        defer { last = transaction.id }
                        return last == transaction.id
                    }
                    return isLast ? transaction : transaction.changing(id: identifiers.next())
                }
            )
        },
        PlantedBug(StoreFaultLaws.unknownIDsKeepTheirContent, "the content of a repetition is not looked at") {
            let receipts = Shared<[TransactionID: CommitReceipt]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if let receipt = receipts.withLock({ $0[transaction.id] }) { return receipt }
                let receipt = try await base.commit(transaction)
                receipts.withLock { $0[transaction.id] = receipt }
                return receipt
            }
            return faultySite(over: store)
        },
        PlantedBug(StoreFaultLaws.interruptionsLeaveNoHalf, "what was done before the connection was lost stays") {
            let fault = Shared<(next: StoreFault?, fired: Int)>((nil, 0))
            let store = WrappedStore(base: InMemoryStore()) { (transaction, base) async throws(StoreError) in
                let statements = fault.withLock { fault -> Int? in
                    guard case .interrupt(let statements)? = fault.next, statements < 3 else { return nil }
                    fault = (nil, fault.fired + 1)
                    return statements
                }
                guard let statements else { return try await base.commit(transaction) }
                let part = transaction.changing(id: TransactionID(derivedFrom: "\(transaction.id)")) { parts in
                    (parts.writes, parts.deletes, parts.trims) = ([], [], [])
                    if statements < 2 { parts.adds = [] }
                    if statements < 1 { (parts.appends, parts.counterDeletes) = ([], []) }
                }
                _ = try await base.commit(part)
                throw .unknown(StoreFailure(.unavailable, "the connection was lost"))
            }
            return FaultyStoreSite(store) { next, count in
                fault.withLock { fault in
                    defer { fault = (count > 0 ? next : nil, 0) }
                    return fault.fired
                }
            }
        },
        PlantedBug(StoreFaultLaws.lostAnswersBesideOthersAreResolved, "an unknown commit is repeated under another id")
        {
            let identifiers = SeededIdentifiers(seed: 99)
            return faultySite { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .unknown = error else { throw error }
                    return try await base.commit(transaction.changing(id: identifiers.next()))
                }
            }
        },
    ]

    /// A store whose commits can be made to fail, and are otherwise passed on.
    static func faultySite(
        over base: any Store = InMemoryStore(),
        _ commit: @escaping WrappedStore.Commit = { (transaction, base) async throws(StoreError) in
            try await base.commit(transaction)
        }
    ) -> FaultyStoreSite {
        let injecting = FaultInjectingStore(base)
        return FaultyStoreSite(WrappedStore(base: injecting, onCommit: commit)) { fault, count in
            let fired = injecting.firedFaults.count
            injecting.reset()
            if count > 0, let fault = fault.ofOneStatement { injecting.inject(fault, atCommits: 1...count) }
            return fired
        }
    }
}

extension StoreFault {
    /// What it is for a store whose commit is one statement; nil when it does not come about.
    fileprivate var ofOneStatement: CommitFault? {
        switch self {
        case .refuse: .unavailable
        case .loseRequest, .interrupt(afterStatements: 0): .loseRequest
        case .loseAnswer, .interrupt(afterStatements: 1): .loseAnswer
        case .interrupt: nil
        }
    }
}
