/// Values over time as lines or steps, several series in one frame.
public struct LineChart: Sendable {
    /// How a line goes from one point to the next.
    public enum Shape: Hashable, Sendable {
        /// Straight.
        case straight
        /// The value holds until the next point: a stock or a queue.
        case steps
    }

    /// The title over the chart.
    public let title: String
    /// The horizontal axis.
    public let xAxis: ChartAxis
    /// The vertical axis, which always shows zero.
    public let yAxis: ChartAxis
    /// The series, in the order of the legend.
    public let series: [ChartSeries]
    /// How the lines go.
    public let shape: Shape

    /// A chart of the series; points that are not finite are left out.
    public init(_ title: String, x xAxis: ChartAxis, y yAxis: ChartAxis, _ series: [ChartSeries], shape: Shape) {
        self.title = title
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.series = series.map { ChartSeries($0.name, $0.points.filter(\.isFinite)) }
        self.shape = shape
    }

    /// The chart as an SVG document; the same chart gives the same text.
    public var svg: String {
        let points = series.flatMap(\.points)
        let yScale = LinearScale(over: points.map(\.y), axis: yAxis, count: 6)
        let xScale = LinearScale(over: points.map(\.x), axis: xAxis, fromZero: false, rounded: false, count: 8)
        let widestLabel = yScale.ticks.map { ChartCanvas.width(of: $0.label) }.max() ?? 0
        let left = max(44, widestLabel + 18)
        let rows = legendRows(from: left)
        var canvas = ChartCanvas(
            title: title,
            left: left,
            plotHeight: 260,
            below: 50 + Double(rows.count) * Self.legendRowHeight
        )
        guard !points.isEmpty else {
            canvas.noData()
            return canvas.svg(description: "\(title): no data")
        }
        canvas.verticalAxis(yScale)
        canvas.horizontalAxis(xScale.ticks.map { (xScale.fraction(of: $0.value), $0.label) }, title: xScale.title)
        for (index, series) in series.enumerated() where !series.points.isEmpty {
            canvas.add(line(series, index, xScale, yScale, canvas))
        }
        drawLegend(rows, on: &canvas)
        return canvas.svg(description: description(yScale))
    }

    private static let legendRowHeight = 20.0
    private static let sampleWidth = 24.0

    /// How many points of one series are drawn: many series share what one chart may weigh, and each keeps a shape.
    private var pointsLimit: Int {
        max(400, min(Downsampling.pointsLimit, 4 * Downsampling.pointsLimit / max(1, series.count)))
    }

    private func line(
        _ series: ChartSeries,
        _ index: Int,
        _ xScale: LinearScale,
        _ yScale: LinearScale,
        _ canvas: ChartCanvas
    ) -> String {
        let points = Downsampling.keepingExtremes(series.points, limit: pointsLimit).map { point in
            (canvas.x(xScale.fraction(of: point.x)), canvas.y(yScale.fraction(of: point.y)))
        }
        var path = ""
        for (position, (x, y)) in points.enumerated() {
            let (x, y) = (ChartCanvas.number(x), ChartCanvas.number(y))
            if position == 0 {
                path = "M\(x) \(y)"
            } else if shape == .steps {
                path += "H\(x)V\(y)"
            } else {
                path += "L\(x) \(y)"
            }
        }
        // A series of one point would otherwise draw nothing at all.
        if points.count == 1 { path += "h3" }
        return Markup.element(
            "path",
            ["class": "c-l " + ChartStyle.series(index), "d": path],
            Markup.element("title", [:], Markup.escaped(series.name))
        )
    }

    /// The legend's entries in columns of one width; none for a chart of one series, whose title says what it is.
    private func legendRows(from left: Double) -> [[(index: Int, x: Double)]] {
        guard series.count > 1 else { return [] }
        let widestName = series.map { ChartCanvas.width(of: legendName($0)) }.max() ?? 0
        let pitch = Self.sampleWidth + 6 + widestName + 18
        let perRow = max(1, Int((ChartCanvas.width - left) / pitch))
        return stride(from: 0, to: series.count, by: perRow).map { start in
            (start..<min(start + perRow, series.count)).map { ($0, left + Double($0 - start) * pitch) }
        }
    }

    private func drawLegend(_ rows: [[(index: Int, x: Double)]], on canvas: inout ChartCanvas) {
        for (row, entries) in rows.enumerated() {
            let y = canvas.bottom + 60 + Double(row) * Self.legendRowHeight
            for entry in entries {
                canvas.line(
                    entry.x,
                    y - 4,
                    entry.x + Self.sampleWidth,
                    y - 4,
                    style: "c-l " + ChartStyle.series(entry.index)
                )
                canvas.text(legendName(series[entry.index]), x: entry.x + Self.sampleWidth + 6, y: y)
            }
        }
    }

    private func legendName(_ series: ChartSeries) -> String {
        // A third of the frame: longer names would leave one to a row and push each other out.
        series.name.count <= 36 ? series.name : series.name.prefix(33) + "..."
    }

    private func description(_ scale: LinearScale) -> String {
        series.map { series in
            guard let first = series.points.first, let last = series.points.last else {
                return "\(series.name): no data"
            }
            let ends = [first.y, last.y].map {
                LinearScale.label($0, step: min(1, LinearScale.niceStep($0.magnitude / 1_000)))
            }
            return "\(series.name): from \(ends[0]) to \(ends[1])"
        }.joined(separator: "; ")
    }
}
