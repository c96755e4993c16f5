import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

/// Random histories against the model, and storms against the audit.
struct RedemptionModelTests {
    private static let idCount = 14
    private static let mostUses: Int64 = 2

    /// A scene with four coupons and a code for everybody, and the model of it.
    private static func start(on store: any Store) async throws -> (RedemptionAudit, RedemptionModel) {
        let scene = CouponScene(store: store)
        try await again { try await scene.open { ($0.until, $0.restoring) = (.second(100_000), .always) } }
        try await again { try await scene.open(2) { ($0.until, $0.restoring) = (.second(100_000), .never) } }
        var owners: [CouponCode: MemberKey] = [:]
        var spent: Set<CouponCode> = []
        for (number, member) in [(1, MemberKey("ann")), (1, "bob"), (2, "ann"), (2, "bob")] {
            let code = try await askingAgain { () async throws(CouponError) in
                try await scene.issue(to: member, key: IdempotencyKey(stringLiteral: member.text), campaign: number)
                    .code
            }
            owners[code] = member
            if number == 2 { spent.insert(code) }
        }
        try await again {
            let code = RedemptionAudit.sharedCode
            try await scene.codes.share(code, for: .number(1), limit: mostUses, at: .second(0))
        }
        let audit = RedemptionAudit(
            scene: scene,
            ids: (0..<idCount).map { .number($0) },
            coupons: owners.keys.sorted()
        )
        return (audit, RedemptionModel(owners: owners, spent: spent, sharedLimit: mostUses))
    }

    private static func again(_ body: () async throws -> Void) async throws {
        for _ in 0..<10 {
            do {
                return try await body()
            } catch {
                guard EffectOutcome(of: error) != .refused else { throw error }
            }
        }
        try await body()
    }

    @Test func randomHistoriesGoAsTheModelSays() async {
        await PropertyRun.checkAsync(60) { run in
            try await Self.walk(&run, on: InMemoryStore(), steps: 60)
        }
    }

