/// What a database answers about the sale that it keeps, in SQL, past all the code that wrote it.
///
/// Each kind of database has its own text; the questions and what must hold of the answers are the same.
public protocol SaleBooks: Sendable {
    /// The stock of each SKU, by three ways of counting it.
    func stock() async throws(SaleBooksError) -> [StockRow]

    /// Orders, payments and reservations, and whether each has its counterparts.
    func orders() async throws(SaleBooksError) -> OrderTotals

    /// How many sagas have each status.
    func sagas() async throws(SaleBooksError) -> [String: Int64]

    /// Which of these reservations are not found.
    func missing(reservations: [String]) async throws(SaleBooksError) -> [String]
}

/// A database could not answer.
public struct SaleBooksError: Error, Hashable, CustomStringConvertible {
    /// What it said.
    public let description: String

    /// Makes an error.
    public init(_ description: String) {
        self.description = description
    }
}
