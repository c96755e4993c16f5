import Testing

@testable import ExampleSupport

struct LinearScaleTests {
    @Test(arguments: [(0.0, 1.0), (0.3, 0.5), (1, 1), (1.1, 2), (3, 5), (7, 10), (1_200, 2_000), (5e17, 5e17)])
    func stepsAreOneTwoOrFiveTimesAPowerOfTen(step: Double, nice: Double) {
        #expect((LinearScale.niceStep(step) - nice).magnitude <= nice * 1e-9)
    }

    @Test func theTicksCoverTheValuesWithThousandsSeparators() {
        let scale = LinearScale(over: [0, 9_700], axis: ChartAxis("units"), count: 5)
        #expect(scale.ticks.map(\.label) == ["0", "2,000", "4,000", "6,000", "8,000", "10,000"])
        #expect(scale.fraction(of: 10_000) == 1)
        #expect(scale.title == "units")
    }

    @Test func elapsedTimeIsShownInAUnitThatSuitsIt() {
        let scale = LinearScale(over: [0, 2_500_000_000], axis: ChartAxis("time", .elapsed), count: 5)
        #expect(scale.title == "time (s)")
        #expect(scale.ticks.map(\.label) == ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"])
    }

    @Test func aCountHasNoTickAtAPartOfOne() {
        let scale = LinearScale(over: [0, 2], axis: ChartAxis("buyers", .count), count: 6)
        #expect(scale.ticks.map(\.label) == ["0", "1", "2"])
    }

    @Test func equalAndMissingValuesStillMakeAnAxis() {
        for values: [Double] in [[], [0, 0], [5, 5], [-3]] {
            let scale = LinearScale(over: values, axis: ChartAxis(""), count: 5)
            #expect(scale.upper > scale.lower)
            #expect(scale.ticks.count >= 2)
        }
    }
}
