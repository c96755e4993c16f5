import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

extension SearchDocument {
    /// A product as an index finds it, under the names of ``ProductSearchField``.
    ///
    /// - Parameters:
    ///   - record: The product.
    ///   - generation: How often the records were rebuilt: a record of a later generation replaces those of all earlier
    ///     ones.
    public init(_ record: ProductSearchRecord, generation: Int64 = 0) {
        self.init(
            SearchKey(record.productID),
            revision: record.documentRevision(generation),
            title: record.title,
            body: ([record.text] + record.skus.map(\.text)).joined(separator: "\n").prefix(
                utf8: SearchLimits.bodyBytes
            )
        )
        if let lowest = record.minimumPrice, let highest = record.maximumPrice {
            numbers[ProductSearchField.lowestPrice(lowest.currency)] = lowest.minorUnits
            numbers[ProductSearchField.highestPrice(highest.currency)] = highest.minorUnits
        }
        numbers[ProductSearchField.rating] = record.ratingThousandths
        numbers[ProductSearchField.unitsSold] = record.unitsSold
        numbers[ProductSearchField.createdAt] = record.createdAt.microsecondsSinceEpoch
        // What narrows a search most comes first: a document has room for so many terms only.
        var room = SearchLimits.termsPerDocument
        if record.isInStock { raise(ProductSearchField.inStock, &room) }
        put(SearchValue(record.sellerID), as: ProductSearchField.seller, &room)
        for category in record.categories { put(SearchValue(category), as: ProductSearchField.category, &room) }
        for attribute in record.attributes { put(attribute, &room) }
        for option in record.options {
            guard let field = ProductSearchField.option(option.name) else { continue }
            for text in option.values {
                if let value = try? SearchValue(validating: text) { put(value, as: field, &room) }
            }
        }
    }

    private mutating func put(_ attribute: ProductAttribute, _ room: inout Int) {
        switch attribute.value {
        case .text(let text), .choice(let text):
            guard let field = ProductSearchField.attribute(attribute.name),
                let value = try? SearchValue(validating: text)
            else { return }
            put(value, as: field, &room)
        case .boolean(let flag):
            guard flag, let field = ProductSearchField.attribute(attribute.name) else { return }
            raise(field, &room)
        case .number(let measure):
            guard let field = ProductSearchField.attribute(attribute.name, unit: measure.unit) else { return }
            numbers[field] = measure.billionths
        }
    }

    private mutating func put(_ value: SearchValue, as field: SearchField, _ room: inout Int) {
        guard room > 0, facets[field, default: []].insert(value).inserted else { return }
        room -= 1
    }

    private mutating func raise(_ flag: SearchField, _ room: inout Int) {
        guard room > 0, flags.insert(flag).inserted else { return }
        room -= 1
    }
}

extension ProductSearchRecord {
    /// The revision of its document: the generation above, the record's own number in the lower bits.
    func documentRevision(_ generation: Int64) -> DocumentRevision {
        // No product changes as often as 2^40 times.
        DocumentRevision(Int64(clamping: Int128(generation) << 40 + Int128(revision)))
    }
}

extension ProductMeasure {
    /// The number in billionths of its unit, so that numbers of different scales compare; at the bounds of 64 bits where
    /// it lies beyond.
    public var billionths: Int64 {
        var exact = Int128(value)
        for _ in 0..<max(0, min(Self.maximumScale, Self.maximumScale - scale)) { exact *= 10 }
        return Int64(clamping: exact)
    }
}

extension String {
    /// The longest beginning of whole Unicode scalars that takes no more bytes of UTF-8.
    fileprivate func prefix(utf8 maximum: Int) -> String {
        guard utf8.count > maximum else { return self }
        var kept = UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            if count > maximum { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
