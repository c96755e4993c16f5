/// A point of a line chart, in the units of its axes.
public struct ChartPoint: Hashable, Sendable {
    /// The place along the horizontal axis.
    public let x: Double
    /// The height on the vertical axis.
    public let y: Double

    /// A point; one that is not finite is left out of a drawing.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// A whole number at a time, for an axis of ``ChartAxis/Unit/elapsed``.
    public init(at elapsed: Duration, _ value: Int) {
        self.init(x: Double(elapsed.wholeNanoseconds), y: Double(value))
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
}
