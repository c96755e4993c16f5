import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// Every operation under every fault of the store, and against every rival.
struct RedemptionFaultTests {
    /// What is done to one redemption, after what was done to it before.
    enum Operation: String, CaseIterable {
        case hold
        case redeem
        case release
        case releaseOfUnknown
        case restore
        case restoreInPart
        case undoOfHeld
        case undoOfRedeemed
        case undoOfUnknown
        case expire

        var preparation: [Operation] {
            switch self {
            case .hold, .releaseOfUnknown, .undoOfUnknown: []
            case .redeem, .release, .undoOfHeld, .expire: [.hold]
            case .restore, .restoreInPart, .undoOfRedeemed: [.hold, .redeem]
            }
        }

        var end: RedemptionState {
            switch self {
            case .hold: .held
            case .redeem: .redeemed
            case .release, .releaseOfUnknown, .undoOfHeld, .undoOfUnknown: .released
            case .restore, .restoreInPart, .undoOfRedeemed: .restored
            case .expire: .expired
            }
        }

        func perform(_ redemptions: CouponRedemptions, codes: [CouponCode]) async throws(CouponError) {
            let id = RedemptionID.number(1)
            switch self {
            case .hold:
                try await redemptions.hold(
                    1,
                    [.total(of: 5), .member(of: 2), .budget(30, of: 100)],
                    codes: codes + [RedemptionAudit.sharedCode],
                    restoring: .never
                )
            case .redeem: try await redemptions.redeem(id, at: .second(2))
            case .release, .releaseOfUnknown: try await redemptions.release(id, at: .second(3))
            case .restore: try await redemptions.restore(id, at: .second(4), policy: .always)
            case .restoreInPart: try await redemptions.restore(id, at: .second(4))
            case .undoOfHeld, .undoOfRedeemed, .undoOfUnknown: try await redemptions.undo(id, at: .second(5))
            case .expire: try await redemptions.expire(dueBy: .second(61), limit: 10)
            }
        }
    }

    private static func prepared(
        _ operation: Operation,
        on store: any Store,
        withCoupon: Bool = true
    ) async throws -> RedemptionAudit {
        let scene = CouponScene(store: store)
        try await scene.open()
        let codes = withCoupon ? [try await scene.issue().code] : []
        try await scene.codes.share(RedemptionAudit.sharedCode, for: .number(1), limit: 5, at: .second(0))
        for step in operation.preparation { try await step.perform(scene.redemptions, codes: codes) }
        return RedemptionAudit(scene: scene, ids: [.number(1), .number(2)], coupons: codes)
    }

    @Test(arguments: Operation.allCases)
    func whateverTheStoreDoesTheCallHappensOnce(operation: Operation) async throws {
        let faults: [CommitFault] = [.loseAnswer, .loseRequest, .unavailable, .crashBefore, .crashAfter]
        for fault in faults {
            for count in 1...4 {
                let base = InMemoryStore()
                let audit = try await Self.prepared(operation, on: base)
                let faulty = FaultInjectingStore(base)
                faulty.inject(fault, atCommits: 1...count)
                let first = CouponRedemptions(store: faulty, codec: .json)
                let isCrash = fault == .crashBefore || fault == .crashAfter
                do throws(CouponError) {
                    try await operation.perform(first, codes: audit.coupons)
                } catch {
                    #expect(error.refusal == nil, "\(fault) \(error)")
                }
                #expect(!faulty.firedFaults.isEmpty)
                #expect(try await audit.violations() == [], "after \(fault), \(count) times")
                // The next attempt is that of another process, when the first one died.
                let next = isCrash ? audit.scene.redemptions : CouponRedemptions(store: base, codec: .json)
                try await operation.perform(next, codes: audit.coupons)
                #expect(try await audit.scene.redemptions.redemption(.number(1))?.state == operation.end)
                #expect(try await audit.violations() == [], "after \(fault), \(count) times, and again")
            }
        }
    }

    @Test(arguments: Operation.allCases)
    func failedReadsChangeNothing(operation: Operation) async throws {
        let base = InMemoryStore()
        let audit = try await Self.prepared(operation, on: base)
        let before = try await audit.scene.redemptions.redemption(.number(1))
        var failures = 0
        while true {
            let faulty = FaultInjectingStore(base)
            let reads = ReadCounter(failingAt: failures)
            let store = FaultInjectingStore(faulty, afterRead: { if reads.isDue() { faulty.failNextReads(1) } })
            if failures == 0 { faulty.failNextReads(1) }
            do throws(CouponError) {
                try await operation.perform(CouponRedemptions(store: store, codec: .json), codes: audit.coupons)
                break
            } catch {
                #expect(error.effect == .notApplied && error.isRetriable)
                // A sweep reads on when it has ended what was due.
                let now = try await audit.scene.redemptions.redemption(.number(1))
                #expect(now == before || operation == .expire && now?.state == .expired)
                #expect(try await audit.violations() == [])
            }
            failures += 1
        }
        #expect(failures > 0)
        #expect(try await audit.violations() == [])
    }

