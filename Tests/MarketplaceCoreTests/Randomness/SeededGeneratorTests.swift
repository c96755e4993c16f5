import MarketplaceCore
import TestSupport
import Testing

struct SeededGeneratorTests {
    /// The first numbers of the reference implementation, https://prng.di.unimi.it/splitmix64.c, with seed 1234567.
    @Test func givesTheNumbersOfTheReferenceImplementation() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func aCopyContinuesWithTheSameNumbers() {
        var first = SeededGenerator(seed: 7)
        _ = first.next()
        var second = first
        #expect(first.next() == second.next())
        #expect(first == second)
    }

    @Test func boundedNumbersStayWithinTheBoundAndReachBothEnds() {
        PropertyRun.check(50) { run throws in
            let bound = UInt64(run.natural(through: 6))
            var seen: Set<UInt64> = []
            for _ in 0..<500 {
                let number = run.generator.next(through: bound)
                #expect(number <= bound, run.replay)
                seen.insert(number)
            }
            #expect(seen.count == Int(bound) + 1, run.replay)
        }
    }

    @Test(arguments: [UInt64(0), 1, 1 << 63, .max - 1, .max])
    func anyBoundIsAccepted(_ bound: UInt64) {
        var generator = SeededGenerator(seed: bound)
        for _ in 0..<1000 {
            #expect(generator.next(through: bound) <= bound)
        }
    }

    @Test func boundedNumbersAreUniform() {
        var generator = SeededGenerator(seed: 42)
        var counts = [Int](repeating: 0, count: 3)
        for _ in 0..<30_000 { counts[Int(generator.next(through: 2))] += 1 }
        // Four standard deviations of a binomial with 30,000 draws and a third each are 327.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 327 })
    }

    @Test func aSharedSourceGivesTheNumbersOfTheGenerator() {
        let source = SeededRandomSource(seed: 99)
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<100 { #expect(source.next() == generator.next()) }
        #expect(source.next(through: 10) == generator.next(through: 10))
    }

    @Test func theSystemsNumbersDiffer() {
        let source = SystemRandomSource()
        #expect(Set((0..<100).map { _ in source.next() }).count == 100)
    }
}
