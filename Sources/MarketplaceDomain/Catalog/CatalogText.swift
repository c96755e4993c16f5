import MarketplaceCore

/// Which short text of the catalogue is meant.
public enum CatalogTextPart: String, Sendable, Hashable, CaseIterable {
    /// The name of an option.
    case optionName = "the name of an option"
    /// A value of an option.
    case optionValue = "a value of an option"
    /// The name of an attribute.
    case attributeName = "the name of an attribute"
    /// The text or the choice of an attribute.
    case attributeText = "the value of an attribute"
    /// The unit of a number.
    case unit = "a unit"
    /// What a picture shows.
    case alternativeText = "an alternative text"
    /// The name of a category.
    case categoryName = "the name of a category"

    /// The most Unicode scalars of it.
    ///
    /// A name fits a filter panel and, in any script, half of the bytes of an index entry; a value fits all of them; a
    /// unit is a symbol; an alternative text is what screen readers speak in one breath.
    public var maximumLength: Int {
        switch self {
        case .optionName, .optionValue, .attributeName, .categoryName: 64
        case .attributeText: 120
        case .unit: 16
        case .alternativeText: 250
        }
    }

    /// Whether there may be nothing.
    var mayBeEmpty: Bool { self == .unit || self == .alternativeText }

    /// What is wrong with a text in this place; nil when nothing is.
    func problem(of text: String) -> CatalogTextProblem? {
        if text.isEmpty, mayBeEmpty { return nil }
        let count = text.unicodeScalars.count
        guard count <= maximumLength else { return .tooLong(count: count, maximum: maximumLength) }
        // Also keeps the stored form small: a control character takes six bytes of JSON.
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return .controlCharacter
        }
        return text.contains { !$0.isWhitespace } ? nil : .blank
    }
}

/// What is wrong with a short text of the catalogue.
public enum CatalogTextProblem: Sendable, Hashable {
    /// It has no visible character.
    case blank
    /// It has too many Unicode scalars.
    case tooLong(count: Int, maximum: Int)
    /// It contains a control character, such as a line break.
    case controlCharacter
}

extension CatalogTextProblem: CustomStringConvertible {
    /// What is wrong, to stand after the name of the text.
    public var description: String {
        switch self {
        case .blank: "has at least one visible character"
        case .tooLong(let count, let maximum): "has at most \(maximum) characters, not \(count)"
        case .controlCharacter: "has no control characters"
        }
    }
}
