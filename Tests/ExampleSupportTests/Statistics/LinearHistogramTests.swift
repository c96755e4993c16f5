import ExampleSupport
import Testing

struct LinearHistogramTests {
    @Test func bucketsAreOfOneRoundWidthAndCountEverything() {
        let nanoseconds = (0..<1_000).map { Int64(4_700_000 + $0 * 137) }
        let histogram = LinearHistogram(nanoseconds: nanoseconds)
        #expect(histogram.buckets.map(\.count).reduce(0, +) == 1_000)
        #expect(Set(histogram.buckets.map { $0.upperNanoseconds - $0.lowerNanoseconds }) == [5_000])
        #expect(histogram.buckets.first?.lowerNanoseconds == 4_700_000)
        for (left, right) in zip(histogram.buckets, histogram.buckets.dropFirst()) {
            #expect(left.upperNanoseconds == right.lowerNanoseconds)
        }
    }

    @Test(arguments: [[], [0], [5], [-3], [0, .max], [.max], [.min, .max], [7, 8], [0, 29], [0, 30]] as [[Int64]])
    func extremesAreCounted(nanoseconds: [Int64]) {
        let histogram = LinearHistogram(nanoseconds: nanoseconds)
        #expect(histogram.count == nanoseconds.count)
        #expect(histogram.buckets.map(\.count).reduce(0, +) == nanoseconds.count)
        #expect(histogram.buckets.count <= 64)
    }
}
