import Testing

@testable import ExampleSupport

struct LogScaleTests {
    @Test func everyRunOfBucketsHasATickOnItsAxis() {
        let bounds = LogHistogram.bounds.dropFirst().map { Double($0) }
        for first in 0..<40 {
            for last in first + 1..<bounds.count {
                let ticks = LogScale(from: bounds[first], through: bounds[last]).ticks
                #expect((1...20).contains(ticks.count), "from \(bounds[first]) to \(bounds[last])")
                for (left, right) in zip(ticks, ticks.dropFirst()) { #expect(left.fraction < right.fraction) }
            }
        }
    }

    @Test func decadesAreEquallyFarApartAndLabelledInTheirUnit() {
        let scale = LogScale(from: 100, through: 100_000_000)
        #expect(scale.ticks.map(\.label) == ["100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"])
        #expect((scale.fraction(of: 100_000) - 0.5).magnitude < 1e-9)
    }

    @Test func aShortAxisIsLabelledAtTheBoundsOfItsBuckets() {
        #expect(LogScale(from: 2_200, through: 2_700).ticks.map(\.label) == ["2.2 µs", "2.7 µs"])
    }
}
