public import MarketplaceCore

/// Names an address in somebody's address book.
public typealias AddressID = Identifier<PostalAddress>

/// Where something is to be sent.
///
/// Personal data: it stands in documents that can be erased, never in events, journals or the state of sagas.
public struct PostalAddress: Sendable, Hashable, Codable {
    /// The most bytes of UTF-8 of one of its texts: what labels of carriers take, with room for every script.
    public static let maximumTextBytes = 200
    /// The most lines between the name and the town, as on a label.
    public static let maximumLines = 5

    /// Who receives it.
    public var recipient: String
    /// Street, building, floor: one line of the label each.
    public var lines: [String]
    /// The town.
    public var city: String
    /// The state or province, where there is one.
    public var region: String?
    /// The postal code, where there is one.
    public var postalCode: String?
    /// The country, as two letters of ISO 3166-1, such as `KR`.
    public var country: String
    /// How the carrier reaches the recipient.
    public var phone: String?

    /// An address.
    public init(
        recipient: String,
        lines: [String],
        city: String,
        region: String? = nil,
        postalCode: String? = nil,
        country: String,
        phone: String? = nil
    ) {
        self.recipient = recipient
        self.lines = lines
        self.city = city
        self.region = region
        self.postalCode = postalCode
        self.country = country
        self.phone = phone
    }

    /// What is wrong with it; nil when nothing is.
    public func problem() -> PostalAddressProblem? {
        guard !lines.isEmpty, lines.count <= Self.maximumLines else {
            return .lineCount(lines.count, maximum: Self.maximumLines)
        }
        let texts = [recipient, city] + lines + [region, postalCode, phone].compactMap { $0 }
        for text in texts where text.isEmpty || text.utf8.count > Self.maximumTextBytes || text.utf8.contains(0) {
            return .text(byteCount: text.utf8.count, maximum: Self.maximumTextBytes)
        }
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return .country
        }
        return nil
    }
}

/// Why a text is no address; it does not repeat the text.
public enum PostalAddressProblem: EffectStating, Hashable {
    /// There are no lines, or too many.
    case lineCount(Int, maximum: Int)
    /// A text is empty, too long, or contains NUL.
    case text(byteCount: Int, maximum: Int)
    /// The country is not two capital letters.
    case country

    /// Nothing was changed, and the same address will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension PostalAddressProblem: CustomStringConvertible {
    /// The problem in a sentence.
    public var description: String {
        switch self {
        case .lineCount(let count, let maximum): "an address has 1 to \(maximum) lines, not \(count)"
        case .text(let count, let maximum): "a text of an address has 1 to \(maximum) bytes without NUL, not \(count)"
        case .country: "a country is two capital letters of ISO 3166-1"
        }
    }
}
