/// Which amount of a line a percentage is taken of; discounts are off in both, and neither is below zero.
public enum CommissionBase: String, Sendable, Hashable, Codable, CaseIterable {
    /// Without tax.
    case net
    /// With all tax.
    case gross
}
