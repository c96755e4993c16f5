package import Marketplace

/// The note in a store that days were played there: their ids would be used again for something else.
package enum DayMarker {
    private static let key = DocumentKey("marketplace-day", "settings")

    /// Takes a store for these settings; false when it was taken before.
    package static func take(_ store: any Store, for settings: DaySettings) async throws -> Bool {
        guard try await store.document(key) == nil else { return false }
        var transaction = Transaction(id: TransactionID(bits: .random(in: 1 ... .max)), time: DayClock.start)
        transaction.write(DocumentWrite(key, body: try JSONPayloadCodec().encode(settings), expecting: .absent))
        _ = try await store.commit(transaction)
        return true
    }
}