    /// Each operation is read for, then a rival commits first, then it commits.
    ///
    /// With a coupon and without: the coupon's own revision would hide that the redemption's is not looked at.
    @Test(arguments: Operation.allCases, [true, false])
    func whoeverIsOvertakenDecidesAnew(operation: Operation, withCoupon: Bool) async throws {
        let rivals: [Operation] = [.hold, .redeem, .release, .restore, .restoreInPart, .undoOfHeld, .expire]
        for rival in rivals {
            let base = InMemoryStore()
            let audit = try await Self.prepared(operation, on: base, withCoupon: withCoupon)
            let overtaken = FaultInjectingStore(
                base,
                beforeCommit: { number in
                    guard number == 1 else { return }
                    try? await rival.perform(audit.scene.redemptions, codes: audit.coupons)
                }
            )
            do throws(CouponError) {
                try await operation.perform(CouponRedemptions(store: overtaken, codec: .json), codes: audit.coupons)
            } catch {
                #expect(error.refusal != nil, "\(operation) overtaken by \(rival): \(error)")
            }
            #expect(overtaken.commitCount > 0)
            #expect(try await audit.violations() == [], "\(operation) overtaken by \(rival)")
        }
    }

    @Test(arguments: [Operation.releaseOfUnknown, .undoOfUnknown])
    func aHoldThatItsUndoOvertakesIsRefused(rival: Operation) async throws {
        let base = InMemoryStore()
        let audit = try await Self.prepared(.hold, on: base)
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                if number == 1 { try? await rival.perform(audit.scene.redemptions, codes: []) }
            }
        )
        let answer = try await refusal { () async throws(CouponError) in
            try await Operation.hold.perform(CouponRedemptions(store: overtaken, codec: .json), codes: audit.coupons)
        }
        #expect(answer == .released(.number(1)))
        #expect(try await audit.scene.redemptions.used(.total, of: "spring") == 0)
    }

    @Test func ofTwoProcessesThatEndAHoldAtOneMomentOneHasEndedIt() async throws {
        let base = InMemoryStore()
        let audit = try await Self.prepared(.expire, on: base)
        let rival = audit.scene.redemptions
        let rivals = Mutex<[Redemption]>([])
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                guard number == 1 else { return }
                let ended = (try? await rival.expire(dueBy: .second(61), limit: 10)) ?? []
                rivals.withLock { $0 = ended }
            }
        )
        let ended = try await CouponRedemptions(store: overtaken, codec: .json).expire(dueBy: .second(61), limit: 10)
        #expect(overtaken.commitCount > 0)
        #expect(rivals.withLock { $0.map(\.id) } == [.number(1)] && ended.isEmpty)
        #expect(try await audit.violations() == [])
    }

    @Test func unknownOutcomesAreResolvedWithinTheCall() async throws {
        let store = FaultInjectingStore.uncertain(oneIn: 2, seed: 7)
        let redemptions = CouponRedemptions(store: store, codec: .json)
        for number in 1...40 {
            try await redemptions.hold(number, [.total(of: 100)])
            try await redemptions.redeem(.number(number), at: .second(2))
            if number.isMultiple(of: 2) { try await redemptions.restore(.number(number), at: .second(3)) }
        }
        #expect(try await redemptions.used(.total, of: "spring") == 20)
        #expect(store.firedFaults.values.count { $0 == .loseAnswer } > 10)
        #expect(store.firedFaults.values.count { $0 == .loseRequest } > 10)
    }

    @Test func aHoldWhoseOutcomeStaysUnknownIsReportedAsThat() async throws {
        let store = FaultInjectingStore(InMemoryStore()) { _, _ in .loseRequest }
        let error = await #expect(throws: CouponError.self) {
            try await CouponRedemptions(store: store, codec: .json).hold(1, [.total(of: 5)])
        }
        #expect(error?.effect == .unknown && error?.isRetriable == true)
    }

    @Test func whoeverLosesEveryRaceIsToldSoAndNotRefused() async throws {
        let base = InMemoryStore()
        let scene = CouponScene(store: base)
        try await scene.open()
        let code = try await scene.issue().code
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                let terms = CampaignTerms.scenario { $0.name = "name \(number)" }
                _ = try? await scene.campaigns
                    .perform(.changeTerms(terms), on: .number(1), key: .number(number), at: .second(1))
            }
        )
        let error = await #expect(throws: CouponError.self) {
            try await CouponRedemptions(store: overtaken, codec: .json).hold(1, [.total(of: 5)], codes: [code])
        }
        #expect(error == .contended(attempts: 16) && error?.effect == .notApplied && error?.isRetriable == true)
        #expect(try await scene.redemptions.used(.total, of: "spring") == 0)
    }
}
