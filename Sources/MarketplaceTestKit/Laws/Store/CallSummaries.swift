import MarketplaceCore
import MarketplaceStorage

extension Transaction {
    /// The parts of it in a line, the first few when there are many.
    var summary: String {
        let parts = [
            guards.prefix(4).map(\.summary),
            appends.prefix(4).map { append in
                let expected = if case .exactly(let version) = append.expected { "\(version)" } else { "any" }
                return "append \(append.events.count) to \(append.stream) at \(expected)"
            },
            deletes.prefix(4).map { "delete \($0.key) at \($0.expected.summary)" },
            writes.prefix(4).map { "write \($0.key) at \($0.expected.summary)" },
            counterAdds.prefix(4).map { add in
                let bounds = [add.floor.map { "≥ \($0)" }, add.ceiling.map { "≤ \($0)" }].compactMap { $0 }
                return (["add \(add.delta) to \(add.key)"] + bounds).joined(separator: " ")
            },
            counterDeletes.prefix(4).map { "delete counter \($0)" },
            trims.prefix(4).map(\.summary),
        ].joined()
        return "\(id) [\(parts.joined(separator: "; "))] of \(partCount) parts"
    }
}

extension TransactionGuard {
    fileprivate var summary: String {
        switch self {
        case .stream(let stream, let version): "require \(stream) at \(version)"
        case .document(let key, let revision): "require \(key) at \(revision.map { "\($0)" } ?? "absent")"
        case .fence(let key, let token): "fence \(key) with \(token)"
        }
    }
}

extension ExpectedRevision {
    fileprivate var summary: String {
        switch self {
        case .any: "any"
        case .absent: "absent"
        case .exactly(let revision): "\(revision)"
        }
    }
}

extension StreamTrim {
    fileprivate var summary: String {
        switch self {
        case .before(let version, let stream): "trim \(stream) before \(version)"
        case .whole(let stream): "trim the whole \(stream)"
        }
    }
}

extension CommitReceipt {
    /// What it says, in a line.
    var summary: String {
        "at \(position), versions \(versions.prefix(4)), revisions \(revisions.prefix(4)), "
            + "counters \(counters.prefix(4))"
    }
}

extension RecordedEvent {
    /// The first few events in a line.
    static func summary(of events: [RecordedEvent]) -> String {
        let shown = events.prefix(6).map { "\($0.stream)@\($0.version) at \($0.position)" }
        return "\(events.count) events [\(shown.joined(separator: ", "))\(events.count > 6 ? ", …" : "")]"
    }
}

extension EventFilter {
    /// What passes, in a few words.
    var summary: String {
        let kinds = categories.map { "categories \($0.map(\.text).sorted())" } ?? "all categories"
        return names.map { "\(kinds) named \($0.sorted())" } ?? kinds
    }
}

extension DocumentQuery {
    /// What is wanted, in a line.
    var summary: String {
        var text = "of \(collection) by \(index ?? "id")"
        if !prefix.isEmpty { text += " with \(prefix)" }
        if let lowerBound { text += " from \(lowerBound)" }
        if let upperBound { text += " to \(upperBound)" }
        if isDescending { text += " descending" }
        if let cursor { text += " after \(cursor.id)" }
        return text + ", at most \(limit)"
    }
}
