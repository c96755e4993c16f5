import Testing

@testable import ExampleSupport

struct LineChartTests {
    private let axes = (x: ChartAxis("time", .elapsed), y: ChartAxis("units"))

    private func chart(_ series: [ChartSeries], title: String = "Stock", _ shape: LineChart.Shape = .steps) -> LineChart
    {
        LineChart(title, x: axes.x, y: axes.y, series, shape: shape)
    }

    private func falling(_ count: Int) -> [ChartPoint] {
        (0..<count).map { ChartPoint(at: .milliseconds($0), count - $0) }
    }

    @Test func theDrawingIsWellFormedAndAlwaysTheSame() {
        let series = (1...20).map { ChartSeries("SKU \($0)", falling(50)) }
        let svg = chart(series).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg == chart(series).svg)
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        for series in series { #expect(svg.contains(">\(series.name)<")) }
    }

    @Test func stepsHoldTheirValueAndStraightLinesDoNot() {
        let series = [ChartSeries("a", [ChartPoint(x: 0, y: 10), ChartPoint(x: 10, y: 0)])]
        let steps = chart(series).svg
        let straight = chart(series, .straight).svg
        #expect(steps.contains("d=\"M44 44H696V304\""))
        #expect(straight.contains("d=\"M44 44L696 304\""))
    }

    @Test func theTextsAreEscaped() {
        let svg = chart(
            [ChartSeries("<script>&", falling(3)), ChartSeries("\"q\"\u{1}", falling(3))],
            title: "a < b & 'c'"
        ).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains("a &lt; b &amp; &#39;c&#39;"))
        #expect(!svg.contains("<script>"))
    }

    @Test func noPointsAreSaidInWords() {
        for series in [[], [ChartSeries("empty", [])], [ChartSeries("bad", [ChartPoint(x: .nan, y: .infinity)])]] {
            let svg = chart(series).svg
            #expect(MarkupChecker.fault(in: svg) == nil)
            #expect(svg.contains(">no data<"))
        }
    }

    @Test(arguments: [0.0, 5, -5, 1e-300, 1e18, -1e300, 1e308])
    func onePointOfAnySizeIsDrawn(value: Double) {
        let svg = chart([ChartSeries("one", [ChartPoint(x: value, y: value)])]).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains("class=\"c-l c-s0\""))
    }

    @Test func valuesFarApartAreDrawn() {
        let points = [ChartPoint(x: -1e308, y: -1e308), ChartPoint(x: 1e308, y: 1e308)]
        #expect(MarkupChecker.fault(in: chart([ChartSeries("wide", points)]).svg) == nil)
    }

    @Test func aHundredThousandPointsMakeASmallDrawing() {
        #expect(chart([ChartSeries("many", falling(100_000))]).svg.utf8.count < 60_000)
    }
}
