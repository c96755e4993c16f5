/// The named moves of a partner school's lifecycle.
public enum PartnerSchoolMove: String, Sendable, Hashable, CaseIterable {
    /// Make it a partner.
    case add
    /// End the partnership.
    case end
}
