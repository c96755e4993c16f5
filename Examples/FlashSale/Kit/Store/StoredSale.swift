package import Marketplace

/// What a store keeps of a sale besides the sale itself, by which another process goes on with it.
package struct StoredSale: Sendable, Codable {
    /// What is sold to whom.
    package let plan: SalePlan
    /// When the terms open the sale.
    package let opensAt: Timestamp

    private static let key = DocumentKey("flash-sale", "plan")

    /// The sale that a store keeps; nil when it keeps none.
    package static func find(in store: some Store) async throws -> StoredSale? {
        guard let stored = try await store.document(key) else { return nil }
        return try JSONPayloadCodec().decode(StoredSale.self, from: stored.body)
    }

    /// Makes it the sale of a store that has none; the first thing that is written there.
    func begin(in store: some Store, at time: Timestamp) async throws {
        let body = try JSONPayloadCodec().encode(self)
        var transaction = Transaction(
            id: TransactionID(bits: .random(in: 1 ... .max)),
            time: time
        )
        transaction.write(DocumentWrite(Self.key, body: body, expecting: .absent))
        _ = try await store.commit(transaction)
    }
}
