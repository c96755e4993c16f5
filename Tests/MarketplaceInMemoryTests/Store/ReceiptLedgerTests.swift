import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing

@testable import MarketplaceInMemory

struct ReceiptLedgerTests {
    private func receipt(_ id: Int, position: UInt64 = 0) -> CommitReceipt {
        CommitReceipt(
            transaction: TransactionID(bits: UInt128(id)),
            position: FeedPosition(minor: position),
            versions: [],
            revisions: [],
            counters: []
        )
    }

    private func time(_ seconds: Int) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: Int64(seconds) * 1_000_000)
    }

    @Test func aReusedIdIsToldFromARepetition() throws {
        var ledger = ReceiptLedger(retention: .seconds(10))
        ledger.remember(receipt(1), digest: .init(bits: 7), now: time(0))
        #expect(try ledger.receipt(of: TransactionID(bits: 1), digest: .init(bits: 7), now: time(0)) == receipt(1))
        #expect(try ledger.receipt(of: TransactionID(bits: 2), digest: .init(bits: 7), now: time(0)) == nil)
        #expect(throws: StoreConflict.transactionReused(TransactionID(bits: 1))) {
            try ledger.receipt(of: TransactionID(bits: 1), digest: .init(bits: 8), now: time(0))
        }
    }

    @Test func aRandomHistoryKeepsStepWithATable() {
        PropertyRun.check(100) { run in
            var ledger = ReceiptLedger(retention: .seconds(20))
            var model: [Int: (receipt: CommitReceipt, due: Int)] = [:]
            var now = 0
            for step in 0..<500 {
                now += run.natural(through: 3)
                let id = run.natural(through: 60)
                // As the store does: an id that is remembered is not remembered anew.
                let known = try ledger.receipt(
                    of: TransactionID(bits: UInt128(id)),
                    digest: .init(bits: UInt128(id)),
                    now: time(now)
                )
                model = model.filter { $0.value.due > now }
                #expect(known == model[id]?.receipt, run.replay)
                guard known == nil else { continue }
                let receipt = receipt(id, position: UInt64(step))
                ledger.remember(receipt, digest: .init(bits: UInt128(id)), now: time(now))
                model[id] = (receipt, now + 20)
            }
        }
    }
}
