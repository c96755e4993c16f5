public import MarketplaceCore

/// What can be asked of a partnership with a school.
public enum PartnerSchoolAction: Sendable, Hashable {
    /// Make it a partner, by the domain of its mail addresses.
    case add(id: PartnerSchoolID, domain: String)
    /// End the partnership.
    case end
}
