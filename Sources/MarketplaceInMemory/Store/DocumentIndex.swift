import MarketplaceCore
import MarketplaceStorage

/// Names one index of one collection; nil is the order of ids.
struct DocumentIndexKey: Hashable {
    let collection: DocumentCollection
    /// The name as a text that is compared as bytes.
    private let index: IndexValue?

    init(collection: DocumentCollection, index: String?) {
        self.collection = collection
        self.index = index.map { .text($0) }
    }
}

/// One entry of an index: the values and the document they lead to.
struct DocumentIndexRow: Comparable {
    let values: [IndexValue]
    let id: TextKey<DocumentSubject>

    static func < (lhs: DocumentIndexRow, rhs: DocumentIndexRow) -> Bool {
        for (left, right) in zip(lhs.values, rhs.values) where left != right { return left < right }
        if lhs.values.count != rhs.values.count { return lhs.values.count < rhs.values.count }
        return lhs.id < rhs.id
    }
}

extension DocumentQuery {
    /// Where the values of an index entry lie, seen from the range that is wanted.
    enum Place {
        case before
        case within
        case after
    }

    /// Where an index entry lies.
    ///
    /// Along an index the answer goes from before to within to after.
    func place(of values: [IndexValue]) -> Place {
        for (value, wanted) in zip(values, prefix) where value != wanted {
            return value < wanted ? .before : .after
        }
        guard values.count >= prefix.count else { return .before }
        guard lowerBound != nil || upperBound != nil else { return .within }
        guard values.count > prefix.count else { return .before }
        let value = values[prefix.count]
        if let lowerBound, value < lowerBound { return .before }
        if let upperBound, value > upperBound { return .after }
        return .within
    }
}
