package import ExampleStores
package import ExampleSupport
import Marketplace

/// Holds what a database tells of a sale in SQL against the plan, against itself and against the gateway.
package struct BookAudit: Sendable {
    private let history: SaleHistory
    private let evidence: SaleEvidence
    private let stock: [StockRow]
    private let orders: OrderTotals
    private let sagas: [String: Int64]
    /// The reservations that were acknowledged and are not found.
    private let missing: [String]?

    /// Asks the database.
    package init(_ history: SaleHistory, _ evidence: SaleEvidence, _ books: any SaleBooks) async throws {
        self.history = history
        self.evidence = evidence
        stock = try await books.stock()
        orders = try await books.orders()
        sagas = try await books.sagas()
        let acknowledged = evidence.acknowledged?.map { line in
            switch line {
            case .bought(let order): ReservationID(bits: order.bits).description
            case .held(let reservation): reservation.description
            }
        }
        missing = if let acknowledged { try await books.missing(reservations: acknowledged) } else { nil }
    }

    /// Everything that must hold, by name.
    package var checks: [NamedCheck] {
        [stockAddsUp, everyUnitIsAccountedFor, ordersAreWhole, moneyAgrees, sagasHaveEnded]
            + [acknowledgedIsFound].compactMap(\.self)
    }

    private var stockAddsUp: NamedCheck {
        var faults: [String] = []
        let rows = Dictionary(stock.map { ($0.sku, $0) }, uniquingKeysWith: { first, _ in first })
        for offer in history.offers {
            let units = Int64(offer.units)
            guard let row = rows[offer.sku.text] else {
                faults.append("\(offer.sku) is not there")
                continue
            }
            let isNatural = min(row.onHand, row.held, row.allocated, row.unpromised) >= 0
            if !isNatural || row.onHand != units || row.allocated + row.held + row.unpromised != units {
                faults.append(
                    "\(row.sku): \(row.onHand) on hand, \(row.held) held, \(row.allocated) sold,"
                        + " \(row.unpromised) left of \(units)"
                )
            }
        }
        let sold = stock.reduce(0) { $0 + $1.allocated }
        let left = stock.reduce(0) { $0 + $1.unpromised }
        return .of(
            "SQL: sold + left = stock, nothing negative",
            faults,
            "\(Format.count(sold)) sold, \(Format.count(left)) left of \(history.offers.count) SKUs"
        )
    }

    private var everyUnitIsAccountedFor: NamedCheck {
        var faults: [String] = []
        for row in stock {
            let isMoved = (row.onHand, row.held, row.allocated) == (row.movedOnHand, row.movedHeld, row.movedAllocated)
            if !isMoved { faults.append("\(row.sku): the movements come to something else than the counters") }
            if (row.held, row.allocated) != (row.reservedHeld, row.reservedAllocated) {
                faults.append(
                    "\(row.sku): \(row.held) held and \(row.allocated) sold, by reservations \(row.reservedHeld) and"
                        + " \(row.reservedAllocated)"
                )
            }
        }
        let units = stock.reduce(0) { $0 + $1.reservedHeld + $1.reservedAllocated }
        return .of(
            "SQL: counters = movements = open reservations",
            faults,
            "\(Format.count(units)) units reserved"
        )
    }

    private var ordersAreWhole: NamedCheck {
        let faults = [
            (orders.pendingCount, "orders are pending"), (orders.openPaymentCount, "payments are open"),
            (orders.unpaidCount, "confirmed orders are not paid"),
            (orders.unallocatedCount, "confirmed orders have no stock"),
            (orders.unorderedCount, "open reservations have no confirmed order"),
        ].filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
        return .of(
            "SQL: every order is paid and has its unit, or has neither",
            faults,
            "\(Format.count(orders.confirmedCount)) confirmed"
        )
    }

    private var moneyAgrees: NamedCheck {
        var faults: [String] = []
        let atGateway = evidence.gatewayEntries.reduce(Int128(0)) { sum, entry in
            switch entry.kind {
            case .capture: sum + Int128(entry.moved?.minorUnits ?? 0)
            case .refund: sum - Int128(entry.moved?.minorUnits ?? 0)
            case .authorize, .void: sum
            }
        }
        if orders.capturedMinor != orders.confirmedMinor {
            faults.append("\(orders.capturedMinor) captured, the orders come to \(orders.confirmedMinor)")
        }
        if Int128(orders.capturedMinor) != atGateway {
            faults.append("\(orders.capturedMinor) captured, the gateway has taken \(atGateway)")
        }
        return .of(
            "SQL: orders paid = captured = taken by the gateway",
            faults,
            "\(SalePlan.currency.code) \(Format.count(Int128(orders.capturedMinor)))"
                + " in \(Format.count(orders.capturedCount)) payments"
        )
    }

    private var sagasHaveEnded: NamedCheck {
        let ended = [SagaStatus.completed, .aborted].map(\.rawValue)
        var faults = sagas.filter { !ended.contains($0.key) && $0.value > 0 }.map { "\($0.value) are \($0.key)" }
        let count = sagas.values.reduce(0, +)
        if count != evidence.sagaOrders.count {
            faults.append("\(count) sagas instead of \(evidence.sagaOrders.count)")
        }
        return .of("SQL: every saga has ended", faults, "\(Format.count(count)) sagas")
    }

    /// Nil when nobody has written down what was acknowledged.
    private var acknowledgedIsFound: NamedCheck? {
        guard let missing else { return nil }
        return .of(
            "SQL: every acknowledged purchase and hold is found",
            missing.map { "reservation \($0) is not there" },
            "\(Format.count(evidence.acknowledged?.count ?? 0)) found"
        )
    }
}
