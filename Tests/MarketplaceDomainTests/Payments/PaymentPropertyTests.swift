import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Random commands in any order: amounts stay within their bounds and a replay gives the same state.
@Suite struct PaymentPropertyTests {
    private static let runCount = 300

    static func action(_ random: inout SeededGenerator) throws -> PaymentAction {
        func pick(_ count: UInt64) -> UInt64 { random.next(through: count - 1) }
        let key = try IdempotencyKey("key \(pick(8))")
        let choice = pick(4)
        let amount: Money? =
            choice == 0
            ? nil
            : choice == 1 ? Money(minorUnits: Int64(bitPattern: pick(.max)), .krw) : Example.won(Int64(pick(130)) - 5)
        switch pick(18) {
        case 0:
            return .create(
                id: Example.paymentID,
                order: Example.orderID,
                buyer: Example.buyer,
                amount: amount ?? Example.won(100)
            )
        case 1: return .authorize(amount: amount ?? Example.won(100), reference: "ref")
        case 2, 3, 4: return .capture(key: key, amount: amount)
        case 5: return .void
        case 6, 7, 8: return .initiateRefund(key: key, amount: amount)
        case 9, 10: return .completeRefund(key: key)
        case 11: return .beginAuthorization(key: key, confirming: amount ?? Example.won(100))
        case 12, 13: return .beginCapture(key: key, amount: amount)
        case 14: return .beginVoid(key: key)
        case 15: return .refuseOperation(key: key)
        case 16:
            let id = PaymentDiscrepancyID(bits: UInt128(pick(4)))
            return .settleDiscrepancy(id, kind: .capture, key: key, as: .notDone)
        default: return pick(3) == 0 ? .fail(.other) : .failRefund(key: key)
        }
    }

    @Test func refundedStaysWithinCapturedAndCapturedWithinAuthorized() {
        PropertyRun.check(Self.runCount) { run in try Self.checkOneHistory(&run) }
    }

    private static func checkOneHistory(_ run: inout PropertyRun) throws {
        var payment = Payment()
        var events: [PaymentEvent] = []
        for _ in 0..<120 {
            let roles: [ActorRole] = [.system, .system, .system, .operator, .buyer]
            let actor = Example.actor(roles[Int(run.generator.next(through: 4))])
            let command = ActorCommand(try action(&run.generator), by: actor, at: Example.now)
            let before = payment
            do throws(PaymentRejection) {
                let decided = try payment.handle(command)
                events += decided
                // The same command again is either refused or changes nothing, except a capture of all that is left.
                var again = payment
                if let repeated = try? again.handle(command) {
                    #expect(repeated.isEmpty, "\(run.replay): \(command) had an effect twice")
                }
            } catch {
                #expect(payment == before, "\(run.replay): a refused command changed something")
                #expect(error.effect == .refused)
            }
            guard let amounts = payment.amounts else { continue }
            let authorized = amounts.authorized.minorUnits
            let captured = amounts.captured.minorUnits
            let refunds = amounts.refunded.minorUnits + amounts.pendingRefunds.minorUnits
            let pending = payment.operations.values.filter { $0.kind == .capture && $0.status == .begun }
            let begun = pending.reduce(0) { $0 + ($1.amount?.minorUnits ?? 0) }
            #expect(captured + begun + amounts.voided.minorUnits <= authorized, "\(run.replay)")
            #expect(0 <= refunds && refunds <= captured, "\(run.replay)")
            #expect(amounts.refunded.minorUnits >= 0 && amounts.pendingRefunds.minorUnits >= 0, "\(run.replay)")
            let kept = payment.captures.values.reduce(0) { $0 + $1.minorUnits }
            #expect(kept == captured, "\(run.replay)")
            let ended = payment.refunds.values.filter { $0.status == .completed }.reduce(0) {
                $0 + $1.amount.minorUnits
            }
            #expect(ended == amounts.refunded.minorUnits, "\(run.replay)")
        }
        #expect(Payment(replaying: events) == payment, "\(run.replay): the replay differs")
        let completions = events.filter { if case .completed = $0 { true } else { false } }
        #expect(completions.count <= 1, "\(run.replay): completed twice")
    }

    @Test func theRunsReachEveryEvent() throws {
        var names: Set<String> = []
        for seed in 1...UInt64(Self.runCount) {
            var random = SeededGenerator(seed: seed)
            var payment = Payment()
            for _ in 0..<120 {
                let command = ActorCommand(try Self.action(&random), by: .system, at: Example.now)
                for event in (try? payment.handle(command)) ?? [] { names.insert(type(of: event.payload).eventName) }
            }
        }
        #expect(names == Set(PaymentEvent.cases.map(\.name)))
    }
}
