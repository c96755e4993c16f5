/// What became of so many units of a line that came back.
public struct ReturnedUnits: Sendable, Hashable, Codable {
    /// What is done with goods that come back.
    public enum Disposition: String, Sendable, Hashable, Codable, CaseIterable {
        /// They can be sold again.
        case restock
        /// They cannot.
        case writeOff
        /// They did not come back, and need not.
        case keptByBuyer
    }

    /// The line of the order, from 0.
    public let lineIndex: Int
    /// How many units; 0 where none came back.
    public let units: Int
    /// What is done with them.
    public let disposition: Disposition

    /// Units of these parts.
    public init(lineIndex: Int, units: Int, disposition: Disposition) {
        self.lineIndex = lineIndex
        self.units = units
        self.disposition = disposition
    }
}
