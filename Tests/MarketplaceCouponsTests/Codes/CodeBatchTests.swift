import MarketplaceCore
import MarketplaceInMemory
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

@testable import MarketplaceCoupons

/// Batches of codes: as many as were asked for, none twice, wherever they are interrupted.
struct CodeBatchTests {
    @Test func aHundredThousandCodesAreMadeWithProgress() async throws {
        let scene = CouponScene()
        try await scene.open()
        var progress: [Int] = []
        let batch = try await scene.codes.generate(.number(7), for: .number(1), count: 100_000, at: .second(1)) {
            progress.append($0.made)
        }
        #expect(batch.isComplete && progress == Array(stride(from: 1_000, through: 100_000, by: 1_000)))
        // Asked for again, it is as it was, and no progress.
        let again = try await scene.codes.generate(.number(7), for: .number(1), count: 100_000, at: .second(2)) { _ in
            Issue.record("a complete batch made progress")
        }
        #expect(again == batch)
        let codes = try await scene.allCodes(of: .number(7))
        #expect(codes.count == 100_000 && Set(codes).count == 100_000)
        #expect(codes.allSatisfy(CouponCodeFormat.standard.isValid))
    }

    @Test func whereverABatchIsInterruptedItIsCompletedAndNoCodeIsMadeTwice() async throws {
        for commit in 1...4 {
            for fault in [CommitFault.crashBefore, .crashAfter, .unavailable, .loseAnswer, .loseRequest] {
                let base = InMemoryStore()
                try await CouponScene(store: base).open()
                let store = FaultInjectingStore(base)
                store.inject(fault, atCommits: [commit])
                let first = CouponScene(store: store, random: SeededRandomSource(seed: 3))
                do throws(CouponError) {
                    try await first.codes.generate(.number(7), for: .number(1), count: 2_500, at: .second(1))
                } catch {
                    #expect(error.refusal == nil)
                }
                #expect(store.unfiredFaults.isEmpty)
                // Another process, whose randomness is its own.
                let second = CouponScene(store: base, random: SeededRandomSource(seed: 99))
                let left = try await second.allCodes(of: .number(7))
                try await second.codes.generate(.number(7), for: .number(1), count: 2_500, at: .second(500))
                let codes = try await second.allCodes(of: .number(7))
                #expect(codes.count == 2_500 && Set(codes).count == 2_500, "\(fault) \(commit)")
                #expect(Set(left).isSubset(of: codes), "what was made stays: \(fault) \(commit)")
                #expect(left.count.isMultiple(of: 1_000) || left.count == 2_500)
            }
        }
    }

    @Test func aChunkOfADeadProcessThatArrivesLateMakesNoCodes() async throws {
        let base = InMemoryStore()
        try await CouponScene(store: base).open()
        let sent = Mutex<Transaction?>(nil)
        let dying = FaultInjectingStore(base) { number, transaction in
            guard number == 3 else { return nil }
            sent.withLock { $0 = transaction }
            return .crashBefore
        }
        let first = CouponScene(store: dying, random: SeededRandomSource(seed: 3))
        await #expect(throws: CouponError.self) {
            try await first.codes.generate(.number(7), for: .number(1), count: 2_500, at: .second(1))
        }
        let late = try #require(sent.withLock { $0 })
        #expect(late.writes.count == 1_001, "the second chunk, and how far the batch is")
        let second = CouponScene(store: base, random: SeededRandomSource(seed: 99))
        try await second.codes.generate(.number(7), for: .number(1), count: 2_500, at: .second(2))
        let codes = try await second.allCodes(of: .number(7))
        await #expect(throws: StoreError.self) { try await base.commit(late) }
        #expect(try await second.allCodes(of: .number(7)) == codes && codes.count == 2_500)
    }

    @Test func codesThatExistAlreadyAreDrawnAnew() async throws {
        // The same randomness twice: the first codes that the second batch draws are those of the first one.
        let store = InMemoryStore()
        let scene = CouponScene(store: store, random: SeededRandomSource(seed: 5))
        try await scene.open()
        try await scene.codes.generate(.number(7), for: .number(1), count: 3, at: .second(1))
        let again = CouponScene(store: store, random: SeededRandomSource(seed: 5))
        try await again.codes.generate(.number(8), for: .number(1), count: 10, at: .second(1))
        let codes = try await again.allCodes(of: .number(7)) + again.allCodes(of: .number(8))
        #expect(codes.count == 13 && Set(codes).count == 13)
    }

    @Test func aSourceThatIsNotRandomEndsInAnErrorAndNotInALoop() async throws {
        let scene = CouponScene(random: ConstantRandom())
        try await scene.open()
        await #expect(throws: CouponError.self) {
            try await scene.codes.generate(.number(7), for: .number(1), count: 3, at: .second(1))
        }
    }

    @Test func severalWorkersOnOneBatchMakeItOnce() async throws {
        let scene = CouponScene(store: FaultInjectingStore.uncertain(oneIn: 3, seed: 2))
        try await scene.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    _ = try await askingAgain { () async throws(CouponError) in
                        try await scene.codes.generate(.number(7), for: .number(1), count: 3_000, at: .second(1))
                    }
                }
            }
            try await group.waitForAll()
        }
        let codes = try await scene.allCodes(of: .number(7))
        #expect(codes.count == 3_000 && Set(codes).count == 3_000)
    }

    @Test func aCancelledCallLeavesWholeChunks() async throws {
        let scene = CouponScene()
        try await scene.open()
        let task = Task {
            try await scene.codes.generate(.number(7), for: .number(1), count: 5_000, at: .second(1)) { batch in
                if batch.made == 2_000 { withUnsafeCurrentTask { unsafe $0?.cancel() } }
            }
        }
        await #expect(throws: CouponError.self) { try await task.value }
        #expect(try await scene.codes.batch(.number(7))?.made == 2_000)
        try await scene.codes.generate(.number(7), for: .number(1), count: 5_000, at: .second(2))
        #expect(try await scene.allCodes(of: .number(7)).count == 5_000)
    }

    @Test func aBatchThatIsAnotherIsRefused() async throws {
        let scene = CouponScene()
        try await scene.open()
        try await scene.open(2)
        try await scene.codes.generate(.number(7), for: .number(1), count: 2, at: .second(1))
        for (campaign, count) in [(1, 3), (2, 2)] {
            let answer = try await refusal { () async throws(CouponError) in
                try await scene.codes.generate(.number(7), for: .number(campaign), count: count, at: .second(1))
            }
            #expect(answer == .batchMismatch(.number(7)))
        }
        for count in [0, -1, CouponLimits.codesPerBatch + 1, .max] {
            let answer = try await refusal { () async throws(CouponError) in
                try await scene.codes.generate(.number(8), for: .number(1), count: count, at: .second(1))
            }
            #expect(answer == .badBatchSize(count, maximum: 1_000_000))
        }
        let unknown = try await refusal { () async throws(CouponError) in
            try await scene.codes.generate(.number(8), for: .number(3), count: 1, at: .second(1))
        }
        #expect(unknown == .unknownCampaign(.number(3)))
    }
}

private struct ConstantRandom: RandomSource {
    func next() -> UInt64 { 5 }
}
