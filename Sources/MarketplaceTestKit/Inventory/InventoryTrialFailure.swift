/// An inventory did something that no sequence of its calls explains: which trial, and what was called.
public struct InventoryTrialFailure: Error, Sendable {
    /// What the trial follows from.
    public let seed: UInt64
    /// What does not hold.
    public let reason: String
    /// The calls with their answers, the last ones when there were very many.
    public let history: [String]
}

extension InventoryTrialFailure: CustomStringConvertible {
    /// All of it, on several lines.
    public var description: String {
        """
        \(reason); the seed is \(seed)
        \(history.map { "    \($0)" }.joined(separator: "\n"))
        """
    }
}
