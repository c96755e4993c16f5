/// How many units stay where a visitor and the member they turn out to be have chosen the same thing.
public enum CartMergePolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// The larger of both: whoever puts the same thing in twice, once on each device, mostly means it once.
    case larger
    /// Both together.
    case sum
    /// The member's, whatever the visitor chose.
    case members
}
