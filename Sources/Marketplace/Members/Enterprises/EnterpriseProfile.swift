/// What an enterprise says of itself, kept as it was entered.
public struct EnterpriseProfile: Sendable, Hashable, Codable {
    /// The name in the register.
    public let legalName: String
    /// The country of the register, as ISO 3166-1 names it in two letters.
    public let country: String
    /// The number in the register.
    public let registrationNumber: String

    /// The most Unicode scalars of each text: the longest names in public registers fit.
    public static let maximumLength = 160

    /// A profile of these parts.
    public init(legalName: String, country: String, registrationNumber: String) {
        self.legalName = legalName
        self.country = country
        self.registrationNumber = registrationNumber
    }
}
