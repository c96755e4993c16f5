import Foundation
import MarketplaceCore
import Testing

/// One run of a property: random values drawn from a seed that is printed with every failure.
struct PropertyRun {
    let seed: UInt64
    var generator: SeededGenerator

    init(seed: UInt64) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
    }

    /// What to print with a failed expectation.
    var replay: Comment { "replay this run alone with PROPERTY_SEED=\(seed)" }

    /// Checks a property with fresh random values, or with those of the seed in `PROPERTY_SEED` alone.
    static func check(_ count: Int = 2000, _ property: (inout PropertyRun) throws -> Void) {
        let given = ProcessInfo.processInfo.environment["PROPERTY_SEED"].flatMap { UInt64($0) }
        for _ in 0..<(given == nil ? count : 1) {
            var run = PropertyRun(seed: given ?? .random(in: .min ... .max))
            do {
                try property(&run)
            } catch {
                Issue.record(error, run.replay)
            }
        }
    }

    /// A number of 0...bound.
    mutating func natural(through bound: Int) -> Int {
        Int(generator.next(through: UInt64(bound)))
    }

    /// Any number: of any bit width, of either sign, and often at an edge.
    mutating func integer() -> Int64 {
        switch natural(through: 15) {
        case 0: return .min
        case 1: return .max
        case 2: return 0
        default:
            let bits = Int64(bitPattern: generator.next())
            return bits >> Int64(natural(through: 63))
        }
    }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[natural(through: elements.count - 1)]
    }

    mutating func ratio() throws -> Ratio {
        let denominator = max(1, integer())
        return try Ratio(integer(), over: denominator)
    }
}

/// The error that a throwing expression throws; nil, with an issue, when it throws none.
func thrownError<Failure: Error>(
    by expression: () throws(Failure) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) -> Failure? {
    do throws(Failure) {
        try expression()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}
