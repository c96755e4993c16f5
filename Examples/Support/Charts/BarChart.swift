/// How often each of a few things happened, as horizontal bars with their figures.
public struct BarChart: Sendable {
    /// What the colour of a bar says.
    public enum Tone: Hashable, Sendable {
        /// Nothing.
        case plain
        /// This is wanted.
        case good
        /// This is not wanted.
        case bad
    }

    /// One bar.
    public struct Bar: Hashable, Sendable {
        /// What happened.
        public let label: String
        /// How often; a negative figure is drawn as nothing, and written.
        public let value: Int
        /// What its colour says.
        public let tone: Tone

        /// A bar.
        public init(_ label: String, _ value: Int, _ tone: Tone = .plain) {
            self.label = label
            self.value = value
            self.tone = tone
        }
    }

    /// The title over the chart.
    public let title: String
    /// What the bars count; stands below them.
    public let counted: String
    /// The bars, from the top.
    public let bars: [Bar]

    /// A chart of the bars.
    public init(_ title: String, counting counted: String, _ bars: [Bar]) {
        self.title = title
        self.counted = counted
        self.bars = bars
    }

    /// The chart as an SVG document; the same chart gives the same text.
    public var svg: String {
        let scale = LinearScale(over: bars.map { Double(max(0, $0.value)) }, axis: ChartAxis(counted, .count), count: 6)
        let widest = bars.map { ChartCanvas.width(of: Self.name($0)) }.max() ?? 0
        var canvas = ChartCanvas(
            title: title,
            left: max(44, widest + 20),
            plotHeight: max(60, Double(bars.count) * Self.pitch + 8),
            below: 50
        )
        guard !bars.isEmpty else {
            canvas.noData()
            return canvas.svg(description: "\(title): no data")
        }
        for tick in scale.ticks {
            let x = canvas.x(scale.fraction(of: tick.value) * Self.room(for: scale, in: canvas))
            canvas.line(x, canvas.top, x, canvas.bottom, style: "c-g")
        }
        let room = Self.room(for: scale, in: canvas)
        canvas.horizontalAxis(scale.ticks.map { (scale.fraction(of: $0.value) * room, $0.label) }, title: scale.title)
        for (index, bar) in bars.enumerated() {
            let top = canvas.top + 8 + Double(index) * Self.pitch
            let width = scale.fraction(of: Double(max(0, bar.value))) * room * canvas.plotWidth
            let figure = Format.count(bar.value)
            canvas.text(Self.name(bar), x: canvas.left - 10, y: top + 15, anchor: "end")
            canvas.rectangle(
                x: canvas.left,
                y: top,
                width: width,
                height: Self.pitch - 8,
                style: "c-b " + Self.style(of: bar.tone),
                tip: "\(bar.label): \(figure)"
            )
            canvas.text(figure, x: canvas.left + width + 6, y: top + 15)
        }
        return canvas.svg(description: bars.map { "\($0.label): \(Format.count($0.value))" }.joined(separator: "; "))
    }

    private static let pitch = 30.0

    /// The share of the plot that bars may fill, so that the figure after the longest one fits.
    private static func room(for scale: LinearScale, in canvas: ChartCanvas) -> Double {
        let figure = ChartCanvas.width(of: scale.ticks.last?.label ?? "") + 12
        return (canvas.plotWidth - figure) / canvas.plotWidth
    }

    private static func name(_ bar: Bar) -> String {
        // Half of the frame is left to the bars.
        bar.label.count <= 44 ? bar.label : bar.label.prefix(41) + "..."
    }

    private static func style(of tone: Tone) -> String {
        switch tone {
        case .plain: "c-s0"
        case .good: "c-good"
        case .bad: "c-bad"
        }
    }
}
