import ExampleSupport
import Marketplace
import Testing

@testable import FlashSaleKit

/// A check that cannot fail shows nothing: each is shown a sale with exactly what it looks for planted in it.
struct SaleAuditTests {
    /// A planted fault: what it is, and the check that must notice it.
    struct Plant: Sendable, CustomTestStringConvertible {
        let name: String
        let check: String
        let plant: @Sendable (inout SaleHistory, inout SaleEvidence) throws -> Void
        var testDescription: String { name }
    }

    private static let sale = Task { try await SaleRun(.troubled(seed: 5, stock: 150)) }

    private func broken(_ history: SaleHistory, _ evidence: SaleEvidence) throws -> [String] {
        try SaleAudit(history, evidence).checks.filter { !$0.hasPassed }.map(\.name)
    }

    @Test func anUntouchedSaleHolds() async throws {
        let run = try await Self.sale.value
        #expect(try run.broken == [])
    }

    @Test(arguments: SaleAuditTests.plants)
    func aPlantedFaultIsNoticed(plant: Plant) async throws {
        let run = try await Self.sale.value
        var (history, evidence) = (run.history, run.evidence)
        try plant.plant(&history, &evidence)
        #expect(try broken(history, evidence).contains(plant.check))
    }

    @Test func everyCheckHasAPlantedFault() async throws {
        let run = try await Self.sale.value
        var evidence = run.evidence
        evidence.acknowledged = []
        let names = try SaleAudit(run.history, evidence).checks.map(\.name)
        #expect(Set(names) == Set(Self.plants.map(\.check)))
    }
}

extension SaleAuditTests {
    private static func movement(
        _ movement: StockMovement,
        kind: StockMovementKind? = nil,
        deltas: StockDeltas? = nil,
        time: Timestamp? = nil
    ) -> StockMovement {
        StockMovement(
            id: movement.id,
            sku: movement.sku,
            kind: kind ?? movement.kind,
            deltas: deltas ?? movement.deltas,
            reservation: movement.reservation,
            reference: movement.reference,
            time: time ?? movement.time
        )
    }

    /// Puts another result in place of the first attempt that `choose` gives one for.
    private static func retell(_ history: inout SaleHistory, _ choose: (Attempt.Result) -> Attempt.Result?) throws {
        for (buyer, story) in history.buyers.enumerated() {
            for (index, attempt) in story.attempts.enumerated() {
                guard let result = choose(attempt.result) else { continue }
                history.buyers[buyer].attempts[index] = Attempt(
                    order: attempt.order,
                    began: attempt.began,
                    ended: attempt.ended,
                    result: result
                )
                return
            }
        }
        throw NothingToPlant()
    }

    struct NothingToPlant: Error {}

    private static func isBought(_ result: Attempt.Result) -> Bool {
        if case .bought = result { true } else { false }
    }

