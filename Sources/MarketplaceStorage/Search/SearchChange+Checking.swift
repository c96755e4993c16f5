public import MarketplaceCore

extension SearchChange {
    /// A change with what an index keeps of its document; nil for a deletion.
    public typealias Checked = (key: SearchKey, revision: DocumentRevision, entry: SearchEntry?)

    /// Checks an update as a whole, and of several changes of one key keeps the one of the highest revision: the first
    /// of them where two have the same.
    ///
    /// - Returns: At most one change of each key, in the order of keys, so that two updates never wait for each other.
    /// - Throws: ``SearchError`` with ``SearchError/Code/invalid`` when any change breaks one of ``SearchLimits``.
    public static func check(_ changes: [SearchChange]) throws(SearchError) -> [Checked] {
        guard changes.count <= SearchLimits.changes else {
            let message = "an update has at most \(SearchLimits.changes) changes, not \(changes.count)"
            throw SearchError(.invalid, message)
        }
        var last: [SearchKey: Checked] = [:]
        for change in changes {
            var entry: SearchEntry?
            if case .put(let document) = change { entry = try SearchEntry(document) }
            if let earlier = last[change.key], earlier.revision >= change.revision { continue }
            last[change.key] = (change.key, change.revision, entry)
        }
        return last.values.sorted { $0.key < $1.key }
    }
}
