import MarketplaceCore

extension Transaction {
    /// Checks what no state of any store would accept; every adapter calls it before anything else.
    ///
    /// - Complexity: linear in the number of parts.
    public func validate() throws(InvalidTransaction) {
        let count = partCount
        guard count <= StoreLimits.transactionParts else {
            throw .tooManyParts(count, maximum: StoreLimits.transactionParts)
        }
        try validateStreams()
        try validateDocuments()
        try validateCounters()
    }

    private func validateStreams() throws(InvalidTransaction) {
        for append in appends {
            for event in append.events {
                try Self.validate(size: event.payload.count)
                try Self.validate(text: event.name)
            }
        }
        if let repeated = Self.firstRepeated(appends.lazy.map(\.stream), count: appends.count) {
            throw .repeatedStream(repeated)
        }
        if let repeated = Self.firstRepeated(trims.lazy.map(\.stream), count: trims.count) {
            throw .repeatedStream(repeated)
        }
        guard !trims.isEmpty, !appends.isEmpty else { return }
        let appended = Set(appends.lazy.map(\.stream))
        for case .whole(let stream) in trims where appended.contains(stream) { throw .repeatedStream(stream) }
    }

    private func validateDocuments() throws(InvalidTransaction) {
        for write in writes {
            try Self.validate(size: write.body.count)
            let maximum = StoreLimits.entriesPerDocument
            guard write.indexEntries.count <= maximum, write.uniqueKeys.count <= maximum,
                write.indexEntries.allSatisfy({ $0.values.count <= StoreLimits.valuesPerIndexEntry })
            else {
                throw .tooManyEntries(write.key, maximum: maximum)
            }
            for entry in write.indexEntries {
                try Self.validate(text: entry.index)
                for case .text(let text) in entry.values { try Self.validate(text: text) }
            }
        }
        let count = writes.count + deletes.count
        if let repeated = Self.firstRepeated([writes.map(\.key), deletes.map(\.key)].joined(), count: count) {
            throw .repeatedDocument(repeated)
        }
    }

    private func validateCounters() throws(InvalidTransaction) {
        for add in counterAdds {
            if let floor = add.floor, let ceiling = add.ceiling, floor > ceiling {
                throw .contradictoryBounds(add.key)
            }
        }
        let count = counterAdds.count + counterDeletes.count
        if let repeated = Self.firstRepeated([counterAdds.map(\.key), counterDeletes].joined(), count: count) {
            throw .repeatedCounter(repeated)
        }
    }

    /// How many keys are compared sooner than hashed.
    private static let few = 8

    private static func validate(size: Int) throws(InvalidTransaction) {
        guard size <= StoreLimits.payloadBytes else {
            throw .payloadTooLarge(byteCount: size, maximum: StoreLimits.payloadBytes)
        }
    }

    private static func validate(text: String) throws(InvalidTransaction) {
        guard text.utf8.count <= StoreLimits.textBytes, !text.utf8.contains(0) else {
            throw .badText(text.excerpt, maximum: StoreLimits.textBytes)
        }
    }

    /// The first element that occurs a second time.
    ///
    /// A single element cannot: then its list is not even made. A few are compared with each other, sooner than a set is
    /// made of them.
    private static func firstRepeated<Keys: Sequence>(
        _ keys: @autoclosure () -> Keys,
        count: Int
    ) -> Keys.Element? where Keys.Element: Hashable {
        guard count > 1 else { return nil }
        guard count > few else {
            let keys = Array(keys())
            return keys.indices.first { keys[..<$0].contains(keys[$0]) }.map { keys[$0] }
        }
        let keys = keys()
        var seen = Set<Keys.Element>(minimumCapacity: count)
        return keys.first { !seen.insert($0).inserted }
    }
}

extension StoreLimits {
    /// Checks the limit of a page.
    public static func validate(limit: Int) throws(StoreError) {
        guard (1...pageSize).contains(limit) else {
            throw .invalid(.badLimit(limit, maximum: pageSize))
        }
    }
}
