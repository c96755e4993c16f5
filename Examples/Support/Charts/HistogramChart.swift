/// How long something took, counted in buckets: on a logarithmic axis, or on a linear one where all is close together.
public struct HistogramChart: Sendable {
    /// A duration marked by a line across the chart, such as a percentile.
    public struct Mark: Hashable, Sendable {
        /// What the mark is called.
        public let name: String
        /// Where it stands.
        public let duration: Duration

        /// A mark.
        public init(_ name: String, _ duration: Duration) {
            self.name = name
            self.duration = duration
        }
    }

    /// The title over the chart.
    public let title: String
    /// What is counted; stands over the vertical axis.
    public let counted: String
    /// The counts.
    public let buckets: [LogHistogram.Bucket]
    /// How many durations were counted.
    public let count: Int
    /// The marks, in any order.
    public let marks: [Mark]
    private let isLogarithmic: Bool

    /// A chart of the counts on a logarithmic axis.
    public init(_ title: String, counting counted: String, _ histogram: LogHistogram, marks: [Mark] = []) {
        self.title = title
        self.counted = counted
        self.marks = marks
        (buckets, count) = (histogram.buckets, histogram.count)
        isLogarithmic = true
    }

    /// A chart of the counts on a linear axis.
    public init(_ title: String, counting counted: String, _ histogram: LinearHistogram, marks: [Mark] = []) {
        self.title = title
        self.counted = counted
        self.marks = marks
        (buckets, count) = (histogram.buckets, histogram.count)
        isLogarithmic = false
    }

    /// A chart of latencies with their reported percentiles marked.
    ///
    /// The axis is logarithmic unless the longest is less than three times the shortest.
    public init(_ title: String, counting counted: String, _ latencies: LatencySummary) {
        let marks = LatencySummary.reportedPercentiles.compactMap { name, share in
            latencies.percentile(share).map { Mark(name, $0) }
        }
        if latencies.isNarrow {
            self.init(title, counting: counted, latencies.linearHistogram, marks: marks)
        } else {
            self.init(title, counting: counted, latencies.histogram, marks: marks)
        }
    }

    /// The chart as an SVG document; the same chart gives the same text.
    public var svg: String {
        let scale = LinearScale(
            over: buckets.map { Double($0.count) },
            axis: ChartAxis(counted, .count),
            count: 6
        )
        let widestLabel = scale.ticks.map { ChartCanvas.width(of: $0.label) }.max() ?? 0
        let left = max(44, widestLabel + 18)
        guard let first = buckets.first, let last = buckets.last else {
            var canvas = ChartCanvas(title: title, left: left, plotHeight: 120, below: 50)
            canvas.noData()
            return canvas.svg(description: "\(title): no data")
        }
        let bounds = Bounds(first, last, isLogarithmic: isLogarithmic)
        let frame = ChartCanvas(title: title, left: left, plotHeight: 260, below: 50)
        let labels = labels(bounds, in: frame)
        // The names of the marks stand in rows of their own above the plot, where no bar covers them.
        let rows = Double(labels.map { $0.row + 1 }.max() ?? 0)
        var canvas = ChartCanvas(
            title: title,
            left: left,
            top: frame.top + rows * Self.labelRowHeight + 4,
            plotHeight: 260,
            below: 50
        )
        canvas.verticalAxis(scale)
        for bucket in buckets where bucket.count > 0 {
            let left = canvas.x(bounds.fraction(of: Double(bucket.lowerNanoseconds)))
            let right = canvas.x(bounds.fraction(of: Double(bucket.upperNanoseconds)))
            let top = canvas.y(scale.fraction(of: Double(bucket.count)))
            canvas.rectangle(
                x: left + 0.5,
                y: top,
                width: max(1, right - left - 1),
                height: canvas.bottom - top,
                style: "c-b c-s0",
                tip: Self.tip(of: bucket)
            )
        }
        canvas.horizontalAxis(bounds.ticks, title: bounds.title)
        for label in labels {
            let y = frame.top - 4 + Double(label.row) * Self.labelRowHeight
            canvas.line(label.x, y - 10, label.x, canvas.bottom, style: "c-m")
            canvas.text(label.text, x: label.start, y: y)
        }
        let counts = "\(Format.count(count)) \(counted)"
        let named = marks.map { "\($0.name) \(Format.duration($0.duration))" }
        return canvas.svg(description: ([counts] + named).joined(separator: "; "))
    }

    /// The horizontal axis.
    private struct Bounds {
        let title: String
        let ticks: [(fraction: Double, label: String)]
        let fraction: (Double) -> Double

        init(_ first: LogHistogram.Bucket, _ last: LogHistogram.Bucket, isLogarithmic: Bool) {
            let (lower, upper) = (Double(first.lowerNanoseconds), Double(last.upperNanoseconds))
            if isLogarithmic {
                // A logarithm has no zero: the first bucket is drawn from one nanosecond on.
                let scale = LogScale(from: max(1, lower), through: upper)
                title = "duration, logarithmic"
                ticks = scale.ticks
                fraction = { scale.fraction(of: max(1, $0)) }
            } else {
                let axis = ChartAxis("duration", .elapsed)
                let scale = LinearScale(over: [lower, upper], axis: axis, fromZero: false, rounded: false, count: 8)
                title = scale.title
                ticks = scale.ticks.map { (scale.fraction(of: $0.value), $0.label) }
                fraction = { scale.fraction(of: $0) }
            }
        }

        func fraction(of nanoseconds: Double) -> Double { fraction(nanoseconds) }
    }

    private static func tip(of bucket: LogHistogram.Bucket) -> String {
        let bounds = [bucket.lowerNanoseconds, bucket.upperNanoseconds].map { Format.duration(.nanoseconds($0)) }
        return "\(bounds[0]) to \(bounds[1]): \(Format.count(bucket.count))"
    }

    /// The name of a mark and its place.
    private struct Label {
        let text: String
        /// Where the line of the mark stands.
        let x: Double
        /// Where its name begins.
        let start: Double
        let row: Int
    }

    private static let labelRowHeight = 17.0

    /// The marks' names from the left, each in the first row where the name before it leaves room.
    private func labels(_ scale: Bounds, in canvas: ChartCanvas) -> [Label] {
        var rowEnds: [Double] = []
        return marks.sorted { ($0.duration, $0.name) < ($1.duration, $1.name) }.map { mark in
            let fraction = scale.fraction(of: Double(mark.duration.wholeNanoseconds))
            let x = canvas.x(min(max(fraction, 0), 1))
            let text = "\(mark.name) \(Format.duration(mark.duration))"
            let width = ChartCanvas.width(of: text)
            let start = x + 4 + width <= ChartCanvas.width ? x + 4 : x - 4 - width
            let row = rowEnds.firstIndex { $0 + 8 <= start } ?? rowEnds.count
            if row == rowEnds.count { rowEnds.append(0) }
            rowEnds[row] = start + width
            return Label(text: text, x: x, start: start, row: row)
        }
    }
}
