/// Something that must hold, by name, and whether it did.
public struct NamedCheck: Hashable, Sendable {
    /// What must hold, in a few words.
    public let name: String
    /// Whether it held.
    public let hasPassed: Bool
    /// The figures it was judged by; may be empty.
    public let finding: String

    /// A check that was made.
    public init(_ name: String, passed hasPassed: Bool, finding: String = "") {
        self.name = name
        self.hasPassed = hasPassed
        self.finding = finding
    }
}