    static let plants: [Plant] = [
        Plant(name: "a movement is lost", check: "on hand = sum of the movements") { history, evidence in
            evidence.movements[history.offers[0].sku]?.removeLast()
        },
        Plant(name: "a unit is held twice", check: "never oversold") { history, evidence in
            let sku = history.offers[0].sku
            guard let held = evidence.movements[sku]?.first(where: { $0.kind == .reservation }) else {
                throw NothingToPlant()
            }
            let many = movement(held, deltas: StockDeltas(held: 1_000))
            evidence.movements[sku]?.append(many)
        },
        Plant(
            name: "a hold ends twice",
            check: "every hold ended once or is allocated to a confirmed order"
        ) { history, evidence in
            let sku = history.offers[0].sku
            guard let ended = evidence.movements[sku]?.first(where: { $0.kind == .cancellation }) else {
                throw NothingToPlant()
            }
            evidence.movements[sku]?.append(ended)
        },
        Plant(name: "the limit is passed", check: "nobody has more than the limit") { history, evidence in
            guard let order = evidence.orders.values.first(where: { $0.status == .confirmed }) else {
                throw NothingToPlant()
            }
            evidence.orders[OrderID(bits: 1)] = order
        },
        Plant(
            name: "a reservation before the opening",
            check: "nothing was reserved before the opening"
        ) { history, evidence in
            let sku = history.offers[0].sku
            guard let index = evidence.movements[sku]?.firstIndex(where: { $0.kind == .reservation }),
                let early = evidence.movements[sku]?[index]
            else { throw NothingToPlant() }
            let time = history.opensAt.advanced(by: .microseconds(-1))
            evidence.movements[sku]?[index] = movement(early, time: time)
        },
        Plant(
            name: "a capture is missing at the gateway",
            check: "captured at the gateway = confirmed orders × price"
        ) { _, evidence in
            guard let index = evidence.gatewayEntries.firstIndex(where: { $0.kind == .capture && $0.moved != nil })
            else { throw NothingToPlant() }
            evidence.gatewayEntries.remove(at: index)
        },
        Plant(
            name: "a confirmed order is lost",
            check: "no captured payment without a confirmed order, none confirmed without"
        ) { _, evidence in
            guard let order = evidence.orders.first(where: { $0.value.status == .confirmed }) else {
                throw NothingToPlant()
            }
            evidence.orders[order.key] = nil
        },
        Plant(name: "a saga still runs", check: "nothing left open") { _, evidence in
            evidence.sagaCounts[.running] = 1
        },
        Plant(
            name: "a buyer is told the opposite",
            check: "every buyer was told what happened"
        ) { history, _ in
            try retell(&history) { isBought($0) ? .refused(.payment(.declined("no"))) : nil }
        },
        Plant(
            name: "refused for stock while there was some",
            check: "refused for stock only while nothing was available"
        ) { history, evidence in
            // The one SKU whose first attempt of all is refused: the stock is full before anybody has bought.
            let sku = history.offers[0].sku
            try retell(&history) { result in
                guard case .refused(.stock(.saleNotOpen)) = result else { return nil }
                return .refused(.stock(.insufficientStock(sku, requested: 1, available: 0)))
            }
        },
        Plant(
            name: "too early after the opening",
            check: "refused as too early only before the opening"
        ) { history, _ in
            let (sku, opensAt) = (history.offers[0].sku, history.opensAt)
            try retell(&history) { result in
                isBought(result) ? .refused(.stock(.saleNotOpen(sku, opensAt: opensAt))) : nil
            }
        },
        Plant(
            name: "the limit before the first purchase",
            check: "refused for the limit only when it was reached"
        ) { history, _ in
            let sku = history.offers[0].sku
            try retell(&history) { result in
                guard case .refused(.stock(.saleNotOpen)) = result else { return nil }
                return .refused(.stock(.memberLimit(sku, limit: 1, alreadyTaken: 1, requested: 1)))
            }
        },
        Plant(
            name: "a payment is refused that the gateway knows nothing of",
            check: "every refused payment is in the record of the gateway"
        ) { history, _ in
            try retell(&history) { isBought($0) ? .refused(.payment(.declined("no"))) : nil }
        },
        Plant(name: "a saga is lost", check: "no saga is lost") { _, evidence in
            guard let order = evidence.sagaOrders.first else { throw NothingToPlant() }
            evidence.sagaOrders.remove(order)
        },
        Plant(name: "nobody asks for a saga of an earlier process", check: "no saga is lost") { history, evidence in
            history.earlierOrders = [OrderID(bits: 1)]
            evidence.sagaOrders.insert(OrderID(bits: 1))
        },
        Plant(
            name: "an acknowledged purchase is not confirmed",
            check: "every acknowledged purchase and hold is there"
        ) { _, evidence in
            guard let order = evidence.orders.first(where: { $0.value.status == .failed }) else {
                throw NothingToPlant()
            }
            evidence.acknowledged = [.bought(order.key)]
        },
        Plant(
            name: "an acknowledged hold is nowhere",
            check: "every acknowledged purchase and hold is there"
        ) { _, evidence in
            evidence.acknowledged = [.held(ReservationID(bits: 1))]
        },
        Plant(
            name: "a buyer goes without although there is a unit",
            check: "units unsold only where the line is empty"
        ) { history, evidence in
            guard let story = history.buyers.first(where: { $0.end == .soldOut }) else { throw NothingToPlant() }
            let sku = history.offers[story.buyer.offer].sku
            evidence.levels[sku] = SKUStock(
                sku: sku,
                levels: [StockLevel(sku: sku, onHand: 38, allocated: 37)]
            )
        },
    ]
}
