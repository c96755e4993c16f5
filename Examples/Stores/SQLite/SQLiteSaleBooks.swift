#if SQLite
/// The books of a sale in a file of SQLite, read by a connection of their own that can write nothing.
struct SQLiteSaleBooks: SaleBooks {
    /// The path of the file.
    let path: String
    /// The part of the file that is the sale's.
    let namespace: String

    func stock() async throws(SaleBooksError) -> [StockRow] {
        try await rows(SQLiteSaleText.stock).map { row in
            StockRow(
                sku: row[0].text,
                onHand: row[1].integer,
                held: row[2].integer,
                allocated: row[3].integer,
                unpromised: row[4].integer,
                movedOnHand: row[5].integer,
                movedHeld: row[6].integer,
                movedAllocated: row[7].integer,
                reservedHeld: row[8].integer,
                reservedAllocated: row[9].integer
            )
        }
    }

    func orders() async throws(SaleBooksError) -> OrderTotals {
        guard let row = try await rows(SQLiteSaleText.orders).first else {
            throw SaleBooksError("no sums came back")
        }
        return OrderTotals(
            confirmedCount: row[0].integer,
            confirmedMinor: row[1].integer,
            pendingCount: row[2].integer,
            capturedCount: row[3].integer,
            capturedMinor: row[4].integer,
            openPaymentCount: row[5].integer,
            unpaidCount: row[6].integer,
            unallocatedCount: row[7].integer,
            unorderedCount: row[8].integer
        )
    }

    func sagas() async throws(SaleBooksError) -> [String: Int64] {
        let rows = try await rows(SQLiteSaleText.sagas)
        return Dictionary(rows.map { ($0[0].text, $0[1].integer) }, uniquingKeysWith: +)
    }

    func missing(reservations: [String]) async throws(SaleBooksError) -> [String] {
        // One text of identifiers, which need no escapes.
        let list = "[" + reservations.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        return try await rows(SQLiteSaleText.missingReservations, list).map(\.[0].text)
    }

    private func rows(_ sql: String, _ argument: String? = nil) async throws(SaleBooksError) -> [[SQLiteCell]] {
        try await SQLiteReader(path).rows(sql, [namespace] + [argument].compactMap(\.self))
    }
}
#endif
