import ExampleStores
import ExampleSupport
import FlashSaleKit
import Marketplace
import Testing

/// The books as the evidence has them, with something planted in them.
private struct PlantedBooks: SaleBooks {
    var rows: [StockRow] = []
    var totals: OrderTotals
    var statuses: [String: Int64]
    var lost: [String] = []

    init(_ run: SaleRun) {
        for offer in run.history.offers {
            let level = run.evidence.levels[offer.sku]
            let (held, allocated) = (level?.held ?? 0, level?.allocated ?? 0)
            rows.append(
                StockRow(
                    sku: offer.sku.text,
                    onHand: level?.onHand ?? 0,
                    held: held,
                    allocated: allocated,
                    unpromised: level?.unpromised ?? 0,
                    movedOnHand: level?.onHand ?? 0,
                    movedHeld: held,
                    movedAllocated: allocated,
                    reservedHeld: held,
                    reservedAllocated: allocated
                )
            )
        }
        let captured = run.evidence.gatewayEntries.filter { $0.kind == .capture }.compactMap(\.moved?.minorUnits)
        totals = OrderTotals(
            confirmedCount: Int64(captured.count),
            confirmedMinor: captured.reduce(0, +),
            pendingCount: 0,
            capturedCount: Int64(captured.count),
            capturedMinor: captured.reduce(0, +),
            openPaymentCount: 0,
            unpaidCount: 0,
            unallocatedCount: 0,
            unorderedCount: 0
        )
        statuses = Dictionary(
            uniqueKeysWithValues: run.evidence.sagaCounts.map { ($0.key.rawValue, Int64($0.value)) }
        )
    }

    func stock() async throws(SaleBooksError) -> [StockRow] { rows }
    func orders() async throws(SaleBooksError) -> OrderTotals { totals }
    func sagas() async throws(SaleBooksError) -> [String: Int64] { statuses }
    func missing(reservations: [String]) async throws(SaleBooksError) -> [String] { lost }
}

struct BookAuditTests {
    fileprivate struct Plant: Sendable, CustomTestStringConvertible {
        let name: String
        let check: String
        let plant: @Sendable (inout PlantedBooks) -> Void
        var testDescription: String { name }
    }

    private static let sale = Task { try await SaleRun(.troubled(seed: 5, stock: 150)) }

    private static func checks(_ plant: (inout PlantedBooks) -> Void = { _ in }) async throws -> [NamedCheck] {
        let run = try await sale.value
        var evidence = run.evidence
        evidence.acknowledged = [.held(ReservationID(bits: 1))]
        var books = PlantedBooks(run)
        plant(&books)
        return try await BookAudit(run.history, evidence, books).checks
    }

    @Test func untouchedBooksHold() async throws {
        #expect(try await Self.checks().filter { !$0.hasPassed } == [])
    }

    @Test func nothingIsAskedOfWhatNobodyHasWrittenDown() async throws {
        let run = try await Self.sale.value
        let checks = try await BookAudit(run.history, run.evidence, PlantedBooks(run)).checks
        #expect(!checks.contains { $0.name.contains("acknowledged") })
    }

    @Test(arguments: Self.plants)
    fileprivate func aPlantedFaultIsNoticed(plant: Plant) async throws {
        let broken = try await Self.checks(plant.plant).filter { !$0.hasPassed }.map(\.name)
        #expect(broken.contains("SQL: \(plant.check)"))
    }

    @Test func everyCheckHasAPlantedFault() async throws {
        #expect(Set(try await Self.checks().map(\.name)) == Set(Self.plants.map { "SQL: \($0.check)" }))
    }

    private static let plants: [Plant] = [
        Plant(name: "a SKU is missing", check: "sold + left = stock, nothing negative") { $0.rows.removeLast() },
        Plant(name: "a unit too many", check: "sold + left = stock, nothing negative") { $0.rows[0].unpromised += 1 },
        Plant(name: "less than nothing", check: "sold + left = stock, nothing negative") { books in
            books.rows[0].unpromised -= books.rows[0].unpromised + 1
            books.rows[0].allocated = books.rows[0].onHand + 1
        },
        Plant(name: "a movement is lost", check: "counters = movements = open reservations") {
            $0.rows[1].movedAllocated -= 1
        },
        Plant(name: "a hold is lost", check: "counters = movements = open reservations") {
            $0.rows[1].reservedAllocated -= 1
        },
        Plant(name: "an order is pending", check: "every order is paid and has its unit, or has neither") {
            $0.totals.pendingCount = 1
        },
        Plant(name: "a payment is open", check: "every order is paid and has its unit, or has neither") {
            $0.totals.openPaymentCount = 1
        },
        Plant(name: "an order is not paid", check: "every order is paid and has its unit, or has neither") {
            $0.totals.unpaidCount = 1
        },
        Plant(name: "an order has no unit", check: "every order is paid and has its unit, or has neither") {
            $0.totals.unallocatedCount = 1
        },
        Plant(name: "a unit has no order", check: "every order is paid and has its unit, or has neither") {
            $0.totals.unorderedCount = 1
        },
        Plant(name: "more is captured than ordered", check: "orders paid = captured = taken by the gateway") {
            $0.totals.capturedMinor += 1
        },
        Plant(name: "the gateway has taken less", check: "orders paid = captured = taken by the gateway") { books in
            books.totals.capturedMinor += 1
            books.totals.confirmedMinor += 1
        },
        Plant(name: "a saga still runs", check: "every saga has ended") { books in
            books.statuses["completed", default: 0] -= 1
            books.statuses["running"] = 1
        },
        Plant(name: "a saga is not listed", check: "every saga has ended") {
            $0.statuses["completed", default: 0] -= 1
        },
        Plant(name: "an acknowledged hold is gone", check: "every acknowledged purchase and hold is found") {
            $0.lost = ["1"]
        },
    ]
}
