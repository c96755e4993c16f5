/// The frame that all charts share: size, style, title, plot area, and the texts around it.
struct ChartCanvas {
    static let width = 720.0
    /// What an average character of the charts' text is taken to measure, as nothing here can measure a font.
    static let characterWidth = 6.6
    static let right = 24.0

    let title: String
    let left: Double
    /// Where the plot area begins; the title and the vertical axis' title stand above it.
    let top: Double
    let plotHeight: Double
    /// The height below the plot area: tick labels, axis title, legend.
    let below: Double
    private var parts: [String] = []

    init(title: String, left: Double, top: Double = 44, plotHeight: Double, below: Double) {
        self.title = title
        self.left = left
        self.top = top
        self.plotHeight = plotHeight
        self.below = below
    }

    var plotWidth: Double { Self.width - left - Self.right }
    var bottom: Double { top + plotHeight }
    var height: Double { bottom + below }

    func x(_ fraction: Double) -> Double { left + fraction * plotWidth }
    func y(_ fraction: Double) -> Double { bottom - fraction * plotHeight }

    mutating func add(_ part: String) {
        parts.append(part)
    }

    /// Adds a text; `anchor` is the end, middle or start of the text that stands at `x`.
    mutating func text(_ text: String, x: Double, y: Double, anchor: String = "start", style: String = "c-t") {
        add(
            Markup.element(
                "text",
                ["class": style, "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor],
                Markup.escaped(text)
            )
        )
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
        add(
            Markup.element(
                "line",
                [
                    "class": style, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2),
                    "y2": Self.number(y2),
                ]
            )
        )
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String, tip: String) {
        add(
            Markup.element(
                "rect",
                [
                    "class": style, "x": Self.number(x), "y": Self.number(y), "width": Self.number(width),
                    "height": Self.number(height),
                ],
                Markup.element("title", [:], Markup.escaped(tip))
            )
        )
    }

    /// Draws the horizontal grid lines and the labels of the vertical axis, and its title above it.
    mutating func verticalAxis(_ scale: LinearScale) {
        for tick in scale.ticks {
            let y = y(scale.fraction(of: tick.value))
            line(left, y, left + plotWidth, y, style: "c-g")
            text(tick.label, x: left - 8, y: y + 4, anchor: "end")
        }
        text(scale.title, x: 8, y: top - 10, style: "c-a")
    }

    /// Draws the horizontal axis with its ticks and its title below it.
    mutating func horizontalAxis(_ ticks: [(fraction: Double, label: String)], title: String) {
        line(left, bottom, left + plotWidth, bottom, style: "c-x")
        for tick in ticks {
            let x = x(tick.fraction)
            line(x, bottom, x, bottom + 5, style: "c-x")
            text(tick.label, x: x, y: bottom + 19, anchor: "middle")
        }
        text(title, x: left + plotWidth / 2, y: bottom + 38, anchor: "middle", style: "c-a")
    }

    mutating func noData() {
        text("no data", x: Self.width / 2, y: top + plotHeight / 2, anchor: "middle", style: "c-n")
    }

    /// The drawing as an SVG document of its own, without a reference to anything outside it.
    func svg(description: String) -> String {
        let height = Self.number(height)
        let width = Self.number(Self.width)
        let head = [
            Markup.element("title", [:], Markup.escaped(title)),
            Markup.element("desc", [:], Markup.escaped(description)),
            Markup.element("style", [:], ChartStyle.sheet),
            Markup.element(
                "text",
                ["class": "c-h", "x": Self.number(Self.width / 2), "y": "18", "text-anchor": "middle"],
                Markup.escaped(title)
            ),
        ]
        return Markup.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img", "aria-label": title,
                "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
            ],
            "\n" + (head + parts).joined(separator: "\n") + "\n"
        ) + "\n"
    }

    /// A coordinate with one decimal at most, written the same way everywhere.
    static func number(_ value: Double) -> String {
        guard let tenths = Int64(exactly: (value * 10).rounded()) else { return "0" }
        let sign = tenths < 0 ? "-" : ""
        return tenths % 10 == 0
            ? String(tenths / 10) : sign + Format.fixed(UInt128(tenths.magnitude), decimals: 1)
    }

    /// About how wide a text is.
    static func width(of text: String) -> Double {
        Double(text.count) * characterWidth
    }
}
