/// Which of several commission rules that match a line is taken.
public enum CommissionSelection: String, Sendable, Hashable, Codable, CaseIterable {
    /// The first in the operator's order.
    case firstMatch
    /// The one that names the most dimensions; of those the one introduced first, then the first in the order.
    case mostSpecific
}
