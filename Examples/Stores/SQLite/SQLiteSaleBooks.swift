#if SQLite
struct SQLiteSaleBooks: SaleBooks {
    let path: String
    let namespace: String
    func stock() async throws(SaleBooksError) -> [StockRow] { [] }
    func orders() async throws(SaleBooksError) -> OrderTotals { throw SaleBooksError("") }
    func sagas() async throws(SaleBooksError) -> [String: Int64] { [:] }
    func missing(reservations: [String]) async throws(SaleBooksError) -> [String] { [] }
}
#endif