    @Test func faultsOfTheStoreChangeNoAnswer() async {
        await PropertyRun.checkAsync(40) { run in
            let store = FaultInjectingStore.uncertain(oneIn: 2, seed: run.seed)
            try await Self.walk(&run, on: store, steps: 40)
            if !PropertyRun.isPartial { #expect(!store.firedFaults.isEmpty, run.replay) }
        }
    }

    private static func walk(_ run: inout PropertyRun, on store: any Store, steps: Int) async throws {
        let start = try await start(on: store)
        let audit = start.0
        var model = start.1
        var second: Int64 = 1
        for step in 0..<steps {
            second += Int64(run.natural(through: 3))
            model.settle(at: .second(second))
            let call = Call.random(&run, codes: audit.coupons + [RedemptionAudit.sharedCode], at: second)
            try await check(call, audit.scene.redemptions, &model, at: .second(second), "step \(step): \(call)", run)
            #expect(try await audit.violations() == [], "step \(step): \(call); \(run.replay)")
        }
        let end = Timestamp.second(second + 1_000)
        model.settle(at: end)
        _ = try await askingAgain { () async throws(CouponError) in
            try await audit.scene.redemptions.expire(dueBy: end, limit: 1_000)
        }
        for quota in RedemptionAudit.quotas {
            #expect(try await audit.scene.redemptions.used(quota, of: "spring") == model.used(quota), run.replay)
        }
        for (id, entry) in model.entries {
            #expect(try await audit.scene.redemptions.redemption(id)?.state == entry.state, run.replay)
        }
        #expect(try await audit.violations() == [], run.replay)
    }

    /// What is asked of both.
    private enum Call {
        case hold(RedemptionRequest)
        case redeem(RedemptionID)
        case release(RedemptionID)
        case restore(RedemptionID, RestorePolicy?)
        case undo(RedemptionID)
        case expire

        static func random(_ run: inout PropertyRun, codes: [CouponCode], at second: Int64) -> Call {
            let number = run.natural(through: idCount - 1)
            let id = RedemptionID.number(number)
            switch run.natural(through: 19) {
            case 0...8: return .hold(request(&run, number, codes: codes, at: second))
            case 9...12: return .redeem(id)
            case 13, 14: return .release(id)
            case 15, 16: return .restore(id, run.element(of: [nil, .always, .never, .until(.second(second + 1))]))
            case 17: return .undo(id)
            default: return .expire
            }
        }

        /// A request of the id's own, most of the time, so that repetitions happen.
        private static func request(
            _ run: inout PropertyRun,
            _ number: Int,
            codes: [CouponCode],
            at second: Int64
        ) -> RedemptionRequest {
            var own = PropertyRun(seed: UInt64(number + 1) &* 0x9E37_79B9 &+ run.seed)
            var claims: [QuotaClaim] = []
            let member: MemberKey = own.natural(through: 1) == 0 ? "ann" : "bob"
            if own.natural(through: 1) == 0 { claims.append(.total(of: 4)) }
            if own.natural(through: 3) == 0 { claims.append(.total(of: 5)) }
            if own.natural(through: 1) == 0 { claims.append(.member(member, of: 2)) }
            if own.natural(through: 1) == 0 { claims.append(.budget(Int64(own.natural(through: 60)), of: 100)) }
            let used = (0..<own.natural(through: 2)).map { _ in own.element(of: codes) }
            let policies: [RestorePolicy] = [.always, .never, .untilExpiry, .until(.second(40))]
            if run.natural(through: 9) == 0 { claims.append(.total(of: 4)) }
            return RedemptionRequest(
                id: .number(number),
                member: member,
                claims: claims,
                codes: used,
                reference: "order-7",
                restoring: own.element(of: policies),
                deadline: .second(second + 1 + Int64(run.natural(through: 12))),
                at: .second(second)
            )
        }
    }

    private static func check(
        _ call: Call,
        _ redemptions: CouponRedemptions,
        _ model: inout RedemptionModel,
        at time: Timestamp,
        _ what: String,
        _ run: PropertyRun
    ) async throws {
        let note: Comment = "\(what); \(run.replay)"
        switch call {
        case .hold(let request):
            let expected = model.refusals(of: request)
            let answer = try await refusal { () async throws(CouponError) in
                _ = try await askingAgain { () async throws(CouponError) in try await redemptions.hold(request) }
            }
            if expected.isEmpty { model.hold(request) }
            #expect(answer == nil ? expected.isEmpty : expected.contains { $0 == answer }, note)
        case .redeem(let id):
            let answer = try await refusal { () async throws(CouponError) in
                _ = try await askingAgain { () async throws(CouponError) in try await redemptions.redeem(id, at: time) }
            }
            #expect(answer == model.redeem(id), note)
        case .release(let id):
            let answer = try await outcome { () async throws(CouponError) in
                try await redemptions.release(id, at: time)
            }
            #expect(answer == model.release(id, at: time), note)
        case .restore(let id, let policy):
            let answer = try await outcome { () async throws(CouponError) in
                try await redemptions.restore(id, at: time, policy: policy)
            }
            #expect(answer == model.restore(id, at: time, policy: policy), note)
        case .undo(let id):
            try await askingAgain { () async throws(CouponError) in try await redemptions.undo(id, at: time) }
            model.undo(id, at: time)
        case .expire:
            _ = try await askingAgain { () async throws(CouponError) in
                try await redemptions.expire(dueBy: time, limit: 3)
            }
        }
    }

    private static func outcome<Value: Sendable>(
        _ call: @Sendable () async throws(CouponError) -> Value
    ) async throws -> Result<Value, CouponRefusal> {
        do throws(CouponError) {
            return .success(try await askingAgain(call))
        } catch {
            guard let refusal = error.refusal else { throw error }
            return .failure(refusal)
        }
    }

    @Test func everythingAddsUpAfterAStorm() async {
        await PropertyRun.checkAsync(4) { run in
            let (audit, _) = try await Self.start(on: FaultInjectingStore.uncertain(oneIn: 3, seed: run.seed))
            let seed = run.seed
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<6 {
                    group.addTask {
                        var own = PropertyRun(seed: seed &+ UInt64(task))
                        for step in 0..<60 {
                            let codes = audit.coupons + [RedemptionAudit.sharedCode]
                            let call = Call.random(&own, codes: codes, at: Int64(1 + step / 4))
                            try await Self.perform(call, audit.scene.redemptions, at: .second(Int64(1 + step / 4)))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await audit.violations() == [], run.replay)
        }
    }

    private static func perform(_ call: Call, _ redemptions: CouponRedemptions, at time: Timestamp) async throws {
        _ = try await refusal { () async throws(CouponError) in
            try await askingAgain { () async throws(CouponError) in
                switch call {
                case .hold(let request): _ = try await redemptions.hold(request)
                case .redeem(let id): _ = try await redemptions.redeem(id, at: time)
                case .release(let id): _ = try await redemptions.release(id, at: time)
                case .restore(let id, let policy): _ = try await redemptions.restore(id, at: time, policy: policy)
                case .undo(let id): try await redemptions.undo(id, at: time)
                case .expire: _ = try await redemptions.expire(dueBy: time, limit: 3)
                }
            }
        }
    }
}
