public import MarketplaceCore

/// Values by dimension: what is known of a line, or what a rule asks for.
public struct CommissionFacts: Sendable, Hashable {
    /// The values of each dimension; a dimension without values is not there.
    public let values: [CommissionDimension: Set<String>]

    /// Facts of these values.
    public init(_ values: [CommissionDimension: Set<String>] = [:]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// Whether a line with `facts` has, in every dimension of this, one of its values.
    ///
    /// Dimensions are joined by *and*, the values of one by *or*; nothing asked for is met by everything.
    public func isMet(by facts: CommissionFacts) -> Bool {
        values.allSatisfy { dimension, wanted in
            facts.values[dimension].map { !$0.isDisjoint(with: wanted) } ?? false
        }
    }
}

extension CommissionFacts: Codable {
    /// Decodes an object of arrays of texts: `{"category": ["cameras"]}`.
    public init(from decoder: any Decoder) throws {
        let texts = try decoder.singleValueContainer().decode([String: Set<String>].self)
        var values: [CommissionDimension: Set<String>] = [:]
        for (name, found) in texts {
            do throws(TextKeyError) {
                values[try CommissionDimension(validating: name)] = found
            } catch {
                let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)")
                throw DecodingError.dataCorrupted(context)
            }
        }
        self.init(values)
    }

    /// Encodes an object of sorted arrays of texts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let pairs = values.map { ($0.key.text, $0.value.sorted()) }
        try container.encode([String: [String]](uniqueKeysWithValues: pairs))
    }
}
