/// A database that answers the questions about a sale with rows: what is left to do once each has its own text.
protocol SaleRows: SaleBooks {
    /// The texts of the questions.
    static var text: SaleText { get }

    /// The rows of a statement whose first parameter is the namespace, with one more where it is given; all cells as
    /// text, NULL as an empty one.
    func rows(_ sql: String, _ argument: String?) async throws(SaleBooksError) -> [[String]]
}

/// The questions about a sale in the SQL of one kind of database.
struct SaleText: Sendable {
    /// One row for each SKU, with the columns of ``StockRow``.
    let stock: String
    /// One row with the columns of ``OrderTotals``.
    let orders: String
    /// A row for each status: how many sagas have it.
    let sagas: String
    /// A row for each reservation of a list in JSON that is not found.
    let missingReservations: String
}

extension SaleRows {
    /// The stock of each SKU, by three ways of counting it.
    func stock() async throws(SaleBooksError) -> [StockRow] {
        var stock: [StockRow] = []
        for row in try await rows(Self.text.stock, nil) {
            let units = try Self.numbers(row.dropFirst(), count: 9)
            stock.append(
                StockRow(
                    sku: row[0],
                    onHand: units[0],
                    held: units[1],
                    allocated: units[2],
                    unpromised: units[3],
                    movedOnHand: units[4],
                    movedHeld: units[5],
                    movedAllocated: units[6],
                    reservedHeld: units[7],
                    reservedAllocated: units[8]
                )
            )
        }
        return stock
    }

    /// Orders, payments and reservations, and whether each has its counterparts.
    func orders() async throws(SaleBooksError) -> OrderTotals {
        let sums = try Self.numbers(try await rows(Self.text.orders, nil).first ?? [], count: 9)
        return OrderTotals(
            confirmedCount: sums[0],
            confirmedMinor: sums[1],
            pendingCount: sums[2],
            capturedCount: sums[3],
            capturedMinor: sums[4],
            openPaymentCount: sums[5],
            unpaidCount: sums[6],
            unallocatedCount: sums[7],
            unorderedCount: sums[8]
        )
    }

    /// How many sagas have each status.
    func sagas() async throws(SaleBooksError) -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for row in try await rows(Self.text.sagas, nil) {
            counts[row[0]] = try Self.numbers(row.dropFirst(), count: 1)[0]
        }
        return counts
    }

    /// Which of these reservations are not found.
    func missing(reservations: [String]) async throws(SaleBooksError) -> [String] {
        // A list of identifiers, which need no escapes.
        let list = "[" + reservations.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        return try await rows(Self.text.missingReservations, list).map(\.[0])
    }

    /// Cells that must be so many whole numbers.
    private static func numbers(_ cells: some Collection<String>, count: Int) throws(SaleBooksError) -> [Int64] {
        let numbers = cells.compactMap { Int64($0) }
        guard numbers.count == count, cells.count == count else {
            throw SaleBooksError("\(count) numbers were asked for, and \(cells.joined(separator: ", ")) came")
        }
        return numbers
    }
}
