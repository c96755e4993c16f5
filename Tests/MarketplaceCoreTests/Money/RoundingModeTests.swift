import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct RoundingModeTests {
    @Test(arguments: RoundingVector.published)
    func roundsAsPublished(_ vector: RoundingVector) throws {
        let mode = try #require(RoundingMode(rawValue: vector.mode))
        #expect(try Ratio(parsing: vector.value).rounded(mode) == vector.expected)
    }

    @Test(
        arguments: [
            (RoundingMode.up, [-3, -3, -3, 0, 3, 3, 3]), (.down, [-2, -2, -2, 0, 2, 2, 2]),
            (.ceiling, [-2, -2, -2, 0, 3, 3, 3]), (.floor, [-3, -3, -3, 0, 2, 2, 2]),
            (.halfUp, [-3, -3, -2, 0, 2, 3, 3]), (.halfDown, [-3, -2, -2, 0, 2, 2, 3]),
            (.halfEven, [-3, -2, -2, 0, 2, 2, 3]), (.halfOdd, [-3, -3, -2, 0, 2, 3, 3]),
            (.halfCeiling, [-3, -2, -2, 0, 2, 3, 3]), (.halfFloor, [-3, -3, -2, 0, 2, 2, 3]),
        ] as [(RoundingMode, [Int128])]
    )
    func everyModeRoundsAsDocumented(_ mode: RoundingMode, _ expected: [Int128]) {
        let tenths: [Int128] = [-26, -25, -24, 0, 24, 25, 26]
        #expect(tenths.map { mode.quotient(of: $0, by: 10) } == expected)
    }

    @Test func theRawNamesAreStable() {
        #expect(
            RoundingMode.allCases.map(\.rawValue) == [
                "up", "down", "ceiling", "floor", "half_up", "half_down", "half_even", "half_odd", "half_ceiling",
                "half_floor",
            ]
        )
    }

    @Test func aRoundedNumberIsWithinOneAndHalfModesAreNearest() {
        PropertyRun.check { run throws in
            let numerator = Int128(run.integer()) * Int128(run.integer())
            let denominator = max(1, Int128(run.integer()) * Int128(run.integer()))
            for mode in RoundingMode.allCases {
                let rounded = mode.quotient(of: numerator, by: denominator)
                let (cut, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
                #expect(rest != 0 || rounded == cut, run.replay)
                #expect((rounded - cut).magnitude <= 1, run.replay)
                guard mode.rawValue.hasPrefix("half") else { continue }
                let distance = rounded == cut ? rest.magnitude : denominator.magnitude - rest.magnitude
                #expect(distance <= denominator.magnitude - distance, run.replay)
            }
        }
    }

    @Test func theEdgesOf128BitsAreRounded() {
        for mode in RoundingMode.allCases {
            #expect(mode.quotient(of: .min, by: 1) == .min)
            #expect(mode.quotient(of: .max, by: 1) == .max)
            #expect(mode.quotient(of: .max, by: .max) == 1)
            #expect((-2 ... -1).contains(mode.quotient(of: .min, by: .max)))
        }
        #expect(RoundingMode.halfUp.quotient(of: .max, by: 2) == 1 << 126)
        #expect(RoundingMode.halfUp.quotient(of: .min, by: 2) == -(1 << 126))
    }
}
