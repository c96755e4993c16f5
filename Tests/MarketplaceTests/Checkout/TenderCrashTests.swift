import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Wherever a process dies while a purchase of several tenders is under way: no tender is charged without an order, and
/// none is left held.
struct TenderCrashTests {
    /// What stands in the way of a purchase.
    enum World: CaseIterable, Sendable {
        case allGoesWell
        case secondCardDeclined
        case secondCaptureDeclined
        case outOfStock

        var script: GatewayScript {
            var script = GatewayScript.approving
            switch self {
            case .secondCardDeclined: script[TenderShop.key(TenderShop.secondCard, "authorize")] = [.decline("no")]
            case .secondCaptureDeclined:
                script[TenderShop.key(TenderShop.secondCard, "capture/charge")] = [.decline("no")]
            case .allGoesWell, .outOfStock: break
            }
            return script
        }
    }

    @Test(arguments: CheckoutFlow.allCases, World.allCases)
    func aFaultAtAnyCommitChangesNothingAboutTheEnd(_ flow: CheckoutFlow, _ world: World) async throws {
        for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest] {
            var number = 1
            while try await isReached([(fault, number)], flow, world) { number += 1 }
            let least = flow == .reserveFirst && world == .outOfStock ? 5 : 14
            #expect(number > least, "a purchase by three tenders has more commits than that")
        }
    }

    /// In the world that has the most to undo: one card is charged, and the other one declined.
    @Test(arguments: CheckoutFlow.allCases, [World.secondCaptureDeclined])
    func aCrashInTheRecoveryOfACrashChangesNothingAboutTheEnd(_ flow: CheckoutFlow, _ world: World) async throws {
        let stride = PropertyRun.whole(1, reducedTo: 3)
        var first = Int.random(in: 1...stride)
        while try await isReached([(.crashAfter, first)], flow, world) {
            for fault in PropertyRun.part(of: [CommitFault.crashBefore, .crashAfter], oneIn: 2) {
                var second = 1
                while try await isReached([(.crashAfter, first), (fault, second)], flow, world) { second += 1 }
            }
            first += stride
        }
        #expect(first > 14)
    }

    /// Buys in one process after the other, with a fault in each, and checks the end; false when a fault had no commit.
    private func isReached(
        _ faults: [(CommitFault, Int)],
        _ flow: CheckoutFlow,
        _ world: World
    ) async throws -> Bool {
        let shop = try await TenderShop(flow, world.script, stock: world == .outOfStock ? .one : .units(5))
        for (number, (fault, commit)) in faults.enumerated() {
            let faulty = FaultInjectingStore(shop.base)
            faulty.inject(fault, atCommit: commit)
            let process = shop.checkout(over: faulty, seed: UInt64(10 + number))
            _ = try? await process.recover()
            _ = try? await shop.place(at: process)
            guard faulty.unfiredFaults.isEmpty else { return false }
        }
        let successor = shop.checkout(seed: 20)
        _ = try await successor.recover()
        _ = try await shop.place(at: successor)
        let place = "\(faults), \(flow), \(world)"
        #expect(try await shop.expectAllOrNothing(place) == (world == .allGoesWell), "\(place)")
        return true
    }

    /// What a dead process has sent is applied after its successor has brought the purchase to its end.
    @Test(arguments: CheckoutFlow.allCases, [World.secondCardDeclined, .outOfStock])
    func aCommitThatArrivesLateLeavesNothingHeld(_ flow: CheckoutFlow, _ world: World) async throws {
        var sent = 1
        while try await arrivesLate(sent, flow, world) { sent += 1 }
        #expect(sent > 5)
    }

    private func arrivesLate(_ sent: Int, _ flow: CheckoutFlow, _ world: World) async throws -> Bool {
        let shop = try await TenderShop(flow, world.script, stock: world == .outOfStock ? .one : .units(5))
        let letter = Letter()
        let dying = FaultInjectingStore(shop.base) { number, transaction in
            guard number == sent else { return nil }
            letter.transaction.withLock { $0 = transaction }
            return .crashBefore
        }
        _ = try? await shop.place(at: shop.checkout(over: dying, seed: 10))
        guard let late = letter.transaction.withLock({ $0 }) else { return false }
        let successor = shop.checkout(seed: 11)
        _ = try await successor.recover()
        _ = try await shop.place(at: successor)
        _ = try? await shop.base.commit(late)
        let place = "commit \(sent) arrives late, \(flow), \(world)"
        #expect(try await shop.expectAllOrNothing(place) == false, "\(place)")
        return true
    }

    /// What a process has sent and nobody has received.
    private final class Letter: Sendable {
        let transaction = Mutex<Transaction?>(nil)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func everyAnswerOfTheGatewayThatIsLostAnywhereIsClearedUp(_ flow: CheckoutFlow) async throws {
        let parts = ["authorize", "capture/charge", "void/charge", "refund/charge"]
        let behaviors: [GatewayBehavior] = [.timeOutBeforeEffect, .timeOutAfterEffect, .failToConnect]
        for world in World.allCases {
            for payment in [TenderShop.purchase, TenderShop.secondCard] {
                for (part, behavior) in parts.flatMap({ part in behaviors.map { (part, $0) } }) {
                    for count in [1, 3, 12] {
                        var script = world.script
                        // An answer that is lost after the effect comes before the decline, and instead of it.
                        let isReplaced = script[TenderShop.key(payment, part)] != nil && behavior == .timeOutAfterEffect
                        script[TenderShop.key(payment, part)] =
                            Array(repeating: behavior, count: count) + (script[TenderShop.key(payment, part)] ?? [])
                        let stock: Quantity = world == .outOfStock ? .one : .units(5)
                        let shop = try await TenderShop(flow, script, stock: stock)
                        let place = "\(flow), \(world), \(behavior) at \(part) of \(payment), \(count) times"
                        let outcome = try await shop.place()
                        if case .stuck(let stuck) = outcome {
                            // Past the first capture nobody guesses: it is asked for until it is known.
                            let isAsked = stuck.step == "capture payment" && count > 10
                            #expect(isAsked, "\(place): \(stuck)")
                            continue
                        }
                        let isConfirmed = try await shop.expectAllOrNothing(place)
                        if world != .allGoesWell, !isReplaced { #expect(!isConfirmed, "\(place)") }
                        if count < 10, world == .allGoesWell { #expect(isConfirmed, "\(place)") }
                    }
                }
            }
        }
    }
}
