import MarketplaceCore

/// What a value should have been, for an error whose own words are of Swift and not of JSON.
struct LocatedExpectation: Error {
    /// The most values that are listed.
    static let listLimit = 20

    private let words: String
    /// What to say instead of a number that is not whole.
    private let wordsForFraction: String?

    init(words: String, wordsForFraction: String? = nil) {
        self.words = words
        self.wordsForFraction = wordsForFraction
    }

    /// A number of a type that this one does not hold.
    init<Number: Numeric>(numberOf type: Number.Type) {
        if let integer = type as? any FixedWidthInteger.Type {
            self.init(words: JSONKind.range(of: integer), wordsForFraction: JSONKind.words(for: type))
        } else {
            self.init(words: "a number within the range of binary floating point")
        }
    }

    /// One of the raw values of a type.
    init<Value: CaseIterable & RawRepresentable>(oneOf type: Value.Type) {
        let names = type.allCases.prefix(Self.listLimit).map { value in
            (value.rawValue as? String)?.excerpt ?? "\(value.rawValue)"
        }
        let isCut = type.allCases.count > Self.listLimit
        self.init(words: "one of \(names.joined(separator: ", "))" + (isCut ? " and others" : ""))
    }

    /// What to say of the value at a place.
    func words(at place: JSONPlace?) -> String {
        guard let wordsForFraction, place?.isFraction == true else { return words }
        return wordsForFraction
    }
}
