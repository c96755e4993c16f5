public import MarketplaceCore

/// What is known about whoever buys, as far as rules ask for it.
public struct BuyerFacts: Sendable, Hashable {
    /// Who it is; nil is a guest.
    public var member: MemberKey?
    /// The groups the member is in.
    public var groups: Set<String>
    /// The number this order would have among the member's orders: 1 is the first, nil is not known.
    public var orderNumber: Int?
    /// The domains of the e-mail addresses the member has verified, in lower case.
    public var verifiedEmailDomains: Set<String>
    /// Where the goods go, as an ISO 3166-1 alpha-2 code.
    public var country: String?
    /// How it will be paid.
    public var paymentMethod: String?
    /// Whatever else rules look at.
    public var attributes: [String: String]

    /// Facts about a buyer; nothing is known, unless it is given.
    public init(
        member: MemberKey? = nil,
        groups: Set<String> = [],
        orderNumber: Int? = nil,
        verifiedEmailDomains: Set<String> = [],
        country: String? = nil,
        paymentMethod: String? = nil,
        attributes: [String: String] = [:]
    ) {
        self.member = member
        self.groups = groups
        self.orderNumber = orderNumber
        self.verifiedEmailDomains = verifiedEmailDomains
        self.country = country
        self.paymentMethod = paymentMethod
        self.attributes = attributes
    }

    /// A guest of whom nothing is known.
    public static let unknown = BuyerFacts()
}
