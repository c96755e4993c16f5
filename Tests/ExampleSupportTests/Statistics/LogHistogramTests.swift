import Testing

@testable import ExampleSupport

struct LogHistogramTests {
    @Test func everyDurationIsCountedOnceBetweenItsBounds() {
        let durations = (0..<2_000).map { Int64($0 * $0 * 37) } + [.max, 0, -5]
        let histogram = LogHistogram(nanoseconds: durations)
        #expect(histogram.count == durations.count)
        #expect(histogram.buckets.reduce(0) { $0 + $1.count } == durations.count)
        for bucket in histogram.buckets where bucket.lowerNanoseconds > 0 {
            let isLast = bucket.upperNanoseconds == .max
            let inside = durations.count { duration in
                duration >= bucket.lowerNanoseconds && (isLast || duration < bucket.upperNanoseconds)
            }
            #expect(bucket.count == inside)
        }
    }

    @Test func aBoundBelongsToTheBucketItBegins() {
        let histogram = LogHistogram(nanoseconds: [99, 100, 119, 120])
        #expect(
            histogram.buckets == [
                .init(lowerNanoseconds: 82, upperNanoseconds: 100, count: 1),
                .init(lowerNanoseconds: 100, upperNanoseconds: 120, count: 2),
                .init(lowerNanoseconds: 120, upperNanoseconds: 150, count: 1),
            ]
        )
    }

    @Test func emptyBucketsBetweenOthersAreKept() {
        let histogram = LogHistogram(nanoseconds: [10, 99])
        #expect(histogram.buckets.map(\.count) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    }

    @Test func theBoundsGrowAndHoldEveryDecade() {
        for (lower, upper) in zip(LogHistogram.bounds, LogHistogram.bounds.dropFirst()) { #expect(lower < upper) }
        var decade: Int64 = 10
        while decade < 1_000_000_000_000_000_000 {
            #expect(LogHistogram.bounds.contains(decade))
            decade *= 10
        }
    }

    @Test func nothingGivesNoBuckets() {
        #expect(LogHistogram(nanoseconds: []).buckets.isEmpty)
    }
}
