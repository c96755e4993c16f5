import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct AllocationTests {
    private static let placements: [RemainderPlacement] = RoundingMode.allCases.flatMap { mode in
        [
            .largest(base: mode), .first(base: mode), .last(base: mode), .wholeToFirst(base: mode),
            .wholeToLast(base: mode), .successiveFromFirst(rounding: mode), .successiveFromLast(rounding: mode),
        ]
    }

    /// The placement of each engine whose numbers are published; those not named give the default's.
    private static let engines: [String: RemainderPlacement] = [
        "moneyphp": .largest(base: .floor),
        "rubymoney": .successiveFromLast(rounding: .down),
        "sylius": .first(base: .halfDown),
    ]

    @Test(arguments: AllocationVector.published.filter(\.isLargestRemainder))
    func theDefaultGivesThePublishedShares(_ vector: AllocationVector) throws {
        let weights = try Ratio.wholeNumbers(proportionalTo: vector.weights.map { try Ratio(parsing: $0) })
        #expect(try Allocation.shares(of: vector.total, by: weights) == vector.expected)
    }

    @Test(arguments: AllocationVector.published)
    func aPlacementForEachEngineGivesAllOfItsShares(_ vector: AllocationVector) throws {
        let weights = try Ratio.wholeNumbers(proportionalTo: vector.weights.map { try Ratio(parsing: $0) })
        let placement = Self.engines[vector.source] ?? .largest
        #expect(try Allocation.shares(of: vector.total, by: weights, remainder: placement) == vector.expected)
    }

    @Test func placementsDifferAsTheyAreDocumented() throws {
        func shares(_ placement: RemainderPlacement, of total: Int64 = 11) throws -> [Int64] {
            try Allocation.shares(of: total, by: [1, 0, 1, 2], remainder: placement)
        }
        // The exact shares are 2.75, 0, 2.75 and 5.5.
        #expect(try shares(.largest) == [3, 0, 3, 5])
        #expect(try shares(.first) == [3, 0, 3, 5])
        #expect(try shares(.last) == [2, 0, 3, 6])
        #expect(try shares(.wholeToFirst(base: .down)) == [4, 0, 2, 5])
        #expect(try shares(.wholeToLast(base: .down)) == [2, 0, 2, 7])
        #expect(try shares(.wholeToLast(base: .halfUp)) == [3, 0, 3, 5])
        #expect(try shares(.successiveFromFirst(rounding: .down)) == [2, 0, 3, 6])
        #expect(try shares(.successiveFromLast(rounding: .down)) == [3, 0, 3, 5])
        #expect(try shares(.largest, of: -11) == [-3, 0, -3, -5])
        #expect(try shares(.largest(base: .floor), of: -11) == [-3, 0, -3, -5])
        #expect(try shares(.last(base: .up)) == [3, 0, 3, 5])
        #expect(try shares(.first(base: .up)) == [2, 0, 3, 6])
    }

    @Test func everySplitSumsExactlyAndGivesNothingToAZeroWeight() throws {
        PropertyRun.check { run throws in
            let total = run.integer()
            let weights = Self.weights(&run)
            for placement in Self.placements {
                let shares = try Allocation.shares(of: total, by: weights, remainder: placement)
                #expect(shares.count == weights.count, run.replay)
                #expect(shares.reduce(0 as Int128) { $0 + Int128($1) } == Int128(total), run.replay)
                for (share, weight) in zip(shares, weights) where weight == 0 { #expect(share == 0, run.replay) }
            }
        }
    }

    @Test func noShareOfTheUnitPlacementsTurnsItsSign() throws {
        PropertyRun.check { run throws in
            let total = run.integer() % 50
            let weights = Self.weights(&run)
            for mode in RoundingMode.allCases {
                for placement in [RemainderPlacement.largest(base: mode), .first(base: mode), .last(base: mode)] {
                    let shares = try Allocation.shares(of: total, by: weights, remainder: placement)
                    #expect(shares.allSatisfy { $0 == 0 || $0.signum() == total.signum() }, run.replay)
                }
            }
        }
    }

    @Test func theDefaultIsTheLargestRemainderMethod() throws {
        PropertyRun.check { run throws in
            let total = run.integer()
            let weights = Self.weights(&run)
            #expect(try Allocation.shares(of: total, by: weights) == Self.hamilton(total, weights), run.replay)
            if total != .min {
                let negated = try Allocation.shares(of: -total, by: weights).map { -$0 }
                #expect(try Allocation.shares(of: total, by: weights) == negated, run.replay)
            }
        }
    }

    @Test func everyShareOfTheDefaultIsWithinOneUnitOfTheExactOne() throws {
        PropertyRun.check { run throws in
            let total = run.integer()
            let weights = Self.weights(&run).map { $0 >> 8 } + [1]
            let sum = weights.reduce(0 as Int128) { $0 + Int128($1) }
            for (share, weight) in zip(try Allocation.shares(of: total, by: weights), weights) {
                let residue = Int128(total) * Int128(weight) - Int128(share) * sum
                #expect(residue.magnitude < sum.magnitude, run.replay)
            }
        }
    }

    @Test func manyWeightsAreSplitAsFewAre() throws {
        PropertyRun.check(20) { run throws in
            let weights = (0..<1000).map { _ in Int64(run.natural(through: 50)) } + [1]
            let total = Int64(run.natural(through: 1_000_000))
            #expect(try Allocation.shares(of: total, by: weights) == Self.hamilton(total, weights), run.replay)
            for placement in Self.placements {
                let shares = try Allocation.shares(of: total, by: weights, remainder: placement)
                #expect(shares.reduce(0, +) == total, run.replay)
            }
        }
    }

    @Test func theLargestTotalsAndWeightsAreSplit() throws {
        let weights = [Int64](repeating: .max, count: 3)
        for total in [Int64.min, .max] {
            for placement in Self.placements {
                let shares = try Allocation.shares(of: total, by: weights, remainder: placement)
                #expect(shares.reduce(0 as Int128) { $0 + Int128($1) } == Int128(total))
            }
        }
        #expect(try Allocation.shares(of: .min, by: [.max]) == [.min])
        #expect(try Allocation.shares(of: .min, by: [0, 1, 0]) == [0, .min, 0])
    }

    @Test func refusesWhatCannotBeSplit() {
        func error(_ total: Int64, _ weights: [Int64]) -> AllocationError? {
            thrownError { () throws(AllocationError) in _ = try Allocation.shares(of: total, by: weights) }
        }
        #expect(error(100, []) == .noWeights)
        #expect(error(0, []) == .noWeights)
        #expect(error(100, [1, -1]) == .negativeWeight(-1, index: 1))
        #expect(error(0, [.max, .max, .min]) == .negativeWeight(.min, index: 2))
        #expect(error(-100, [0, 0]) == .zeroWeights(total: -100))
        #expect(error(100, [])?.effect == .refused)
        #expect(AllocationError.zeroWeights(total: -1).description.contains("-1"))
        #expect(AllocationError.negativeWeight(-7, index: 3).description.contains("index 3 is negative: -7"))
    }

    @Test func nothingIsSplitAmongZeroWeights() throws {
        #expect(try Allocation.shares(of: 0, by: [0, 0]) == [0, 0])
    }

    @Test func partsDifferByOneUnitAtMost() throws {
        #expect(try Allocation.shares(of: 10, parts: 3) == [4, 3, 3])
        #expect(try Allocation.shares(of: -10, parts: 3) == [-4, -3, -3])
        PropertyRun.check(500) { run throws in
            let (total, parts) = (run.integer(), 1 + run.natural(through: 40))
            let shares = try Allocation.shares(of: total, parts: parts)
            #expect(try shares == Allocation.shares(of: total, by: Array(repeating: 1, count: parts)), run.replay)
        }
    }

    @Test func theNumberOfPartsIsBounded() throws {
        func error(_ parts: Int) -> AllocationError? {
            thrownError { () throws(AllocationError) in _ = try Allocation.shares(of: 1, parts: parts) }
        }
        #expect(error(0) == .noWeights)
        #expect(error(-1) == .partsOutOfRange(-1))
        #expect(error(.max) == .partsOutOfRange(.max))
        #expect(error(Allocation.maximumParts + 1) == .partsOutOfRange(Allocation.maximumParts + 1))
        #expect(try Allocation.shares(of: 1, parts: Allocation.maximumParts).count == Allocation.maximumParts)
    }

    @Test func moneyIsSplitInItsCurrency() throws {
        let total = Money(minorUnits: 100, .usd)
        #expect(try total.allocated(by: [1, 1, 1]).map(\.minorUnits) == [34, 33, 33])
        #expect(try total.allocated(by: [1, 1, 1], remainder: .last).map(\.minorUnits) == [33, 33, 34])
        #expect(try total.allocated(into: 3).allSatisfy { $0.currency == .usd })
        #expect(thrownError { () throws(MoneyError) in _ = try total.allocated(by: []) } == .allocation(.noWeights))
        #expect(
            thrownError { () throws(MoneyError) in _ = try total.allocated(into: -1) }
                == .allocation(.partsOutOfRange(-1))
        )
    }

    @Test func aPlacementIsStoredByName() throws {
        for placement in Self.placements {
            #expect(
                try JSONDecoder().decode(RemainderPlacement.self, from: JSONEncoder().encode(placement)) == placement
            )
        }
        let json = Data(#"{"method":"successive_from_last","rounding":"half_down"}"#.utf8)
        #expect(
            try JSONDecoder().decode(RemainderPlacement.self, from: json) == .successiveFromLast(rounding: .halfDown)
        )
        #expect(try JSONDecoder().decode(RemainderPlacement.self, from: Data(#"{"method":"last"}"#.utf8)) == .last)
    }

    /// One to eight weights, some zero, some huge, not all zero.
    private static func weights(_ run: inout PropertyRun) -> [Int64] {
        var weights = (0...run.natural(through: 7)).map { _ in max(0, run.integer()) }
        if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
        return weights
    }

    /// The method as the books have it, on magnitudes, with nothing but sorting.
    private static func hamilton(_ total: Int64, _ weights: [Int64]) -> [Int64] {
        let sum = weights.reduce(0 as Int128) { $0 + Int128($1) }
        let parts = weights.map { (Int128(total.magnitude) * Int128($0)).quotientAndRemainder(dividingBy: sum) }
        var shares = parts.map(\.quotient)
        let left = Int(Int128(total.magnitude) - shares.reduce(0, +))
        let order = parts.indices.sorted {
            (parts[$1].remainder, $0) < (parts[$0].remainder, $1)
        }
        for index in order.prefix(left) { shares[index] += 1 }
        return shares.map { Int64(total < 0 ? -$0 : $0) }
    }
}
