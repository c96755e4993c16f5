/// What a payment gateway says it has taken and given back: its settlement report, or its list of transactions.
public protocol GatewayStatement: Sendable {
    /// One page of movements, captures and refunds that were performed, in an order that does not change.
    ///
    /// - Parameters:
    ///   - cursor: Where the page before ended; nil for the first one.
    ///   - limit: The most movements wanted, 1 or more.
    /// - Returns: At most so many movements, and where the next page begins.
    /// - Throws: ``PaymentGatewayError`` when the statement cannot be read; ask again.
    func movements(
        after cursor: String?,
        limit: Int
    ) async throws(PaymentGatewayError) -> GatewayStatementPage
}
