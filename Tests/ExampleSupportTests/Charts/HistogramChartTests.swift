import ExampleSupport
import Testing

struct HistogramChartTests {
    @Test func theDrawingHasABarForEachBucketThatCountsAndALineForEachMark() {
        let latencies = LatencySummary(nanoseconds: [1_000, 1_100, 5_000, 1_000_000])
        let svg = HistogramChart("Latency", counting: "purchases", latencies).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.split(separator: "<rect ").count - 1 == latencies.histogram.buckets.count { $0.count > 0 })
        #expect(svg.split(separator: "class=\"c-m\"").count - 1 == LatencySummary.reportedPercentiles.count)
        #expect(svg.contains("1.00 µs to 1.20 µs: 2"))
        #expect(svg.contains(">p99.9 1.00 ms<"))
    }

    @Test func latenciesThatLieCloseTogetherAreDrawnOnALinearAxis() {
        let nanoseconds = (0..<500).map { Int64(4_700_000_000 + $0 * 300_000) }
        let svg = HistogramChart("Latency", counting: "purchases", LatencySummary(nanoseconds: nanoseconds)).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains(">duration (s)<"))
        #expect(svg.split(separator: "<rect ").count - 1 > 10)
    }

    @Test func noLatenciesAreSaidInWords() {
        let svg = HistogramChart("Latency", counting: "purchases", LatencySummary([])).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains(">no data<"))
    }

    @Test(arguments: [[0], [-4], [Int64.max], [0, .max], [7, 8]])
    func extremeLatenciesAreDrawn(nanoseconds: [Int64]) {
        let svg = HistogramChart("Latency", counting: "<calls>", LatencySummary(nanoseconds: nanoseconds)).svg
        #expect(MarkupChecker.fault(in: svg) == nil)
        #expect(svg.contains("<rect "))
        #expect(!svg.contains("nan"))
    }
}
