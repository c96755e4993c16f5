/// A named run of points in the order of their time.
public struct ChartSeries: Hashable, Sendable {
    /// What the legend calls it.
    public let name: String
    /// The points, by growing `x`.
    public let points: [ChartPoint]

    /// A series of a line chart.
    public init(_ name: String, _ points: [ChartPoint]) {
        self.name = name
        self.points = points
    }
}
