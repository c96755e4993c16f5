import ExampleSupport
import Testing

struct LatencySummaryTests {
    @Test func thePercentilesOfOneToHundredAreTheirOwnNumbers() {
        let summary = LatencySummary(nanoseconds: (1...100).shuffled())
        for percent in 1...100 {
            #expect(summary.percentile(.percent(percent)) == .nanoseconds(percent))
        }
        #expect(summary.percentile(.percent(99, 1)) == .nanoseconds(100))
    }

    @Test func theNearestRankIsNeverInterpolated() {
        // The worked example of the nearest-rank method: 15, 20, 35, 40, 50.
        let summary = LatencySummary(nanoseconds: [35, 20, 15, 50, 40])
        let expected: [(Int, Int)] = [(5, 15), (30, 20), (40, 20), (50, 35), (100, 50)]
        for (percent, value) in expected {
            #expect(summary.percentile(.percent(percent)) == .nanoseconds(value))
        }
    }

    @Test func sharesOutsideTheirBoundsAreHeldAtThem() {
        let summary = LatencySummary([.nanoseconds(3), .nanoseconds(1), .nanoseconds(2)])
        #expect(summary.percentile(.percent(0)) == .nanoseconds(1))
        #expect(summary.percentile(BasisPoints(.min)) == .nanoseconds(1))
        #expect(summary.percentile(BasisPoints(.max)) == .nanoseconds(3))
    }

    @Test func countShortestLongestAndMeanAreExact() {
        let summary = LatencySummary(nanoseconds: [4, 1, 2])
        #expect(summary.count == 3)
        #expect(summary.shortest == .nanoseconds(1))
        #expect(summary.longest == .nanoseconds(4))
        #expect(summary.mean == .nanoseconds(2))
        #expect(LatencySummary(nanoseconds: [-1, 0]).mean == .nanoseconds(-1))
    }

    @Test func theMeanOfTheLargestDoesNotOverflow() {
        #expect(LatencySummary(nanoseconds: [.max, .max]).mean == .nanoseconds(Int64.max))
        #expect(LatencySummary(nanoseconds: [.min, .min]).mean == .nanoseconds(Int64.min))
    }

    @Test func noLatenciesHaveNoFigures() {
        let summary = LatencySummary([])
        #expect(summary.count == 0)
        #expect(summary.percentile(.percent(50)) == nil)
        #expect(summary.mean == nil)
        #expect(summary.shortest == nil)
        #expect(summary.longest == nil)
    }

    @Test func aDurationBeyondTheRangeCountsAsItsBound() {
        let summary = LatencySummary([Duration(secondsComponent: .max, attosecondsComponent: 0)])
        #expect(summary.longest == .nanoseconds(Int64.max))
    }
}
