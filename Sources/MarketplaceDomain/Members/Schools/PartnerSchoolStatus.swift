/// Where a partnership with a school is in its life.
public enum PartnerSchoolStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Members can join.
    case active
    /// Nobody else can join.
    case ended
}
