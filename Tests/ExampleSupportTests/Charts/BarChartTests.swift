import ExampleSupport
import Testing

struct BarChartTests {
    @Test func everyBarHasItsNameItsFigureAndItsTone() {
        let bars = [BarChart.Bar("sold", 9_700, .good), .init("refused <late>", 300, .bad), .init("odd", 0)]
        let svg = BarChart("Outcomes", counting: "buyers", bars).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains(">9,700<"))
        #expect(svg.contains(">refused &lt;late&gt;<"))
        #expect(svg.contains("c-b c-good"))
        #expect(svg.contains("c-b c-bad"))
    }

    @Test func noBarsAreSaidInWords() {
        let svg = BarChart("Outcomes", counting: "buyers", []).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains(">no data<"))
    }

    @Test func anyFigureIsDrawn() {
        let bars = [BarChart.Bar("least", .min), .init("most", .max), .init(String(repeating: "long ", count: 50), -1)]
        let svg = BarChart("Outcomes", counting: "buyers", bars).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(!svg.contains("width=\"-"))
    }
}
