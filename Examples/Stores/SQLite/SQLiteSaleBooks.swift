#if SQLite
/// The books of a sale in a file of SQLite, read by connections of their own that can write nothing.
struct SQLiteSaleBooks: SaleRows {
    static let text = SaleText(
        stock: SQLiteSaleText.stock,
        orders: SQLiteSaleText.orders,
        sagas: SQLiteSaleText.sagas,
        missingReservations: SQLiteSaleText.missingReservations
    )

    /// The path of the file.
    let path: String
    /// The part of the file that is the sale's.
    let namespace: String

    func rows(_ sql: String, _ argument: String?) async throws(SaleBooksError) -> [[String]] {
        try await SQLiteReader(path).rows(sql, [namespace] + [argument].compactMap(\.self))
    }
}
#endif
