/// Why a seller does not agree to a return.
public enum ReturnRejectionReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// Such goods are not taken back, such as what was sealed for hygiene.
    case notReturnable
    /// What the buyer says is not so.
    case unfounded
    /// The goods were used more than it takes to look at them.
    case used
    /// Something else.
    case other
}
