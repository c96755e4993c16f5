/// What an axis measures.
public struct ChartAxis: Hashable, Sendable {
    /// How the figures of an axis are written.
    public enum Unit: Hashable, Sendable {
        /// Plain numbers.
        case number
        /// Whole things, so that no tick stands at a part of one.
        case count
        /// Nanoseconds, shown in the unit that suits their size.
        case elapsed
    }

    /// What is measured; stands beside the axis.
    public let title: String
    /// How its figures are written.
    public let unit: Unit

    /// An axis.
    public init(_ title: String, _ unit: Unit = .number) {
        self.title = title
        self.unit = unit
    }
}
