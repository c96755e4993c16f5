import Testing

@testable import ExampleSupport

struct DownsamplingTests {
    @Test func fewPointsStayAsTheyAre() {
        let points = (0..<2_000).map { ChartPoint(x: Double($0), y: 1) }
        #expect(Downsampling.keepingExtremes(points) == points)
    }

    @Test(arguments: [2_001, 5_000, 123_457])
    func theEndsAndTheExtremesStayInTheirOrder(count: Int) {
        var points = (0..<count).map { ChartPoint(x: Double($0), y: Double($0 % 7)) }
        points[count / 3] = ChartPoint(x: Double(count / 3), y: 1_000)
        points[count / 2] = ChartPoint(x: Double(count / 2), y: -1_000)
        let kept = Downsampling.keepingExtremes(points)
        #expect(kept.count <= Downsampling.pointsLimit)
        #expect(kept.first == points.first)
        #expect(kept.last == points.last)
        #expect(kept.contains { $0.y == 1_000 })
        #expect(kept.contains { $0.y == -1_000 })
        for (earlier, later) in zip(kept, kept.dropFirst()) { #expect(earlier.x < later.x) }
    }
}
