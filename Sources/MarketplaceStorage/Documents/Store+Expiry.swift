package import MarketplaceCore

extension Store {
    /// Deletes the documents of an owner whose time is over, a batch at a time, and returns how many there were.
    ///
    /// They are found by an index of the owner's name and the time of expiry.
    package func deleteExpired(
        in collection: DocumentCollection,
        by index: String,
        of owner: String,
        at now: Timestamp,
        batch: Int,
        identifiers: any IdentifierSource
    ) async throws(StoreError) -> Int {
        var count = 0
        while true {
            let expired = try await documents(
                matching: .indexed(collection, by: index, prefix: [.text(owner)], atMost: .time(now), limit: batch)
            )
            guard !expired.documents.isEmpty else { return count }
            var transaction = Transaction(id: identifiers.next(), time: now)
            for document in expired.documents {
                transaction.delete(document.key, expecting: .exactly(document.revision))
            }
            do throws(StoreError) {
                _ = try await commitResolvingUnknown(transaction)
                count += expired.documents.count
            } catch {
                // One of them was written anew since: look again.
                guard error.isContention else { throw error }
            }
        }
    }
}
