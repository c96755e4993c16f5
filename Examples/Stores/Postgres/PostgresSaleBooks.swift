#if LibPQ
import MarketplacePostgres

/// The books of a sale in a database of PostgreSQL, read past the store.
struct PostgresSaleBooks: SaleRows {
    static let text = SaleText(
        stock: PostgresSaleText.stock,
        orders: PostgresSaleText.orders,
        sagas: PostgresSaleText.sagas,
        missingReservations: PostgresSaleText.missingReservations
    )

    /// Connections to the database.
    let sessions: any PostgresSessions
    /// The part of the database that is the sale's.
    let namespace: String

    func rows(_ sql: String, _ argument: String?) async throws(SaleBooksError) -> [[String]] {
        let values = ([namespace] + [argument].compactMap(\.self)).map(PostgresValue.text)
        let statement = PostgresStatement(sql, values: values)
        do throws(PostgresFailure) {
            let rows = try await sessions.withSession { session throws(PostgresFailure) in
                try await session.run(statement)
            }
            return (0..<rows.count).map { row in
                (0..<rows.columnCount).map { String(decoding: rows.cell($0, of: row) ?? [], as: UTF8.self) }
            }
        } catch {
            throw SaleBooksError(error.description)
        }
    }
}
#endif
